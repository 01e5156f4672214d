"""The team of an institution: working group, curator, responsible officer, all by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.services import create_account, end_role, give_role
from nastavnik.audit.services import record
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs.order_data import person_data
from nastavnik.people.models import Person
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

ORDER_CURATOR = "order_curator"
ORDER_WORKING_GROUP = "order_working_group"
APPOINTED = {
    Role.CURATOR: "куратором целевой модели наставничества",
    Role.RESPONSIBLE: "ответственным за сведения о реализации целевой модели наставничества",
}
DUTIES = {
    Role.CURATOR: (
        "вести реестры участников",
        "организовать отбор наставников и подбор пар",
        "сопровождать работу пар и групп",
    ),
    Role.RESPONSIBLE: ("представлять сводные сведения в срок",),
}


@dataclass(frozen=True)
class Appointment:
    """Who is appointed to what: `role` is the curator's or the responsible officer's."""

    person: Person
    role: Role


@transaction.atomic
def prepare_curator_order(
    *,
    actor: Actor,
    organisation: Organisation,
    appointments: Sequence[Appointment],
    starts_on: date,
) -> Document:
    """Draft the order that appoints; signing it grants the roles from `starts_on`."""
    demand(actor.can("documents.edit"))
    _demand_staff(organisation, [a.person for a in appointments])
    if not appointments:
        raise DomainError("nobody", "Выберите, кого назначить.", field="curator")
    rows = [
        person_data(organisation, a.person)
        | {
            "role": APPOINTED[a.role],
            "starts_on": date_words(starts_on),
            "duties": list(DUTIES[a.role]),
        }
        for a in appointments
    ]
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_CURATOR,
        data=_order_data() | {"appointees": rows, "dismissed": [], "acquaintance": _once(rows)},
        choices={
            "appointments": [{"person": a.person.pk, "role": a.role.value} for a in appointments],
            "starts_on": starts_on.isoformat(),
        },
    )


@transaction.atomic
def prepare_working_group_order(
    *,
    actor: Actor,
    organisation: Organisation,
    chair: Person,
    members: Sequence[Person],
    tasks: Sequence[str],
) -> Document:
    """Draft the order on the working group; the chair stands first."""
    demand(actor.can("documents.edit"))
    others = [member for member in members if member.pk != chair.pk]
    _demand_staff(organisation, [chair, *others])
    if not others:
        raise DomainError(
            "small_group", "В рабочей группе нужно не меньше двух человек.", field="members"
        )
    rows = [person_data(organisation, chair) | {"role": "руководитель"}]
    rows += [person_data(organisation, m) | {"role": "член группы"} for m in others]
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_WORKING_GROUP,
        data=_order_data()
        | {
            "members": rows,
            "tasks": [task.strip() for task in tasks if task.strip()],
            "meeting_rhythm": "одного раза в месяц",
            "acquaintance": rows,
        },
        choices={"members": [chair.pk, *(m.pk for m in others)]},
    )


def _demand_staff(organisation: Organisation, people: Sequence[Person]) -> None:
    """Members of the team belong to the organisation; outsiders enter by the partners' room."""
    for person in people:
        if person.organisation_id != organisation.pk or not person.is_staff:
            raise DomainError(
                "not_staff", f"{person.short_name} не числится сотрудником учреждения."
            )


def _order_data() -> dict[str, Any]:
    return {"basis": "", "control": "оставляю за собой"}


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line per person for acquaintance, however many roles one gets."""
    return list({row["name"]["nominative"]: row for row in rows}.values())


def check_curator_order(document: Document) -> list[Check]:
    people = {p.pk: p for p in Person.objects.filter(pk__in=_person_ids(document))}
    missing = [pk for pk in _person_ids(document) if pk not in people]
    if missing:
        return [Check("bad", "Кто-то из назначаемых уже удалён из списка сотрудников.")]
    return [Check("ok", "Все назначаемые — сотрудники учреждения")]


def grant_roles(actor: Actor, document: Document) -> Effect:
    """Signing: each appointee gets the role from the order's day, and an account if there is none."""
    starts_on = date.fromisoformat(document.choices["starts_on"])
    told = []
    for row in document.choices["appointments"]:
        person = Person.objects.select_related("user").get(pk=row["person"])
        role = Role(row["role"])
        user = person.user or _new_account(person)
        grant = give_role(
            user=user,
            role=role,
            organisation=document.organisation,
            starts_on=starts_on,
            basis=str(document),
        )
        grant.basis_document_id = document.pk
        grant.save(update_fields={"basis_document_id"})
        record(
            actor=actor,
            action="accounts.grant",
            subject=grant,
            organisation=document.organisation,
            to_state=role,
            reason=str(document),
        )
        told.append(f"{role.label}: {person.short_name}, с {starts_on:%d.%m.%Y}.")
    return Effect((*told, "Пригласите назначенных: ссылки для входа — на странице «Команда»."))


def _new_account(person: Person) -> User:
    """An account without a password; it is entered by an invitation link."""
    user = create_account(
        surname=person.surname,
        given=person.given,
        patronymic=person.patronymic,
        gender=person.gender,
        email=person.email,
    )
    person.user = user
    person.save(update_fields={"user"})
    return user


def end_roles(actor: Actor, document: Document) -> Effect:
    """Cancelling: the roles that rest on this order end the day before, or never began."""
    today = timezone.localdate()
    told = []
    for grant in RoleGrant.objects.filter(basis_document_id=document.pk, ends_on__isnull=True):
        record(
            actor=actor,
            action="accounts.revoke",
            subject=grant,
            organisation=document.organisation,
            from_state=grant.role,
            reason=f"отменён {document}",
        )
        told.append(f"{grant.get_role_display()}: {grant.user.short_name}, роль снята.")
        end_role(grant=grant, last_day=today - timedelta(days=1))
    return Effect(tuple(told))


def _person_ids(document: Document) -> list[int]:
    return [row["person"] for row in document.choices.get("appointments", [])]


@transaction.atomic
def appoint_acting_head(
    *,
    actor: Actor,
    organisation: Organisation,
    person: Person,
    starts_on: date,
    ends_on: date,
    basis: str,
) -> RoleGrant:
    """Let an employee sign for the head during an absence; the right ends by itself.

    Raises DomainError for an outsider, a wrong period or a missing basis order.
    """
    demand(actor.can("team.acting"))
    _demand_staff(organisation, [person])
    if ends_on < starts_on:
        raise DomainError("period", "Последний день раньше первого.", field="ends_on")
    if not basis.strip():
        text = "Укажите приказ, которым возложены обязанности."
        raise DomainError("basis", text, field="basis")
    grant = give_role(
        user=person.user or _new_account(person),
        role=Role.HEAD,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis.strip(),
        is_acting=True,
    )
    record(
        actor=actor,
        action="accounts.grant",
        subject=grant,
        organisation=organisation,
        to_state=Role.HEAD,
        reason=basis,
    )
    return grant
