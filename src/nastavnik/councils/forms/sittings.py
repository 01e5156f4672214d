"""Forms of a sitting: in the plan, as it went, called off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from nastavnik.councils.models import CouncilMember, Office, Sitting
from nastavnik.councils.papers import MONTHS
from nastavnik.councils.services.sittings import Draft, Ruling
from nastavnik.shared.forms import DateField, Form, area, text_field

RULINGS = 4
MOST_ROWS = 20


class SittingForm(Form):
    """A sitting in the plan: on a day, or in a month while the day is not known."""

    topic = forms.CharField(
        label="Тема", max_length=300, help_text="Например, «Планы учреждений на учебный год»"
    )
    planned_on = DateField(label="Дата", required=False)
    month = forms.ChoiceField(label="Или только месяц", required=False)
    agenda = text_field("Повестка", hint="Каждый вопрос с новой строки. Пусто: один вопрос, тема")
    place = forms.CharField(label="Место", max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("month", _months(today), empty="день известен")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("planned_on") and not said.get("month") and "planned_on" not in self.errors:
            self.add_error("planned_on", "Впишите дату или выберите месяц")
        return said

    def draft(self) -> Draft:
        said = dict(self.cleaned_data)
        month = said.pop("month")
        if not said["planned_on"]:
            year, number = map(int, month.split("-"))
            said |= {"planned_on": date(year, number, 1), "by_month": True}
        return Draft(**said)


def sitting_initial(sitting: Sitting) -> dict[str, Any]:
    initial = {"topic": sitting.topic, "agenda": sitting.agenda, "place": sitting.place}
    if sitting.by_month:
        return initial | {"month": f"{sitting.planned_on:%Y-%m}"}
    return initial | {"planned_on": sitting.planned_on}


def _months(today: date) -> list[tuple[str, str]]:
    """A year back and two ahead would be a long list: from three months ago to the next summer."""
    first = today.year * 12 + today.month - 4
    return [
        (f"{n // 12}-{n % 12 + 1:02d}", f"{MONTHS[n % 12]} {n // 12}")
        for n in range(first, first + 18)
    ]


class HoldForm(Form):
    """How a sitting went: who came, what was heard, what was decided."""

    held_on = DateField(label="Когда прошло")
    place = forms.CharField(label="Место", max_length=200, required=False)
    present = forms.MultipleChoiceField(label="Присутствовали", widget=forms.CheckboxSelectMultiple)
    chair = forms.ChoiceField(label="Кто вёл заседание")
    secretary = forms.ChoiceField(label="Кто вёл протокол", required=False)
    guests = text_field(
        "Приглашённые", longest=2000, rows=2, hint="Каждый с новой строки: имя и должность"
    )
    heard = text_field(
        "Слушали", longest=8000, rows=4, hint="Кто о чём рассказал, каждый вопрос с новой строки"
    )

    def __init__(
        self, *args: Any, members: Sequence[CouncilMember], rulings: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        choices = [(key, member.full_name) for key, member in self._members.items()]
        self.offer("present", choices)
        self.offer("chair", choices)
        self.offer("secretary", choices, empty="тот же человек")
        self.rows = min(rulings + RULINGS, MOST_ROWS)
        for row in range(self.rows):
            self.fields[f"text-{row}"] = forms.CharField(
                label=f"Решение {row + 1}", max_length=1000, required=not row, widget=area(2)
            )
            self.fields[f"who-{row}"] = forms.CharField(
                label="Ответственный", max_length=200, required=False
            )
            self.fields[f"due-{row}"] = DateField(label="Срок", required=False)

    @property
    def rulings(self) -> list[list[BoundField]]:
        return [
            [self[f"text-{row}"], self[f"who-{row}"], self[f"due-{row}"]]
            for row in range(self.rows)
        ]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("held_on", "place", "guests", "heard")},
            "present": [self._members[key] for key in said["present"]],
            "chair": self._members[said["chair"]],
            "secretary": self._members.get(said["secretary"] or ""),
            "rulings": [
                Ruling(said[f"text-{row}"], said[f"who-{row}"], said[f"due-{row}"])
                for row in range(self.rows)
                if said[f"text-{row}"].strip()
            ],
        }


def hold_initial(sitting: Sitting, members: Sequence[CouncilMember]) -> dict[str, Any]:
    """What was written already; everybody present and the usual officers for a new record."""
    initial: dict[str, Any] = {
        "held_on": sitting.held_on or min(sitting.planned_on, timezone.localdate()),
        "place": sitting.place,
        "guests": sitting.guests,
        "heard": sitting.heard,
    }
    came = {row.member_id for row in sitting.presences.all()}
    initial["present"] = [str(m.pk) for m in members if not came or m.pk in came]
    for office in (Office.CHAIR, Office.SECRETARY):
        usual = next((m.pk for m in members if m.office == office), "")
        initial[office] = str(getattr(sitting, f"{office}_id") or usual)
    for row, decision in enumerate(sitting.decisions.all()):
        initial |= {
            f"text-{row}": decision.text,
            f"who-{row}": decision.responsible,
            f"due-{row}": decision.due_on,
        }
    return initial


class ReasonForm(Form):
    reason = forms.CharField(label="Почему отменяется", max_length=300)
