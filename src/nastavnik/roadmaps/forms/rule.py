"""The form of a rule: what proves a line."""

from typing import Any

from django import forms

from nastavnik.roadmaps.catalogue import code_of, evidence_groups, evidence_of
from nastavnik.roadmaps.evidence import Rule, rule_of
from nastavnik.roadmaps.models import RoadmapItem
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error


class RuleForm(Form):
    """One proof out of those that the product can look up, and how much of it."""

    evidence = forms.ChoiceField(
        label="Что подтверждает пункт",
        required=False,
        help_text="Здесь только то, что система может проверить сама. Остальное отмечают вручную",
    )
    at_least = forms.IntegerField(
        label="Сколько нужно",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Людей, пар, документов или процентов. Не впишете — возьмём обычное число",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("evidence", evidence_groups(), empty="Ничего: отметим вручную")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rule, number = self._rule(), data.get("at_least")
        if number is None or "evidence" not in data:
            return data
        if rule is None or rule.amount is None:
            self.add_error("at_least", "Для этого подтверждения число не нужно, сотрите его")
        elif number > rule.amount.greatest:
            self.add_error("at_least", f"Впишите число от 1 до {rule.amount.greatest}")
        return data

    @property
    def rule(self) -> dict[str, Any]:
        kind, parameters = evidence_of(
            self.cleaned_data["evidence"], self.cleaned_data.get("at_least")
        )
        return {"evidence_kind": kind, "evidence_parameters": parameters}

    def _rule(self) -> Rule | None:
        return rule_of(str(self.cleaned_data.get("evidence", "")).partition(":")[0])


def rule_initial(item: RoadmapItem) -> dict[str, Any]:
    """What the form shows first: the rule that the line has."""
    rule = rule_of(item.evidence_kind)
    amount = rule.amount if rule is not None else None
    return {
        "evidence": code_of(item.evidence_kind, item.evidence_parameters),
        "at_least": item.evidence_parameters.get(amount.name, amount.default) if amount else None,
    }


def refuse_rule(form: RuleForm, error: DomainError) -> None:
    """A refusal of the domain beside the field that it is about."""
    if error.field is not None and error.field not in form.fields:
        error.field = "at_least" if error.code == "evidence_number" else "evidence"
    apply_domain_error(form, error)
