"""Two surveys of the main school: one that led to pairs, one that still waits for answers."""

import datetime as dt
import random
from collections.abc import Sequence

from nastavnik.accounts.actor import Actor
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.surveys import services
from nastavnik.surveys.models import AnswerWay, Campaign, Invitation, Side
from nastavnik.surveys.queries import invited

CLOSED_PARTS = ("in_order", "agreed", "proposed", "declined")
OPEN_PARTS = ("ready", "matching", "unpaired")
REASONS = (
    "интересно рассказывает",
    "любит то же, что и я",
    "было легко говорить",
    "может помочь с предметом",
)


def tell(office: Office, cast: Cast) -> None:
    """Everybody answered the first survey; the second one has begun yesterday."""
    chance = random.Random("surveys")  # noqa: S311 -- a story, not a secret
    mentors = [*cast.working[:8], *cast.mentors["free"]]
    first = _ask(office, 14, _of(cast, CLOSED_PARTS), mentors, "Общая встреча в актовом зале")
    _answer(office, first, 13, chance, share=1.0)
    with clock.at(office.day(11)):
        services.close_campaign(actor=office.curator, campaign=first)
    mentees = [*_of(cast, OPEN_PARTS), *cast.mentees["awaiting"][:2]]
    second = _ask(office, 1, mentees, mentors, "Встреча наставников и ребят в библиотеке")
    _answer(office, second, 1, chance, share=0.7)


def _of(cast: Cast, parts: Sequence[str]) -> list[MenteeProfile]:
    return [profile for part in parts for profile in cast.mentees[part]]


def _ask(
    office: Office,
    ago: int,
    mentees: Sequence[MenteeProfile],
    mentors: Sequence[MentorProfile],
    meeting: str,
) -> Campaign:
    with clock.at(office.day(ago)):
        return services.open_preferences(
            actor=office.curator,
            organisation=office.organisation,
            mentees=mentees,
            mentors=mentors,
            source_label=meeting,
            closes_on=office.day(ago) + dt.timedelta(days=4),
        )


def _answer(
    office: Office, campaign: Campaign, ago: int, chance: random.Random, *, share: float
) -> None:
    """A share of those asked choose whom they liked; a few write from paper."""
    rows = invited(campaign)
    numbers = {
        side: [row.number for row in rows if row.side != side]
        for side in (Side.MENTEE, Side.MENTOR)
    }
    with clock.at(office.day(ago)):
        for row in rows:
            if chance.random() < share:
                _one(row, numbers[Side(row.side)], chance)


def _one(row: Invitation, numbers: Sequence[int], chance: random.Random) -> None:
    liked = sorted(numbers, key=lambda number: (number + row.number) % 4 + chance.random() * 3)
    ranked = tuple(liked[: chance.choice((1, 2, 3, 3))])
    avoided = frozenset({liked[-1]}) if chance.random() < 0.1 else frozenset()
    services.answer(
        actor=Actor(user_id=None, label=row.person.full_name, roles=frozenset()),
        invitation=row,
        choices=services.Choices(
            ranked=ranked,
            not_with=avoided,
            why=chance.choice(REASONS) if chance.random() < 0.4 else "",
        ),
        way=AnswerWay.PAPER if chance.random() < 0.2 else AnswerWay.LINK,
    )
