"""Records of consents as the services read them, and the order in which blanks are printed."""

import secrets
from collections.abc import Collection, Iterable
from datetime import date

from nastavnik.people.consent_kinds import OPEN_STATES, Cell, class_order, may_have
from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person, Representative
from nastavnik.people.queries.people import people
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation


def people_of(cells: Collection[Cell]) -> dict[int, Person]:
    """The persons of the cells; a foreign one is not there."""
    ids = {cell.person_id for cell in cells}
    rows = people().filter(pk__in=ids).select_related("mentee", "mentor")
    found = {person.pk: person for person in rows.prefetch_related("representatives")}
    if len(found) != len(ids):
        raise DomainError("person_missing", "Человека нет в списке. Обновите страницу.")
    return found


def open_records(persons: Iterable[int]) -> dict[Cell, Consent]:
    return _records(persons, OPEN_STATES)


def valid_records(persons: Iterable[int]) -> dict[Cell, Consent]:
    return _records(persons, (ConsentState.IN_FORCE,))


def _records(persons: Iterable[int], states: Iterable[str]) -> dict[Cell, Consent]:
    """The latest record in one of the states by cell, held until the end of the transaction."""
    rows = Consent.objects.select_for_update(of=("self",)).filter(
        person_id__in=list(persons), state__in=states
    )
    return {Cell(c.person_id, ConsentKind(c.kind)): c for c in rows.order_by("id")}


def locked(consent: Consent) -> Consent:
    fresh: Consent = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("person", "organisation")
        .get(pk=consent.pk)
    )
    return fresh


def blank_record(person: Person, kind: ConsentKind, organisation: Organisation) -> Consent:
    return Consent(
        organisation=organisation, person=person, kind=kind, token=secrets.token_urlsafe(16)
    )


def only_representative(person: Person) -> Representative | None:
    """The one to print on the blank; with two the line stays empty."""
    rows = list(person.representatives.all())
    return rows[0] if len(rows) == 1 else None


def demand_applicable(person: Person, kind: ConsentKind, on: date) -> None:
    if not may_have(person, kind, on):
        raise DomainError(
            "kind_not_applicable", f"{person.full_name}: «{kind.label}» не для этого человека."
        )


def printing_order(person: Person, kind: ConsentKind) -> tuple[int, int, str, str, int, int]:
    return (
        *class_order(person.class_name),
        person.search_key,
        person.pk,
        list(ConsentKind).index(kind),
    )
