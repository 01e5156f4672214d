"""Forms of pairs: filters, composing by hand, small changes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from nastavnik.library.queries import choices_of, in_use
from nastavnik.pairs.models import PairState
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.people.queries.codes import after, form_choices
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import DateField, Form

ANY = [("", "Все")]
BLOCKERS = [
    ("consent", "Нет согласия"),
    ("certificate", "Нет справки"),
    ("answer", "Нет ответа «да»"),
    ("addendum", "Нет дополнительного соглашения"),
    ("age", "Возраст"),
    ("size", "Состав группы"),
]


class PairFilters(FilterForm):
    name = forms.CharField(label="Имя", max_length=120)
    state = forms.ChoiceField(label="Состояние", choices=ANY + PairState.choices)
    form = forms.ChoiceField(label="Форма", choices=after("Все", form_choices))
    blocker = forms.ChoiceField(label="Что мешает", choices=ANY + BLOCKERS)


class PersonChoice(forms.ModelChoiceField[Any]):
    """A profile told by the name and the class or post."""

    def label_from_instance(self, obj: Any) -> str:
        about = obj.person.about
        return f"{obj.person.full_name}, {about}" if about else str(obj.person.full_name)


LONGEST_KEY = 18  # digits: a longer number overflows the database's integer


class PeopleChoice(forms.ModelMultipleChoiceField[Any]):
    def clean(self, value: Any) -> Any:
        """Refuse what cannot be a key before it reaches the database."""
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise forms.ValidationError("Выберите наставляемых из списка.", code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        about = obj.person.about
        return f"{obj.person.full_name}, {about}" if about else str(obj.person.full_name)


class PairForm(Form):
    """A pair or group made by hand."""

    mentor = PersonChoice(label="Наставник", queryset=None, empty_label="Выберите")
    mentees = PeopleChoice(
        label="Наставляемые",
        queryset=None,
        help_text="Несколько человек: удерживайте Ctrl. Тогда выберите «группа».",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    is_group = forms.BooleanField(label="Это группа", required=False)
    form = forms.ChoiceField(label="Форма наставничества", choices=())
    kinds = forms.MultipleChoiceField(
        label="Виды", choices=(), widget=forms.CheckboxSelectMultiple, initial=["traditional"]
    )
    role_model = forms.ChoiceField(label="Ролевая модель", choices=(), required=False)
    starts_on = DateField(label="С какого числа", required=False)
    ends_on = DateField(label="По какое число", required=False)
    addendum = forms.CharField(
        label="Дополнительное соглашение",
        max_length=160,
        required=False,
        help_text="Номер и дата, если наставник и наставляемый работают здесь",
    )

    def __init__(
        self,
        *args: Any,
        mentors: Any,
        mentees: Any,
        term: tuple[date, date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mentor"].queryset = mentors
        fields["mentees"].queryset = mentees
        self.offer("form", form_choices(), empty="Выберите")
        self.offer("kinds", choices_of("kinds"))
        self.offer("role_model", _role_models(), empty="Не выбрана")
        if term:
            fields["starts_on"].initial, fields["ends_on"].initial = term

    @property
    def values(self) -> dict[str, Any]:
        """Keyword arguments of `make_pair`."""
        return self.cleaned_data


class PairLinkForm(FilterForm):
    """Who stands in the form of a pair from the start: `?mentor=1&mentees=2&form=…`."""

    mentor = PersonChoice(label="Наставник", queryset=None)
    mentees = PeopleChoice(label="Наставляемые", queryset=None)
    form = forms.ChoiceField(label="Форма", choices=after("", form_choices))

    def __init__(self, *args: Any, mentors: Any, mentees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mentor"].queryset, fields["mentees"].queryset = mentors, mentees


def _role_models() -> list[tuple[str, Any]]:
    """Role models under the title of their form."""
    models = in_use("role_models")
    groups = [
        (title, [(m.code, m.title) for m in models if m.parent == code])
        for code, title in form_choices()
    ]
    return [group for group in groups if group[1]]


class ReasonForm(Form):
    reason = forms.CharField(label="Причина", max_length=300)


class AddendumForm(Form):
    addendum = forms.CharField(
        label="Дополнительное соглашение", max_length=160, help_text="Например: № 12 от 01.09.2026"
    )


class OrderForm(Form):
    """Which pairs the order fixes and from what day."""

    p = forms.TypedMultipleChoiceField(
        label="Пары",
        coerce=int,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну пару"},
    )
    starts_on = DateField(
        label="Пары работают с",
        help_text="Не раньше даты приказа: оставьте руководителю день-два на подпись",
    )

    def __init__(self, *args: Any, pairs: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", pairs)


def mentees_and_mentors() -> tuple[Any, Any]:
    """Everybody of the organisation who can be chosen by hand."""
    order = ("person__search_key", "id")
    mentees = MenteeProfile.objects.filter(person__archived_at__isnull=True)
    mentors = MentorProfile.objects.filter(person__archived_at__isnull=True)
    return (
        mentees.select_related("person").order_by(*order),
        mentors.select_related("person").order_by(*order),
    )
