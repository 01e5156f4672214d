"""Persons: add, edit, archive; their representatives and the cases of their names."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import (
    MenteeState,
    MentorState,
    Person,
    Representative,
)
from nastavnik.people.queries.people import same_people
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")


class PersonValues(TypedDict, total=False):
    """Fields of a person that a page or a file may give."""

    surname: str
    given: str
    patronymic: str
    gender: str
    birth_date: date | None
    birth_year: int | None
    category: str
    is_own: bool
    class_name: str
    post: str
    department: str
    workplace: str
    experience_since: date | None
    phone: str
    email: str
    address: str


class RepresentativeValues(TypedDict, total=False):
    surname: str
    given: str
    patronymic: str
    gender: str
    relation: str
    phone: str
    email: str
    address: str
    authority_document: str


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    organisation: Organisation,
    values: PersonValues,
    is_namesake: bool = False,
) -> Person:
    """Write a new person down.

    Raises DomainError: `duplicate` when such a person is there and `is_namesake` does not say that
    it is another one.
    """
    demand(actor.can("people.edit"))
    person = Person(organisation=organisation)
    assign(person, values)
    check(person)
    if not is_namesake:
        refuse_duplicate(person)
    person.save()
    audit.record(actor=actor, action="people.person_added", subject=person)
    return person


@transaction.atomic
def edit_person(*, actor: Actor, person: Person, values: PersonValues) -> Person:
    """Change what is known about a person; the journal keeps what it was."""
    demand(actor.can("people.edit"))
    person = Person.objects.select_for_update().get(pk=person.pk)
    changes = assign(person, values)
    if not changes:
        return person
    check(person)
    person.save()
    audit.record(
        actor=actor, action="people.person_edited", subject=person, details={"changes": changes}
    )
    return person


@transaction.atomic
def confirm_name_cases(*, actor: Actor, person: Person, forms: Mapping[str, str]) -> Person:
    """Keep the six cases of the name as the curator wants to see them in documents."""
    demand(actor.can("people.edit"))
    person = Person.objects.select_for_update().get(pk=person.pk)
    known = {case: tidy(forms.get(case, "")) for case in CASES}
    person.name_cases = {case: text for case, text in known.items() if text}
    person.save(update_fields=["name_cases"])
    audit.record(
        actor=actor,
        action="people.name_cases_confirmed",
        subject=person,
        details={"forms": person.name_cases},
    )
    return person


@transaction.atomic
def archive_person(*, actor: Actor, person: Person, reason: str) -> Person:
    """Take a person out of the registers; documents and history stay.

    Raises DomainError `in_pair` while the person is in a pair.
    """
    demand(actor.can("people.edit"))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not reason.strip():
        raise DomainError(
            "reason_missing", "Напишите, почему человек уходит в архив.", field="reason"
        )
    for name, states in (("mentee", MenteeState), ("mentor", MentorState)):
        profile = getattr(person, name, None)
        if profile is None:
            continue
        if profile.state == states.PAIRED:
            raise DomainError("in_pair", "Человек состоит в паре. Сначала завершите пару.")
        before, profile.state = profile.state, states.ARCHIVED
        profile.save(update_fields=["state"])
        audit.record(
            actor=actor,
            action=f"people.{name}_moved",
            subject=profile,
            from_state=before,
            to_state=profile.state,
            reason=reason,
        )
    person.archived_at = timezone.now()
    person.save(update_fields=["archived_at"])
    audit.record(actor=actor, action="people.person_archived", subject=person, reason=reason)
    return person


@transaction.atomic
def add_representative(
    *, actor: Actor, child: Person, values: RepresentativeValues
) -> Representative:
    """Name a legal representative of a minor."""
    demand(actor.can("people.edit"))
    representative = Representative(organisation_id=child.organisation_id, child=child)
    assign(representative, values)
    check(representative)
    representative.save()
    audit.record(
        actor=actor,
        action="people.representative_added",
        subject=child,
        details={"representative": representative.pk},
    )
    return representative


@transaction.atomic
def edit_representative(
    *, actor: Actor, representative: Representative, values: RepresentativeValues
) -> Representative:
    demand(actor.can("people.edit"))
    changes = assign(representative, values)
    if not changes:
        return representative
    check(representative)
    representative.save()
    audit.record(
        actor=actor,
        action="people.representative_edited",
        subject=representative.child,
        details={"representative": representative.pk, "fields": sorted(changes)},
    )
    return representative


@transaction.atomic
def remove_representative(*, actor: Actor, representative: Representative) -> None:
    """Take a representative off the card.

    Raises DomainError `has_consents` when a consent was given by this representative.
    """
    demand(actor.can("people.edit"))
    child, pk = representative.child, representative.pk
    try:
        representative.delete()
    except models.ProtectedError as error:
        raise DomainError(
            "has_consents", "Этот представитель давал согласие, поэтому остаётся в карточке."
        ) from error
    audit.record(
        actor=actor,
        action="people.representative_removed",
        subject=child,
        details={"representative": pk},
    )


def assign(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put values on the row; what changed, as field → [was, became], fit for the journal."""
    changes: dict[str, list[Any]] = {}
    for name, given in values.items():
        value = tidy(given) if isinstance(given, str) else given
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changes[name] = [_plain(before), _plain(value)]
    return changes


def check(row: models.Model) -> None:
    """`full_clean` as a refusal of the domain."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        names = {f.name: str(f.verbose_name) for f in row._meta.concrete_fields}
        verbose = names.get(field, "")
        text = f"{verbose}: {messages[0]}" if verbose else messages[0]
        raise DomainError(
            "invalid", text[:1].upper() + text[1:], field=None if field == "__all__" else field
        ) from error


def refuse_duplicate(person: Person) -> None:
    found = same_people(person).first()
    if found is None:
        return
    year = f", {found.birth_year} г. р." if found.birth_year else ""
    raise DomainError(
        "duplicate",
        f"{found.full_name}{year} уже есть в базе. Если это другой человек, отметьте это.",
        field="is_namesake",
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
