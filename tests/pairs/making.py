"""Pairs on their way to an order, for tests."""

from datetime import date

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.documents.services import send_to_sign, sign_document
from nastavnik.pairs.models import Pair
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.services.composing import make_pair
from nastavnik.pairs.services.orders import prepare_pair_order
from nastavnik.tenancy.models import Organisation
from tests.neighbours import actor_as
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

CURATOR = actor_as(Role.CURATOR)
HEAD = actor_as(Role.HEAD, label="Зотов Игорь Павлович")
STARTS, ENDS = date(2026, 11, 16), date(2027, 5, 31)


def propose(organisation: Organisation, **fields) -> Pair:
    """A teacher and a pupil without papers, proposed."""
    mentor = fields.pop("mentor", None) or make_mentor(organisation)
    mentees = fields.pop("mentees", None) or [make_mentee(organisation)]
    values = {"form": "teacher-pupil", "starts_on": STARTS, "ends_on": ENDS} | fields
    return make_pair(
        actor=CURATOR, organisation=organisation, mentor=mentor, mentees=mentees, **values
    )


def with_papers(pair: Pair) -> Pair:
    """Consents of everybody in the pair."""
    give_consents(pair.mentor.person)
    for member in pair.members.all():
        give_consents(member.mentee.person)
    return pair


def agree(*pairs: Pair) -> None:
    answers_in_sheet(actor=CURATOR, pairs=pairs, on=DAY)
    for pair in pairs:
        pair.refresh_from_db()


def ready_pair(organisation: Organisation, **fields) -> Pair:
    pair = with_papers(propose(organisation, **fields))
    agree(pair)
    return pair


def order_on(organisation: Organisation, *pairs: Pair) -> Document:
    return prepare_pair_order(actor=CURATOR, organisation=organisation, pairs=pairs, on=DAY)


def sign(document: Document, on: date = DAY) -> tuple[str, ...]:
    send_to_sign(actor=CURATOR, document=document)
    return sign_document(actor=HEAD, document=document, registered_on=on).sentences


def plain_entry(mentee, mentor):
    """A proposal of 30 points in a stored run, nothing of them for wishes."""
    parts = [
        {"code": "wish", "points": 0, "most": 35, "facts": []},
        {"code": "competence", "points": 20, "most": 40, "facts": []},
        {"code": "time", "points": 10, "most": 25, "facts": []},
    ]
    return {
        "mentee": mentee.pk,
        "mentor": mentor.pk,
        "form": "teacher-pupil",
        "fit": 30,
        "parts": parts,
    }


def entry_with_wish(mentee, mentor):
    """65 points of two who chose each other; 46 when the wishes are left out."""
    entry = plain_entry(mentee, mentor)
    entry["parts"][0] |= {"points": 35, "facts": ["mentee:1", "mentor:1"]}
    return entry | {"fit": 65, "mentee_rank": 1, "mentor_rank": 1}
