"""The city's council of curators, and the sittings of the main school's working group."""

import datetime as dt
from collections.abc import Sequence

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.councils.models import Council, CouncilKind, Office, Sitting
from nastavnik.councils.papers import Place
from nastavnik.councils.policies import at_office
from nastavnik.councils.queries import composition, curators_in_force
from nastavnik.councils.services import councils, sittings
from nastavnik.councils.services.composition import prepare_composition
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.accounts import login_of
from nastavnik.desk.demo.names import data
from nastavnik.documents.services import send_to_sign, sign_document
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

FORMED_AGO = 150


def tell(office: Organisation, school: Organisation, *, today: dt.date) -> None:
    """The council sat twice, the second time without a protocol; the working group sat once."""
    user = User.objects.get(login="demo-coordinator")
    roles = frozenset({Role.COORDINATOR})
    coordinator = at_office(Actor(user_id=user.pk, label=user.full_name, roles=roles))
    words = data("councils")
    with scope({office.pk}):
        council = _curators(office, coordinator, words, today)
        first, second, *ahead = words["sitting"]
        _hold(council, coordinator, first, 75, today, signs=True)
        _hold(council, coordinator, second, 12, today, signs=False)
        _plan(council, coordinator, ahead, today)
    with scope({school.pk}):
        curator = User.objects.get(login=login_of(school, "curator"))
        actor = Actor(curator.pk, curator.full_name, frozenset({Role.CURATOR}))
        group = Council.objects.get(kind=CouncilKind.WORKING_GROUP)
        done, *ahead = words["group_sitting"]
        _hold(group, actor, done, 40, today, signs=True)
        _plan(group, actor, ahead, today)


def _curators(
    office: Organisation, actor: Actor, words: dict[str, list[dict[str, str]]], today: dt.date
) -> Council:
    """Every curator of the city belongs to it; the first of them leads, the second keeps records."""
    about = words["council"][0]
    day = today - dt.timedelta(days=FORMED_AGO)
    with clock.at(day):
        council = councils.add_council(
            actor=actor,
            organisation=office,
            kind=CouncilKind.CURATORS,
            name=about["name"],
            task=about["task"],
            rhythm=about["rhythm"],
            regulation_title=about["regulation"],
            regulation_number="2",
            regulation_on=day,
        )
        offices = [Office.CHAIR, Office.SECRETARY]
        places = [
            Place(
                office=offices[place] if place < len(offices) else Office.MEMBER,
                user=one.user,
                post="куратор",
                workplace=one.institution,
            )
            for place, one in enumerate(curators_in_force(office.territory, on=day))
        ]
        order = prepare_composition(
            actor=actor, organisation=office, council=council, places=places
        )
        send_to_sign(actor=actor, document=order)
        head = User.objects.get(login=login_of(office, "head"))
        signer = Actor(head.pk, head.full_name, frozenset({Role.HEAD}))
        sign_document(actor=signer, document=order, registered_on=day)
    council.refresh_from_db()
    return council


def _plan(council: Council, actor: Actor, ahead: Sequence[dict[str, str]], today: dt.date) -> None:
    for number, row in enumerate(ahead, 1):
        day = today + dt.timedelta(days=40 * number)
        draft = sittings.Draft(row["topic"], day, by_month=True, agenda=row["agenda"])
        with clock.at(today - dt.timedelta(days=80)):
            sittings.plan_sitting(actor=actor, council=council, draft=draft)


def _hold(
    council: Council,
    actor: Actor,
    row: dict[str, str],
    ago: int,
    today: dt.date,
    *,
    signs: bool,
) -> Sitting:
    """Planned a month ahead, held with almost everybody, its protocol registered or forgotten."""
    day = today - dt.timedelta(days=ago)
    members = composition(council)
    with clock.at(day - dt.timedelta(days=30)):
        draft = sittings.Draft(row["topic"], day, agenda=row["agenda"])
        sitting = sittings.plan_sitting(actor=actor, council=council, draft=draft)
    with clock.at(day):
        sitting = sittings.hold_sitting(
            actor=actor,
            sitting=sitting,
            held_on=day,
            place=row["place"],
            chair=members[0],
            secretary=members[1],
            present=members[: max(2, len(members) - 1)],
            heard=row["heard"],
            rulings=[
                sittings.Ruling(text, row["who"], day + dt.timedelta(days=21))
                for text in row["decisions"].splitlines()
            ],
        )
        if signs:
            paper = sittings.prepare_protocol(
                actor=actor, organisation=council.organisation, sitting=sitting
            )
            sign_document(actor=actor, document=paper, registered_on=day)
    return sitting
