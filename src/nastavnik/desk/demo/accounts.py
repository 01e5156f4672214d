"""Accounts of the fictional people; none has a password, the sign-in page offers them by a click."""

import datetime as dt

from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo.names import Name, Namer
from nastavnik.desk.demo.places import EMPTY, MAIN
from nastavnik.people.models import Person
from nastavnik.tenancy.models import Organisation, Territory

TERRITORY_LOGINS = (
    ("demo-coordinator", Role.COORDINATOR, "velmogorsk"),
    ("demo-controller", Role.CONTROLLER, "velmogorsk"),
    ("demo-region", Role.REGION, "velmogorye"),
    ("kurator-dalnoluzhsk", Role.COORDINATOR, "dalnoluzhsk"),
    ("kurator-luchinsky", Role.COORDINATOR, "luchinsky"),
    ("metodist-velmogorye", Role.CENTRE, "velmogorye"),
)
LOGINS = {MAIN: "demo-{role}", EMPTY: "demo-empty-{role}"}


def make_user(login: str, name: Name) -> User:
    return User.objects.create_user(login, None, **name.parts())


def login_of(organisation: Organisation, role: str) -> str:
    """`demo-curator` at the main school, `curator-lyceum-7` elsewhere."""
    pattern = LOGINS.get(organisation.slug, "{role}-" + organisation.slug)
    return pattern.format(role=role)


def make_officers(territories: dict[str, Territory], namer: Namer, since: dt.date) -> None:
    """Those who look after the region and its municipalities."""
    for login, role, slug in TERRITORY_LOGINS:
        user = make_user(login, namer.name())
        RoleGrant.objects.create(
            user=user, role=role, territory=territories[slug], starts_on=since, basis="приказ"
        )


def make_head(organisation: Organisation, since: dt.date) -> User:
    """The account of the head whose name stands in the organisation's card."""
    name = Name(
        organisation.head_surname,
        organisation.head_given,
        organisation.head_patronymic,
        organisation.head_gender,
    )
    user = make_user(login_of(organisation, "head"), name)
    grant(user, Role.HEAD, organisation, since)
    return user


def make_planner(organisation: Organisation, since: dt.date) -> None:
    """Head and curator of an institution that has no story yet."""
    make_head(organisation, since)
    namer = Namer(organisation.slug)
    curator = make_user(login_of(organisation, "curator"), namer.name("female"))
    grant(curator, Role.CURATOR, organisation, since)


def of_staff(person: Person, organisation: Organisation, role: str) -> User:
    """The account of somebody who stands in the register of the staff."""
    name = Name(person.surname, person.given, person.patronymic, person.gender)
    user = make_user(login_of(organisation, role), name)
    link(person, user)
    return user


def link(person: Person, user: User) -> None:
    person.user = user
    person.save(update_fields=["user"])


def grant(user: User, role: Role, organisation: Organisation, since: dt.date) -> None:
    RoleGrant.objects.create(
        user=user, role=role, organisation=organisation, starts_on=since, basis="назначение"
    )
