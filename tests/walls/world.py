"""Four institutions full of data that could leak, and one person of every role in the own one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import TERRITORY_ROLES, Role
from nastavnik.councils.papers import Place
from nastavnik.councils.services.composition import prepare_composition
from nastavnik.councils.services.councils import add_council
from nastavnik.councils.services.sittings import Draft, plan_sitting
from nastavnik.documents.models import Document
from nastavnik.library.models import Entry
from nastavnik.matching.services import make_proposal
from nastavnik.pairs.queries.neighbours import offers
from nastavnik.pairs.services.borrowing import ask_neighbour
from nastavnik.people.models import MenteeRequest
from nastavnik.people.services.imports.batches import start_import
from nastavnik.roadmaps.services.imports import start_import as read_roadmap
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope, scopes_disabled
from tests.documents.making import make_signed
from tests.neighbours import grant, make_organisation, make_territory, make_user
from tests.pairs.making import CURATOR, order_on, ready_pair
from tests.people_making import DAY, make_mentee, make_mentor
from tests.walls.filling import fill_everything

TODAY = "2026-11-20 10:00:00+03:00"
# Stems that no word of ours contains; declension leaves them whole.
MARKERS = {"own": "Щурохв", "sibling": "Жбандык", "far": "Лыкомяс", "beyond": "Звезлоп"}
ADMIN = "server-admin"


@dataclass(frozen=True)
class World:
    """`sibling` shares the municipality of `own`, `far` its region, `beyond` nothing."""

    organisations: dict[str, Organisation]
    territories: dict[str, Territory]
    users: dict[str, User]
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    @property
    def own(self) -> Organisation:
        return self.organisations["own"]

    def path(self, address: Any, node: str, organisation: Organisation) -> str:
        """The address at a node with rows of the organisation, reckoned once."""
        key = (address.name, f"{node} {organisation.slug}")
        if key not in self.paths:
            self.paths[key] = address.path(node, organisation)
        return self.paths[key]

    def once(self, key: tuple[str, ...], reckon: Callable[[], Any]) -> Any:
        """What was read from the world: every test undoes what it did, so it stays true."""
        if key not in self.known:
            self.known[key] = reckon()
        return self.known[key]

    def client(self, who: str, **options) -> Client:
        client = Client(raise_request_exception=False, **options)
        client.force_login(self.users[who], "nastavnik.accounts.backend.PasswordBackend")
        return client

    def holds_at_territory(self, who: str, slug: str) -> bool:
        """A role of a territory holds on it and below it."""
        line = self.territories[slug].ancestor_ids
        return any(row.territory_id in line for row in self.users[who].grants.all())


def build_world() -> World:
    territories = {"region": make_territory("region"), "away": make_territory("away")}
    for slug, parent in (("first", "region"), ("second", "region"), ("third", "away")):
        territories[slug] = make_territory(slug, territories[parent])
    for territory in territories.values():
        Entry.objects.create(
            dictionary="acts", code="territory-act", title="Акт", territory=territory
        )
    places = {"own": "first", "sibling": "first", "far": "second", "beyond": "third"}
    organisations = {}
    for slug, place in places.items():
        organisations[slug] = _institution(slug, territories[place])
    _ask_each_other(organisations["own"], organisations["sibling"])
    _office(territories["first"])
    users = {role.value: _officer(role, organisations["own"], territories) for role in Role}
    users[ADMIN] = make_user(ADMIN, surname="Серверов")
    User.objects.filter(pk=users[ADMIN].pk).update(is_system_admin=True)
    return World(organisations, territories, users)


def _office(territory: Territory) -> None:
    """The authority of a territory with a council whose composition waits for its order."""
    office = make_organisation("office", territory, kind="authority")
    with scope({office.pk}):
        council = add_council(actor=CURATOR, organisation=office, kind="curators")
        plan_sitting(actor=CURATOR, council=council, draft=Draft("Планы", DAY))
        places = [
            Place("chair", name="Котова Анна Ильинична"),
            Place("member", name="Панова Ольга Ильинична"),
        ]
        prepare_composition(actor=CURATOR, organisation=office, council=council, places=places)


def _ask_each_other(*neighbours: Organisation) -> None:
    """Open mentors of one municipality, and a request for one that waits on either side."""
    for organisation in neighbours:
        with scope({organisation.pk}):
            mentor = make_mentor(organisation, f"{MARKERS[organisation.slug]}ова", phone="8 900")
            mentor.open_to_others = True
            mentor.save()
    for organisation in neighbours:
        with scope({organisation.pk}):
            mentee = make_mentee(organisation, f"{MARKERS[organisation.slug]}их")
            MenteeRequest(
                organisation=organisation, mentee=mentee, code="progress", topic="math"
            ).save()
            key = offers(CURATOR, organisation, mentee, DAY)[0].key
            ask_neighbour(actor=CURATOR, organisation=organisation, mentee=mentee, key=key, on=DAY)


def _officer(role: Role, own: Organisation, territories: dict[str, Territory]) -> User:
    user = make_user(f"one-{role.value}", surname=f"{MARKERS['own']}ов")
    if role == Role.REGION:
        grant(user, role, territories["region"])
    else:
        grant(user, role, territories["first"] if role in TERRITORY_ROLES else own)
    return user


def _institution(slug: str, territory: Territory) -> Organisation:
    """One person who is everything at once with a row of every kind, a pair on its way to an
    order, and a signed order."""
    marker = MARKERS[slug]
    organisation = make_organisation(slug, territory)
    organisation.short_name = f"Школа {marker}"
    organisation.full_name = f"Общеобразовательное учреждение «{marker}»"
    for name in ("address", "phone", "site", "blank_header", "head_surname"):
        setattr(organisation, name, f"{marker}ов")
    organisation.email = f"{slug}@example.org"
    organisation.save()
    curator = make_user(f"curator-{slug}", surname=f"{marker}ева")
    grant(curator, Role.CURATOR, organisation)
    with scope({organisation.pk}):
        start_import(
            actor=CURATOR,
            organisation=organisation,
            kind="mentees",
            file_name=f"{marker}.csv",
            content=f"ФИО;Класс;Год рождения\n{marker}ов Илья Олегович;7А;2013\n".encode(),
        )
        read_roadmap(
            actor=CURATOR,
            organisation=organisation,
            text=f"Дорожная карта {marker} на 2026 год\n1. {marker} соберёт группу\n2. Отчёт",
        )
        fill_everything(organisation, marker)
        mentor = make_mentor(organisation, f"{marker}ин", phone="8 900 000-00-01")
        mentee = make_mentee(organisation, f"{marker}ова", phone="8 900 000-00-02")
        pair = ready_pair(organisation, mentor=mentor, mentees=[mentee])
        order_on(organisation, pair)
        make_signed(organisation)
        make_proposal(actor=CURATOR, organisation=organisation, on=DAY)
    return organisation


def drain(answer) -> bytes:
    """The whole body, so that no file stays open.

    The test client has closed the answer already; closing it again would end the connection that
    the world lives in.
    """
    return b"".join(answer) if answer.streaming else answer.content


def first_row(model, organisation: Organisation):
    """The row that the filling made: everything else hangs on the same person."""
    with scopes_disabled(reason="a test looks at every institution"):
        return model.objects.filter(organisation=organisation).order_by("pk").first()


def signed_document(organisation: Organisation) -> Document:
    with scope({organisation.pk}):
        return Document.objects.filter(state="in_force").order_by("pk").first()
