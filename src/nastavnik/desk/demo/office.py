"""The papers of an office: who prepares and signs, on which day, and the first orders."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.people import Folk
from nastavnik.desk.services import team
from nastavnik.documents import services
from nastavnik.documents.builders import prepare_cancellation, prepare_introduction
from nastavnik.documents.kinds import ORDER_INTRODUCTION
from nastavnik.documents.models import Document, DocumentState, Relation
from nastavnik.documents.services import ensure_journals, set_next_number
from nastavnik.pairs.order_data import person_data
from nastavnik.people.models import Person
from nastavnik.tenancy.models import Organisation

TASKS = (
    "подготовить анкеты и провести опрос участников",
    "собрать сведения о запросах наставляемых",
    "провести отбор наставников",
    "составить пары и группы",
)
FORMS = ("учитель – ученик", "ученик – ученик", "педагог – педагог")


@dataclass(frozen=True)
class Office:
    """Curator and head of an organisation with the days of its story."""

    folk: Folk
    curator: Actor
    head: Actor

    @property
    def organisation(self) -> Organisation:
        return self.folk.organisation

    def day(self, ago: int) -> dt.date:
        return self.folk.today - dt.timedelta(days=ago)

    def send(self, ago: int, prepare: Callable[[dt.date], Document]) -> Document:
        """Prepare on a day and put it on the head's desk."""
        with clock.at(self.day(ago)):
            document = prepare(self.day(ago))
            return services.send_to_sign(actor=self.curator, document=document)

    def sign(self, ago: int, prepare: Callable[[dt.date], Document]) -> Document:
        """Prepare, send and sign on one day."""
        document = self.send(ago, prepare)
        with clock.at(self.day(ago)):
            services.sign_document(actor=self.head, document=document, registered_on=self.day(ago))
        return document


def actor_of(user: User, role: Role) -> Actor:
    return Actor(user_id=user.pk, label=user.full_name, roles=frozenset({role}))


def start_journals(office: Office) -> None:
    """The paper journals go on: orders of the first year begin with a number of their own."""
    since = office.day(556)
    with clock.at(since):
        journals = ensure_journals(organisation=office.organisation)
        first = 11 + len(office.organisation.slug)
        set_next_number(
            actor=office.curator, journal=journals["orders"], number=first, year=since.year
        )


def introduce(office: Office) -> None:
    """The model is introduced, the group made, the curator appointed."""
    folk, organisation = office.folk, office.organisation
    curator, officer = folk.staff[1], folk.staff[2]
    office.sign(
        550,
        lambda on: prepare_introduction(
            actor=office.curator,
            organisation=organisation,
            starts_on=on,
            documents_due=on + dt.timedelta(days=30),
            forms=FORMS,
            responsible=person_data(organisation, officer),
        ),
    )
    office.sign(546, lambda _on: _working_group(office, folk.staff[1:5]))
    office.sign(540, lambda on: _appointment(office, curator, officer, on))


def revise(office: Office) -> None:
    """The group changes, and the first introduction gives way to the programme."""
    group = Document.objects.get(kind=team.ORDER_WORKING_GROUP, state=DocumentState.IN_FORCE)
    office.sign(150, lambda _on: _changed_group(office, group, office.folk.staff[1:6]))
    introduction = Document.objects.get(kind=ORDER_INTRODUCTION, state=DocumentState.IN_FORCE)
    with clock.at(office.day(140)):
        introduction.state = DocumentState.LAPSED
        introduction.save(update_fields=["state"])


def _working_group(office: Office, members: Sequence[Person]) -> Document:
    return team.prepare_working_group_order(
        actor=office.curator,
        organisation=office.organisation,
        chair=members[0],
        members=members,
        tasks=TASKS,
    )


def _changed_group(office: Office, group: Document, members: Sequence[Person]) -> Document:
    """A new composition that amends the first order."""
    document = _working_group(office, members)
    document.title = "Приказ об изменении состава рабочей группы"
    document.parent, document.relation = group, Relation.AMENDS
    document.save(update_fields=["title", "parent", "relation"])
    return document


def _appointment(office: Office, curator: Person, officer: Person, on: dt.date) -> Document:
    return team.prepare_curator_order(
        actor=office.curator,
        organisation=office.organisation,
        appointments=[
            team.Appointment(curator, Role.CURATOR),
            team.Appointment(officer, Role.RESPONSIBLE),
        ],
        starts_on=on,
    )


def cancel(office: Office, ago: int, document: Document, reason: str) -> Document:
    return office.sign(
        ago,
        lambda _on: prepare_cancellation(actor=office.curator, document=document, reason=reason),
    )


def unfinished(office: Office) -> None:
    """Drafts in every stage: begun, being checked, returned, dropped."""
    members = office.folk.staff[1:5]
    with clock.at(office.day(6)):
        dropped = _working_group(office, members)
        services.drop_draft(actor=office.curator, document=dropped)
        check = _working_group(office, members)
        check.state = DocumentState.CHECK
        check.save(update_fields=["state"])
    returned = office.send(4, lambda _on: _working_group(office, office.folk.staff[1:4]))
    with clock.at(office.day(3)):
        services.return_document(
            actor=office.head,
            document=returned,
            reason="Включите в группу педагога-психолога и проверьте должности.",
        )
    with clock.at(office.day(1)):
        prepare_introduction(
            actor=office.curator,
            organisation=office.organisation,
            starts_on=office.day(-7),
            documents_due=office.day(-37),
            forms=FORMS,
            responsible=person_data(office.organisation, office.folk.staff[2]),
        )
