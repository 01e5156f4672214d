"""Forms of the informing campaign: HTTP text to values."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from nastavnik.documents.models import Document
from nastavnik.informing.audiences import Audience, GatheringKind
from nastavnik.informing.models import LETTER_AUDIENCES, Answer, Letter
from nastavnik.informing.services.letters import Addressee, Reply
from nastavnik.shared.forms import Form, NearDateField, area

COLUMNS = 3
AFTERWARDS = (
    "agenda",
    "listened",
    "decisions",
    "present_count",
    "chair",
    "secretary",
    "discussed",
)
"""What is written when the gathering is over."""


class AudiencesForm(Form):
    """Whom the campaign tells."""

    codes = forms.MultipleChoiceField(
        label="Кому рассказываем в этом году",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Sequence[Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("codes", [(str(audience), audience.label) for audience in offered])


class GatheringForm(Form):
    """When an audience is told, what is decided."""

    audience = forms.ChoiceField(label="Кому рассказываем")
    kind = forms.ChoiceField(label="Где", choices=GatheringKind.choices)
    title = forms.CharField(
        label="Своё название",
        max_length=160,
        required=False,
        help_text="Если называется иначе, например: собрание трудового коллектива",
    )
    on = NearDateField(label="Дата", required=False, help_text="Можно вписать позже")
    place = forms.CharField(label="Место", max_length=200, required=False)
    agenda = forms.CharField(
        label="Повестка",
        max_length=4000,
        required=False,
        widget=area(),
        help_text="Каждый вопрос с новой строки",
    )
    listened = forms.CharField(
        label="Слушали",
        max_length=6000,
        required=False,
        widget=area(),
        help_text="Кто о чём рассказал. Пусто: в протоколе будет обычный текст",
    )
    decisions = forms.CharField(
        label="Решили",
        max_length=4000,
        required=False,
        widget=area(),
        help_text="Каждое решение с новой строки",
    )
    present_count = forms.IntegerField(
        label="Сколько человек было",
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"}),
    )
    chair = forms.CharField(
        label="Председатель",
        max_length=160,
        required=False,
        help_text="Фамилия, имя и отчество полностью",
    )
    secretary = forms.CharField(
        label="Секретарь",
        max_length=160,
        required=False,
        help_text="Фамилия, имя и отчество полностью",
    )
    discussed = forms.TypedChoiceField(
        label="Какой документ обсуждали", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        audiences: Iterable[Audience] = (),
        documents: Iterable[Document] = (),
        is_new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in AFTERWARDS if is_new else ("audience",):
            del self.fields[name]
        if is_new:
            self.offer("audience", [(str(audience), audience.label) for audience in audiences])
        self._documents = {document.pk: document for document in documents}
        if not is_new:
            known = [(pk, str(document)) for pk, document in self._documents.items()]
            self.offer("discussed", known, empty="не обсуждали")

    def clean_discussed(self) -> Document | None:
        return self._documents.get(self.cleaned_data["discussed"])


class ProtocolForm(Form):
    """Number and date of a paper kept elsewhere."""

    number = forms.CharField(
        label="Номер протокола",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"}),
    )
    protocol_on = NearDateField(label="Дата протокола")


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
    words = forms.CharField(
        label="Свои слова",
        max_length=2000,
        required=False,
        widget=area(),
        help_text="Добавим в каждое письмо. Можно не заполнять",
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


class PublicationForm(Form):
    """An item that has appeared."""

    title = forms.CharField(label="Заголовок", max_length=300)
    outlet = forms.CharField(
        label="Где вышло", max_length=200, help_text="Название газеты, сайта, канала"
    )
    address = forms.CharField(
        label="Ссылка или номер и страница",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    published_on = NearDateField(label="Когда вышло")


class BookletForm(Form):
    """For whom the booklet is printed."""

    whom = forms.ChoiceField(
        choices=[("parents", "родителям"), ("staff", "педагогам")], required=False
    )

    @property
    def is_for_staff(self) -> bool:
        return self.is_valid() and self.cleaned_data["whom"] == "staff"
