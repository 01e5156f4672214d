"""The institution's card: names, head, cases, contingent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.services import ensure_journals
from nastavnik.people.services.certificates import DEFAULT_MONTHS
from nastavnik.people.services.selection import REQUIRED_FOR_ALL, REQUIRED_FOR_OUTSIDERS
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Contingent, Organisation

MONTHS_LIMIT = 60
SITTING_RULES = {
    "": "заседание не обязательно",
    REQUIRED_FOR_OUTSIDERS: "обязательно для наставников не из числа сотрудников",
    REQUIRED_FOR_ALL: "обязательно для всех",
}
CARD_FIELDS = (
    "short_name",
    "full_name",
    "city",
    "address",
    "phone",
    "email",
    "site",
    "inn",
    "ogrn",
    "blank_header",
    "head_post",
    "head_surname",
    "head_given",
    "head_patronymic",
    "head_gender",
)
NAMED_IN_CASES = frozenset(CARD_FIELDS[:2]) | {f for f in CARD_FIELDS if f.startswith("head_")}


@transaction.atomic
def edit_institution(
    *, actor: Actor, organisation: Organisation, values: Mapping[str, Any]
) -> Organisation:
    """Change the card. A changed name or head asks for the cases to be looked at again."""
    demand(actor.can("organisation.edit"))
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = [f for f in CARD_FIELDS if f in values and getattr(kept, f) != values[f]]
    for name in changed:
        setattr(kept, name, values[name])
    if NAMED_IN_CASES & set(changed):
        kept.cases_confirmed = False
    kept.full_clean()
    kept.save()
    ensure_journals(organisation=kept)
    record(actor=actor, action="organisation.edit", subject=kept, details={"fields": changed})
    return kept


@transaction.atomic
def confirm_cases(
    *,
    actor: Actor,
    organisation: Organisation,
    names: Mapping[str, Mapping[str, str]],
    head: Mapping[str, Mapping[str, str]],
) -> Organisation:
    """Store corrected forms and note that a person looked at all of them.

    `names` has the keys `full` and `short`, `head` has `name` and `post`; each holds only the
    cases that differ from the automatic ones.
    """
    demand(actor.can("organisation.edit"))
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not (kept.head_surname and kept.head_given and kept.head_gender):
        text = "Сначала впишите фамилию, имя и пол руководителя."
        raise DomainError("head_missing", text, field="head_surname")
    kept.name_cases = {key: dict(forms) for key, forms in names.items() if forms}
    kept.head_cases = {key: dict(forms) for key, forms in head.items() if forms}
    kept.cases_confirmed = True
    kept.save(update_fields={"name_cases", "head_cases", "cases_confirmed", "search_key"})
    record(actor=actor, action="organisation.cases", subject=kept)
    return kept


@transaction.atomic
def save_contingent(
    *,
    actor: Actor,
    organisation: Organisation,
    on_date: date,
    students: int,
    students_10_19: int,
    teachers: int,
    young_specialists: int,
    class_name: str = "",
) -> Contingent:
    """Write the numbers of a date; the same date and class again replaces them."""
    demand(actor.can("organisation.edit"))
    row = Contingent.objects.filter(on_date=on_date, class_name=class_name).first()
    row = row or Contingent(organisation=organisation, on_date=on_date, class_name=class_name)
    row.students, row.students_10_19 = students, students_10_19
    row.teachers, row.young_specialists = teachers, young_specialists
    if students_10_19 > students:
        text = "Детей 10–19 лет не может быть больше, чем всех обучающихся."
        raise DomainError("contingent", text, field="students_10_19")
    if young_specialists > teachers:
        text = "Молодых специалистов не может быть больше, чем педагогов."
        raise DomainError("contingent", text, field="young_specialists")
    row.save()
    record(actor=actor, action="organisation.contingent", subject=row)
    return row


@dataclass(frozen=True)
class PaperRules:
    """The institution's own terms: how long papers hold and who needs a sitting."""

    consent_valid_to: date | None = None
    certificate_months: int = DEFAULT_MONTHS
    sitting_required: str = ""


def paper_rules(organisation: Organisation) -> PaperRules:
    """The rules in force; an absent setting means the usual one."""
    stored = organisation.settings
    until = str(stored.get("consent_valid_to", ""))
    return PaperRules(
        consent_valid_to=date.fromisoformat(until) if until else None,
        certificate_months=int(stored.get("certificate_months", DEFAULT_MONTHS)),
        sitting_required=str(stored.get("sitting_required", "")),
    )


@transaction.atomic
def save_paper_rules(
    *, actor: Actor, organisation: Organisation, rules: PaperRules, today: date
) -> Organisation:
    """Keep the terms for papers received from now on; papers already received do not change.

    Raises: DomainError for a day that has passed, a strange number of months, an unknown rule.
    """
    demand(actor.can("organisation.edit"))
    if rules.consent_valid_to is not None and rules.consent_valid_to <= today:
        text = "Этот день уже прошёл: новые согласия были бы недействительны. Впишите будущий день."
        raise DomainError("consent_valid_to", text, field="consent_valid_to")
    if not 1 <= rules.certificate_months <= MONTHS_LIMIT:
        text = f"Впишите число месяцев от 1 до {MONTHS_LIMIT}."
        raise DomainError("certificate_months", text, field="certificate_months")
    if rules.sitting_required not in SITTING_RULES:
        text = "Выберите одно из правил списка."
        raise DomainError("sitting_required", text, field="sitting_required")
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    until = rules.consent_valid_to
    kept.settings = kept.settings | {
        "consent_valid_to": until.isoformat() if until else "",
        "certificate_months": rules.certificate_months,
        "sitting_required": rules.sitting_required,
    }
    kept.save(update_fields={"settings"})
    record(actor=actor, action="organisation.settings", subject=kept)
    return kept
