"""What people answer in the surveys after the meetings of the demonstration."""

import random
from collections.abc import Sequence

from nastavnik.accounts.actor import Actor
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.office import Office
from nastavnik.documents.services import sign_document
from nastavnik.people.models import MenteeProfile
from nastavnik.surveys import services
from nastavnik.surveys.models import AnswerWay, Campaign, Invitation
from nastavnik.surveys.queries import invited
from nastavnik.surveys.services.answers import Circle, circle_of
from nastavnik.surveys.services.papers import prepare_analysis

REASONS = (
    "интересно рассказывает",
    "любит то же, что и я",
    "было легко говорить",
    "может помочь с предметом",
)


def ask_more(
    office: Office, campaign: Campaign, ago: int, mentees: Sequence[MenteeProfile]
) -> None:
    """Ask also these people; whoever lacks a consent is named and waits."""
    with clock.at(office.day(ago)):
        services.invite_more(actor=office.curator, campaign=campaign, mentees=mentees)


def answer_all(
    office: Office, campaign: Campaign, ago: int, chance: random.Random, *, share: float
) -> None:
    """A share of those asked choose whom they liked; a few write on paper."""
    circle = circle_of(campaign, office.day(ago))
    with clock.at(office.day(ago)):
        for row in invited(campaign):
            if chance.random() < share:
                _answer(row, circle, chance)


def close(office: Office, campaign: Campaign, ago: int) -> None:
    """Close the survey and file its analysis."""
    on = office.day(ago)
    with clock.at(on):
        closed = services.close_campaign(actor=office.curator, campaign=campaign)
        paper = prepare_analysis(actor=office.curator, campaign=closed)
        sign_document(actor=office.curator, document=paper, registered_on=on)


def _answer(row: Invitation, circle: Circle, chance: random.Random) -> None:
    """Those with whom one talked come first; sometimes there is one with whom better not."""
    numbers = list(circle.others_of(row))
    liked = sorted(numbers, key=lambda number: (number + row.number) % 4 + chance.random() * 3)
    ranked = tuple(liked[: chance.choice((1, 2, 3, 3))])
    avoided = frozenset({liked[-1]} - set(ranked)) if chance.random() < 0.1 else frozenset()
    services.answer(
        actor=Actor(user_id=None, label=row.person.full_name, roles=frozenset()),
        invitation=row,
        choices=services.Choices(
            ranked=ranked,
            not_with=avoided,
            why=chance.choice(REASONS) if chance.random() < 0.4 else "",
        ),
        way=AnswerWay.PAPER if chance.random() < 0.2 else AnswerWay.LINK,
        circle=circle,
    )
