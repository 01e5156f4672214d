"""Councils for tests."""

from datetime import date

from nastavnik.accounts.permissions import Role
from nastavnik.councils.models import Council, CouncilKind, Sitting
from nastavnik.councils.papers import Place
from nastavnik.councils.queries import composition
from nastavnik.councils.services import councils, sittings
from nastavnik.councils.services.composition import prepare_composition
from nastavnik.documents.models import Document
from nastavnik.tenancy.models import Organisation
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, sign
from tests.people_making import DAY, make_teacher

COORDINATOR = actor_as(Role.COORDINATOR)


def council(
    organisation: Organisation, kind: str = CouncilKind.CREATIVE_GROUP, **fields
) -> Council:
    return councils.add_council(actor=CURATOR, organisation=organisation, kind=kind, **fields)


def three(organisation: Organisation) -> list[Place]:
    """A chair and a secretary of the staff, a partner from outside."""
    chair, secretary = (make_teacher(organisation, name) for name in ("Котова", "Рябова"))
    partner = Place("member", name="Кравец Роман Сергеевич", post="инженер", workplace="АО «Маш»")
    return [Place("chair", person=chair), Place("secretary", person=secretary), partner]


def order(organisation: Organisation, of: Council, places: list[Place] | None = None) -> Document:
    return prepare_composition(
        actor=CURATOR,
        organisation=organisation,
        council=of,
        places=places or three(organisation),
    )


def working(organisation: Organisation, kind: str = CouncilKind.CREATIVE_GROUP) -> Council:
    """A council whose composition an order approved on 10 November 2026."""
    made = council(organisation, kind)
    sign(order(organisation, made))
    made.refresh_from_db()
    return made


def planned(of: Council, on: date = DAY, **fields) -> Sitting:
    draft = sittings.Draft(topic="Планы на год", planned_on=on, **fields)
    return sittings.plan_sitting(actor=CURATOR, council=of, draft=draft)


def held(of: Council, on: date = DAY) -> Sitting:
    members = composition(of)
    return sittings.hold_sitting(
        actor=CURATOR,
        sitting=planned(of, on),
        held_on=on,
        chair=members[0],
        secretary=members[1],
        present=members,
        rulings=[sittings.Ruling("Утвердить планы", "кураторы", DAY)],
        heard="Котова рассказала о планах.",
    )


def protocol(organisation: Organisation, of: Sitting) -> Document:
    return sittings.prepare_protocol(actor=CURATOR, organisation=organisation, sitting=of)


def names(of: Council) -> list[tuple[str, str]]:
    of.refresh_from_db()
    return [(member.full_name.split()[0], member.office) for member in composition(of)]
