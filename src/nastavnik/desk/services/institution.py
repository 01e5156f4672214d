"""The institution's card: names, head, cases, contingent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.services import ensure_journals
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Contingent, Organisation

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
