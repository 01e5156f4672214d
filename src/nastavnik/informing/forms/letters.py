"""Forms of letters: to whom, when they went, what came of them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.informing.models import LETTER_AUDIENCES, Answer, Letter
from nastavnik.informing.services.letters import Addressee, Reply
from nastavnik.shared.forms import Form, NearDateField, area, text_field

COLUMNS = 3


class MailingForm(Form):
    """To whom, about which meeting."""

    audience = forms.ChoiceField(
        label="Кому пишем",
        choices=[(str(audience), audience.label) for audience in LETTER_AUDIENCES],
        widget=forms.RadioSelect,
    )
    addressees = forms.CharField(
        label="Адресаты",
        max_length=60_000,
        widget=area(8),
        help_text="Каждый с новой строки, через точку с запятой: организация; кому (должность "
        "и имя в дательном падеже); адрес. Можно вставить таблицу из трёх столбцов",
    )
    meeting_on = NearDateField(
        label="Когда встреча", required=False, help_text="Если приглашаете на встречу"
    )
    meeting_place = forms.CharField(label="Где встреча", max_length=200, required=False)
    words = text_field(
        "Свои слова", longest=2000, hint="Добавим в каждое письмо. Можно не заполнять"
    )
    first_number = forms.CharField(
        label="Исходящий номер первого письма",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"}),
        help_text="У следующих писем номера пойдут по порядку. Можно оставить место для номера",
    )

    def clean_addressees(self) -> list[Addressee]:
        """«АО «Лесмаш»; Директору Кравцу Р. С.; ул. Заводская, 1», or the same from a table."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["addressees"].splitlines(), 1):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
            if len(cells) == 1:
                cells = ["", *cells]
            if len(cells) > COLUMNS or not cells[1]:
                wrong.append(number)
                continue
            found.append(Addressee(*cells))
        if wrong:
            raise forms.ValidationError(
                f"Строка {wrong[0]} не читается: нужны организация, кому и адрес через точку "
                "с запятой"
            )
        return found


class SentForm(Form):
    sent_on = NearDateField(label="Когда отправили")


class RepliesForm(Form):
    """Answers to every letter of a mailing in one table."""

    def __init__(self, *args: Any, letters: Sequence[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._letters = letters
        for letter in letters:
            self.fields[f"answer_{letter.pk}"] = forms.ChoiceField(
                label=f"Ответ: {letter}",
                choices=Answer.choices,
                initial=letter.answer,
                widget=forms.Select(attrs={"class": "input"}),
            )
            self.fields[f"came_{letter.pk}"] = forms.BooleanField(
                label="Были на встрече", required=False, initial=letter.came
            )
            self.fields[f"note_{letter.pk}"] = forms.CharField(
                label=f"Заметка: {letter}",
                max_length=200,
                required=False,
                initial=letter.note,
                widget=forms.TextInput(attrs={"class": "input"}),
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "letter": letter,
                "answer": self[f"answer_{letter.pk}"],
                "came": self[f"came_{letter.pk}"],
                "note": self[f"note_{letter.pk}"],
            }
            for letter in self._letters
        ]

    def replies(self) -> dict[int, Reply]:
        said = self.cleaned_data
        return {
            letter.pk: Reply(
                said[f"answer_{letter.pk}"], said[f"came_{letter.pk}"], said[f"note_{letter.pk}"]
            )
            for letter in self._letters
        }
