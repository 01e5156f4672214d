"""The composition of a council: a draft order, and what signing or cancelling it means."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.audit.services import record
from nastavnik.councils import papers, policies, queries
from nastavnik.councils.models import (
    Council,
    CouncilKind,
    CouncilMember,
    CouncilState,
    Office,
    belongs_to_territory,
)
from nastavnik.councils.papers import Place
from nastavnik.councils.services.councils import NAMES, locked, move, open_working_group
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.models import Document, Relation
from nastavnik.documents.names import phrase_forms
from nastavnik.documents.services import prepare_document
from nastavnik.people.models import Person
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

PEOPLE = ("человек", "человека", "человек")
_ORDER = (Office.CHAIR, Office.SECRETARY, Office.MEMBER)


@transaction.atomic
def prepare_composition(
    *, actor: Actor, organisation: Organisation, council: Council, places: Sequence[Place]
) -> Document:
    """Draft the order on the composition; a change of an approved one amends the order in force.

    Raises: DomainError without exactly one chair, for fewer than two people, for somebody twice,
    for one who is not of the staff, for a name that tells no gender.
    """
    held = locked(council)
    demand(policies.can_compose(actor, held))
    _demand_whole(organisation, held, places)
    rows = sorted(places, key=lambda place: _ORDER.index(Office(place.office)))
    changes = held.state == CouncilState.ACTIVE
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=papers.kind_of_order(held),
        title=_title(held, changes=changes),
        data=papers.order_data(organisation, held, rows, changes=changes),
        choices={"council": held.pk, "places": [_packed(place) for place in rows]},
        subject_id=held.pk,
        parent=held.order if changes else None,
        relation=Relation.AMENDS if changes else "",
    )
    held.draft_order = document
    held.save(update_fields=["draft_order"])
    people = counted(len(rows), *PEOPLE)
    record(actor=actor, action="councils.compose", subject=held, details={"people": people})
    return document


def check_composition(document: Document) -> list[Check]:
    """Whether everybody is still there; runs before the signature."""
    places = _places(document)
    if len(places) < len(_packed_places(document)):
        return [Check("bad", "Кого-то из состава уже нет в списке сотрудников.")]
    council = _known_council(document)
    if council is not None and not council.is_open:
        return [Check("bad", f"{council.name}: работа уже завершена.")]
    archived = [p.person.short_name for p in places if p.person and p.person.archived_at]
    if archived:
        return [Check("wait", f"В архиве: {', '.join(archived)}.")]
    return [Check("ok", f"В составе {counted(len(places), *PEOPLE)}.")]


def approve_composition(actor: Actor, document: Document) -> Effect:
    """Signing: the council works from the day of the order, and its members are those of the order.

    An order on the working group that was prepared elsewhere makes the group, so that it stands in
    the list of councils by the same fact.
    """
    assert document.registered_on is not None
    council = _known_council(document) or _new_group(actor, document)
    day = document.registered_on
    _end(CouncilMember.objects.filter(council=council, until__isnull=True), day)
    places = _places(document)
    CouncilMember.objects.bulk_create(
        [
            CouncilMember(
                organisation_id=document.organisation_id,
                council=council,
                order=document,
                person=place.person,
                user=place.user,
                name=place.name,
                gender=place.gender,
                post=place.post,
                workplace=place.workplace,
                office=place.office,
                position=position,
                since=day,
            )
            for position, place in enumerate(places)
        ]
    )
    council.order = document
    if council.draft_order_id == document.pk:
        council.draft_order = None
    council.starts_on = council.starts_on or day
    council.save(update_fields=["order", "draft_order", "starts_on"])
    move(actor, council, CouncilState.ACTIVE, "councils.approve", reason=str(document))
    people = counted(len(places), *PEOPLE)
    return Effect((f"{council.name}: состав утверждён, {people}, с {day:%d.%m.%Y}.",))


def fall_back(actor: Actor, document: Document) -> Effect:
    """Cancelling: the composition of the order before holds again, or none does."""
    council = _council_of_order(document)
    if council is None or council.order_id != document.pk:
        return Effect()
    council = locked(council)
    _end(CouncilMember.objects.filter(order=document, until__isnull=True), timezone.localdate())
    before = (
        CouncilMember.objects.filter(council=council, order__state__in=queries.IN_FORCE)
        .exclude(order=document)
        .order_by("-order__registered_on", "-order_id")
        .first()
    )
    council.order = before.order if before is not None else None
    if before is None:
        council.state = CouncilState.DRAFT if council.is_open else council.state
        council.save(update_fields=["order", "state"])
        said = f"{council.name}: утверждённого состава больше нет."
    else:
        council.save(update_fields=["order"])
        CouncilMember.objects.filter(order=council.order).update(until=None)
        said = f"{council.name}: снова действует состав по приказу {papers.registration(before.order)}."
    record(
        actor=actor,
        action="councils.fall_back",
        subject=council,
        to_state=council.state,
        reason=str(document),
    )
    return Effect((said,))


def forget_draft(_actor: Actor, document: Document) -> Effect:
    """The draft is dropped: another may be prepared."""
    Council.objects.filter(draft_order=document).update(draft_order=None)
    return Effect()


def _demand_whole(organisation: Organisation, council: Council, places: Sequence[Place]) -> None:
    chairs = [place for place in places if place.office == Office.CHAIR]
    if len(chairs) != 1:
        word = papers.office_words(council, Office.CHAIR)
        raise DomainError("one_chair", f"Выберите одного: {word}.", field="chair")
    if sum(place.office == Office.SECRETARY for place in places) > 1:
        raise DomainError("one_secretary", "Секретарь может быть один.", field="secretary")
    if len({place.key for place in places}) < len(places):
        raise DomainError("twice", "Кто-то указан в составе дважды.", field="members")
    if len(places) < 2:
        raise DomainError("small", "В составе нужно не меньше двух человек.", field="members")
    curators = _curators(organisation) if any(place.user for place in places) else frozenset()
    for place in places:
        if place.person is not None and (
            place.person.organisation_id != organisation.pk or not place.person.is_staff
        ):
            raise DomainError(
                "not_staff", f"{place.person.short_name} не числится сотрудником учреждения."
            )
        if place.user is not None and place.user.pk not in curators:
            raise DomainError(
                "not_curator", f"{place.user.short_name} сейчас не куратор учреждения территории."
            )


def _curators(organisation: Organisation) -> frozenset[int]:
    if not belongs_to_territory(organisation):
        return frozenset()
    found = queries.curators_in_force(organisation.territory, on=timezone.localdate())
    return frozenset(curator.user.pk for curator in found)


def _title(council: Council, *, changes: bool) -> str:
    forms = phrase_forms(papers.small(council.name))
    about = "об изменении состава" if changes else "о составе"
    return f"Приказ {about} {forms['genitive']}"[:300]


def _packed(place: Place) -> dict[str, Any]:
    person, user, _name = place.key
    return {
        "person": person,
        "user": user,
        "name": place.name,
        "gender": place.gender,
        "post": place.post,
        "workplace": place.workplace,
        "office": place.office,
    }


def _packed_places(document: Document) -> list[Mapping[str, Any]]:
    """What the draft chose. An order of the team's page lists keys of persons, the chair first."""
    packed = document.choices.get("places")
    if packed is not None:
        return list(packed)
    keys = document.choices.get("members", [])
    return [
        {"person": key, "office": Office.MEMBER if place else Office.CHAIR}
        for place, key in enumerate(keys)
    ]


