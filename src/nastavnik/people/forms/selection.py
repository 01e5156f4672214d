"""Forms of selection: application, interview, sitting, decision."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms

from nastavnik.people.models import SelectionCase, SelectionDecision
from nastavnik.people.services.sittings import PORTFOLIO, Verdict
from nastavnik.shared.forms import DateField, Form, area

DECISIONS = [("", "Выберите"), *SelectionDecision.choices[1:]]


class CandidatesForm(Form):
    """Ticked candidates (ids of mentor profiles)."""

    p = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Отметьте кандидатов галочками."},
    )

    def __init__(self, *args: Any, allowed: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(pk, pk) for pk in allowed])


class AcceptForm(CandidatesForm):
    """«Принять без заседания» with its reason."""

    reason = forms.CharField(
        label="Почему без заседания",
        max_length=300,
        help_text="Например: наставники уже работали в программе, решение руководителя",
    )
    field_order = ("p", "reason")


class ApplicationForm(Form):
    applied_on = DateField(label="Дата заявления")


class InterviewForm(Form):
    """The talk and the portfolio that grew out of it."""

    interview_on = DateField(label="Когда прошло собеседование")
    interviewers = forms.CharField(label="Кто провёл", max_length=300)
    notes = forms.CharField(label="Вывод", widget=area(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title in PORTFOLIO.items():
            self.fields[key] = forms.CharField(
                label=title,
                max_length=600,
                required=False,
                widget=area(2),
            )
        self.order_fields(["interview_on", "interviewers", *PORTFOLIO, "notes"])

    def portfolio(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in PORTFOLIO if self.cleaned_data[key]}


class DecisionForm(Form):
    decision = forms.ChoiceField(label="Решение", choices=DECISIONS)
    reason = forms.CharField(label="Почему без заседания, причина решения", max_length=300)


class SittingForm(Form):
    """Commission and a verdict for every candidate."""

    sitting_on = DateField(label="Дата заседания")
    chair = forms.ChoiceField(label="Председатель")
    secretary = forms.ChoiceField(label="Секретарь")
    members = forms.MultipleChoiceField(
        label="Ещё присутствовали", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[str, str]],
        cases: Sequence[SelectionCase],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(people)
        for name in ("chair", "secretary", "members"):
            self.offer(name, choices)
        self.cases = cases
        for case in cases:
            name = case.person.full_name
            self.fields[f"decision_{case.pk}"] = forms.ChoiceField(
                label=f"{name}: решение", choices=DECISIONS
            )
            self.fields[f"reason_{case.pk}"] = forms.CharField(
                label="Основание", max_length=200, required=False
            )
            self.fields[f"votes_{case.pk}"] = forms.CharField(
                label="Голоса «за» и «против»", max_length=20, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("chair") and data.get("chair") == data.get("secretary"):
            self.add_error("secretary", "Председатель и секретарь — разные люди.")
        return data

    def verdicts(self) -> list[Verdict]:
        data = self.cleaned_data
        return [
            Verdict(
                case,
                data[f"decision_{case.pk}"],
                data[f"reason_{case.pk}"],
                data[f"votes_{case.pk}"],
            )
            for case in self.cases
        ]
