"""Forms of group meetings: HTTP text to values."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.events.models import EventKind
from nastavnik.events.tokens import CODE_LENGTH
from nastavnik.shared.forms import DateField, Form, NearDateField, text_field

ROUND_CHOICES = [(2, "2 минуты"), (3, "3 минуты"), (4, "4 минуты"), (5, "5 минут"), (7, "7 минут")]


class TimeField(forms.TimeField):
    """A time as people write it: «15:00», «15.00», «15»."""

    default_error_messages = {"invalid": "Впишите время так: 15:00"}

    def __init__(self, **kwargs: Any) -> None:
        look = forms.TimeInput(attrs={"class": "input--s", "autocomplete": "off"}, format="%H:%M")
        super().__init__(widget=look, input_formats=["%H:%M", "%H.%M", "%H-%M", "%H"], **kwargs)


class MeetingForm(Form):
    """When and where; the kind is chosen once."""

    kind = forms.ChoiceField(
        label="Какая встреча", choices=EventKind.choices, widget=forms.RadioSelect
    )
    on = NearDateField(label="Дата")
    starts_at = TimeField(label="Начало", help_text="Например, 15:00")
    place = forms.CharField(
        label="Место", max_length=200, required=False, help_text="Например, актовый зал"
    )
    link = forms.URLField(
        label="Ссылка на видеовстречу",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="Если встречаетесь по сети",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": "Впишите ссылку полностью, она начинается с https://"},
    )
    round_minutes = forms.TypedChoiceField(
        label="Сколько длится один разговор", coerce=int, choices=ROUND_CHOICES, initial=3
    )
    title = forms.CharField(
        label="Название в документах",
        max_length=200,
        required=False,
        help_text="Можно не заполнять: подставим обычное",
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["kind"]


class PeopleForm(Form):
    """The ticked people; nobody ticked is an empty list."""

    p = forms.TypedMultipleChoiceField(coerce=int, choices=(), required=False, label="Участники")

    def __init__(self, *args: Any, allowed: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(pk, str(pk)) for pk in allowed])


class PresenceForm(Form):
    """The list with ticks of those who came."""

    present = forms.TypedMultipleChoiceField(
        coerce=int, choices=(), required=False, label="Пришедшие"
    )

    def __init__(self, *args: Any, allowed: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("present", [(pk, str(pk)) for pk in allowed])


class CancelForm(Form):
    reason = forms.CharField(label="Почему отменяете", max_length=300)


class ReopenForm(Form):
    reason = forms.CharField(
        label="Почему открываете снова",
        max_length=300,
        help_text="Например: завершили раньше времени, не отметили опоздавших",
    )


class WaiverForm(Form):
    reason = forms.CharField(
        label="Почему без встречи",
        max_length=300,
        help_text="Например: все работают в одной группе и хорошо знакомы",
    )


class CodeForm(Form):
    """Six digits from the badge."""

    code = forms.CharField(
        label="Код с бейджа или приглашения",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--m"}
        ),
        help_text="Шесть цифр",
    )

    def clean_code(self) -> str:
        digits = "".join(c for c in self.cleaned_data["code"] if c in "0123456789")
        if len(digits) != CODE_LENGTH:
            raise forms.ValidationError("В коде шесть цифр. Проверьте бейдж.")
        return digits


class EndForm(Form):
    """Words for the protocol; empty ones are replaced by the usual text of its template."""

    summary = text_field(
        "Что было на встрече", rows=4, hint="Можно не заполнять: в протоколе будет обычный текст"
    )
    decisions = text_field(
        "Что решили", longest=2000, hint="Каждое решение с новой строки. Пусто: обычные решения"
    )


class TalksForm(Form):
    """How long a talk is, how many rounds fit, who meets whom."""

    minutes = forms.TypedChoiceField(
        label="Сколько длится один разговор", coerce=int, choices=ROUND_CHOICES
    )
    most_rounds = forms.TypedChoiceField(
        label="Сколько раундов",
        coerce=int,
        choices=[(0, "сколько нужно"), *((n, f"не больше {n}") for n in (4, 6, 8, 10, 12, 15))],
        help_text="Если раундов меньше, чем нужно, сначала встретятся те, у кого темы ближе",
    )
    everyone = forms.BooleanField(
        label="Каждый с каждым",
        required=False,
        help_text="Иначе встречаются те, у кого запрос и компетенция об одном",
    )


class SurveyForm(Form):
    closes_on = DateField(label="Отвечать до", help_text="Включительно")