def _places(document: Document) -> list[Place]:
    """Those of the draft who still exist, in its order."""
    packed = _packed_places(document)
    people = {p.pk: p for p in Person.objects.filter(pk__in=[r.get("person") for r in packed])}
    users = {u.pk: u for u in User.objects.filter(pk__in=[r.get("user") for r in packed])}
    found = []
    for row in packed:
        person, user = people.get(row.get("person") or 0), users.get(row.get("user") or 0)
        if person is None and user is None and not row.get("name"):
            continue
        words = {name: row.get(name, "") for name in ("name", "gender", "post", "workplace")}
        found.append(Place(office=row["office"], person=person, user=user, **words))
    return found


def _known_council(document: Document) -> Council | None:
    """The council of the order; the open working group for one of the team's page."""
    key = document.choices.get("council")
    if key is not None:
        return locked(Council.objects.get(pk=key))
    group = open_working_group(document.organisation)
    return locked(group) if group is not None else None


def _council_of_order(document: Document) -> Council | None:
    row = CouncilMember.objects.filter(order=document).select_related("council").first()
    return row.council if row is not None else None


def _new_group(actor: Actor, document: Document) -> Council:
    kind = CouncilKind.WORKING_GROUP
    group = Council(
        organisation=document.organisation,
        kind=kind,
        name=NAMES[kind],
        task="\n".join(document.data.get("tasks", [])),
        rhythm=document.data.get("meeting_rhythm", "")[:60],
        created_by=actor.label[:200],
    )
    group.save()
    record(actor=actor, action="councils.add", subject=group, to_state=group.state)
    return group


def _end(rows: Any, day: date) -> None:
    """The last day is the one before, but never before the first."""
    last = day - timedelta(days=1)
    rows.filter(since__gt=last).update(until=day)
    rows.filter(until__isnull=True).update(until=last)
