"""Forms of surveys: the answer by link, opening, reopening."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from nastavnik.shared.forms import DateField, Form
from nastavnik.surveys.models import Invitation
from nastavnik.surveys.services.answers import RANK_FIELDS, Choices
from nastavnik.surveys.services.grid import COLUMNS, LONGEST_WHY

FIRST = next(iter(COLUMNS))
CUT = 400  # letters of a cell that are looked at
LONGEST_CELL = 40
LONGEST_KEY = 18  # digits: a longer number overflows the database's integer


def _number(value: str) -> int | None:
    return int(value) if value else None


def longest_of(column: str) -> int:
    return LONGEST_WHY if column == "why" else LONGEST_CELL


class RankField(forms.TypedChoiceField):
    """Whom one put on this place; an empty value says «nobody»."""

    def __init__(self) -> None:
        super().__init__(choices=(), coerce=_number, empty_value=None, required=False)


class AnswerForm(Form):
    """Three places, those with whom better not, one line why. Cards are drawn by the page."""

    first, second, third = RankField(), RankField(), RankField()
    not_with = forms.TypedMultipleChoiceField(
        label="С кем не стоит", coerce=int, choices=(), required=False
    )
    why = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, numbers: Sequence[int], is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        known = [(str(number), str(number)) for number in numbers]
        for name in RANK_FIELDS:
            fields[name].choices = [("", ""), *known]
            fields[name].error_messages["invalid_choice"] = "Этого человека нет в списке."
        self.offer("not_with", known)
        fields["not_with"].error_messages["invalid_choice"] = "Этого человека нет в списке."
        fields["why"].error_messages["max_length"] = (
            "Слишком длинно: хватит одной строки, до 200 букв."
        )
        self._is_child = is_child

    def clean(self) -> dict[str, Any]:
        """An empty answer must be meant: the first place is given to «nobody»."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        nobody = not any(values.get(name) for name in RANK_FIELDS)
        if nobody and "first" not in self.data and not self.errors:
            start = "Выбери" if self._is_child else "Выберите"
            press = "нажми" if self._is_child else "нажмите"
            self.add_error(
                "first", f"{start} хотя бы одного человека. Если пока никого, {press} «Никого»."
            )
        return values

    @property
    def answer(self) -> Choices:
        values = self.cleaned_data
        return Choices(
            ranked=tuple(values[name] for name in RANK_FIELDS),
            not_with=frozenset(values["not_with"]),
            why=values["why"],
        )


class PeopleField(forms.ModelMultipleChoiceField[Any]):
    """Profiles told by the name and the class or post, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Refuse what cannot be a key before it reaches the database."""
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise forms.ValidationError("Выберите людей из списка.", code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        about = obj.person.about
        return f"{obj.person.full_name}, {about}" if about else str(obj.person.full_name)


class OpenForm(Form):
    """«Спросить без встречи»: whom, and until when."""

    closes_on = DateField(label="Отвечать до", help_text="Этот день включительно")
    source_label = forms.CharField(
        label="После какой встречи",
        max_length=200,
        required=False,
        help_text="Если участники уже где-то познакомились: например, «классный час 7 ноября»",
    )
    mentors = PeopleField(label="Наставники", queryset=None)
    mentees = PeopleField(label="Наставляемые без пары", queryset=None)

    def __init__(self, *args: Any, mentors: Any, mentees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mentors"].queryset = mentors
        fields["mentees"].queryset = mentees


class ReopenForm(Form):
    """For whom, until when, why."""

    who = forms.TypedChoiceField(
        label="Для кого", coerce=_number, empty_value=None, choices=(), required=False
    )
    until = DateField(label="Отвечать до", help_text="Этот день включительно")
    reason = forms.CharField(
        label="Почему", max_length=300, help_text="Например: болел в день встречи"
    )

    def __init__(self, *args: Any, people: Sequence[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(row.pk), f"{row.number}. {row.person.full_name}") for row in people]
        self.offer("who", known, empty="Для всех")


class GridForm(Form):
    """Cells of paper forms: five for each person of a page, read by `services.grid`.

    What was sent decides which rows these are, so that no typed cell is lost when somebody of the
    page has answered by link meanwhile; `rows` are those of a page that was not sent yet.
    """

    def __init__(
        self, data: Any, *, rows: Sequence[Invitation], known: Iterable[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        sent = [pk for pk in known if data is not None and self.name_of(pk, FIRST) in data]
        self._rows = sent or [row.pk for row in rows]
        for pk in self._rows:
            for column in COLUMNS:
                self.fields[self.name_of(pk, column)] = forms.CharField(
                    max_length=longest_of(column),
                    required=False,
                    error_messages={"max_length": "В клетке слишком много знаков."},
                )

    @staticmethod
    def name_of(pk: int, column: str) -> str:
        return f"c{pk}-{column}"

    @property
    def typed(self) -> dict[int, dict[str, str]]:
        """Text of every cell as it was sent, by invitation id and column."""
        return {pk: self.cells_of(pk) for pk in self._rows}

    def cells_of(self, pk: int) -> dict[str, str]:
        """What was sent for one person, known or not."""
        return {column: self.data.get(self.name_of(pk, column), "")[:CUT] for column in COLUMNS}

    @property
    def wanted_page(self) -> int | None:
        """The page that was asked for instead of a check."""
        action = self.data.get("action", "")
        number = action.removeprefix("page-")
        is_page = action.startswith("page-") and number.isascii() and number.isdecimal()
        return int(number[:4]) if is_page else None

    @property
    def save_value(self) -> str:
        """What the button sends that saves exactly these cells, and no others."""
        told = json.dumps(self.typed, sort_keys=True).encode()
        return f"save-{hashlib.sha256(told).hexdigest()[:16]}"

    @property
    def is_confirmed(self) -> bool:
        """Whether these very cells were shown as checked before they were sent to be saved."""
        return bool(self.data.get("action") == self.save_value)
