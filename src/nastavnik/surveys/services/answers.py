"""One person's answer, by link or from paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.surveys.models import (
    MOST_AVOIDED,
    MOST_WISHES,
    AnswerWay,
    Campaign,
    Invitation,
    Side,
    Wish,
)
from nastavnik.surveys.queries import invited, without_consent
from nastavnik.surveys.services.campaigns import closed_error

RANK_FIELDS = ("first", "second", "third")
_RANK_WORDS = ("первым", "вторым", "третьим")
_PLACE_WORDS = ("первом", "втором", "третьем")


@dataclass(frozen=True)
class Choices:
    """Numbers in the campaign of those who were chosen, the best first, and of those avoided."""

    ranked: tuple[int | None, ...] = ()
    not_with: frozenset[int] = frozenset()
    why: str = ""

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(number for number in self.ranked if number is not None)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    invitation: Invitation,
    choices: Choices,
    way: AnswerWay = AnswerWay.LINK,
    on: date | None = None,
    circle: "Circle | None" = None,
) -> Invitation:
    """Keep the answer of the one who was invited; a new answer takes the place of the old one.

    Posting the same answer again changes nothing. The journal is told that there is an answer,
    never what it says.

    Raises: DomainError when the survey is closed for this person, somebody stands in two places,
    is not on the other side, or the person's own consent is no longer in force.
    """
    today = on or timezone.localdate()
    fresh: Invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("campaign", "person")
        .get(pk=invitation.pk)
    )
    to_child = way == AnswerWay.LINK and fresh.person.is_minor_on(today)
    if not may_answer(fresh, today):
        raise closed_error(fresh.campaign, to_child=to_child)
    others = (circle or circle_of(fresh.campaign, today)).others_of(fresh)
    words = Words(is_child=to_child, is_mentee=fresh.side == Side.MENTEE)
    check_choices(choices, others.keys(), words)
    if _same(fresh, choices, others):
        return fresh
    before = fresh.answered_at
    _keep(fresh, choices, others)
    fresh.why, fresh.way, fresh.answered_at = tidy(choices.why)[:200], way, timezone.now()
    fresh.save(update_fields=["why", "way", "answered_at"])
    record(actor=actor, action="surveys.change" if before else "surveys.answer", subject=fresh)
    return fresh


def may_answer(invitation: Invitation, day: date) -> bool:
    """While the campaign is open, or up to the day until which the person was let in."""
    if invitation.campaign.is_open_on(day):
        return True
    return invitation.late_until is not None and day <= invitation.late_until


@dataclass(frozen=True)
class Circle:
    """Everybody of a campaign with those who take no part on the day, read once for many answers."""

    rows: tuple[Invitation, ...]
    missing: frozenset[int]

    def others_of(self, invitation: Invitation) -> dict[int, Invitation]:
        """Whom this person may choose, by number: the other side without people lacking a consent.

        Those come first with whom the person talked, in that order. Nobody chooses oneself.
        Raises: DomainError when the person's own consents are not in force.
        """
        if invitation.person_id in self.missing:
            raise DomainError(
                "no_consent", "Сейчас ответить нельзя: не хватает согласия. Обратитесь к куратору."
            )
        free = {
            row.number: row
            for row in self.rows
            if row.side != invitation.side
            and row.person_id != invitation.person_id
            and row.person_id not in self.missing
        }
        talked = [number for number in dict.fromkeys(invitation.talked_to) if number in free]
        return {number: free[number] for number in [*talked, *free]}


def circle_of(campaign: Campaign, on: date) -> Circle:
    """Two queries whatever the number of people."""
    rows = invited(campaign)
    missing = without_consent([row.person for row in rows], on)
    return Circle(tuple(rows), frozenset(missing))


def others_of(invitation: Invitation, on: date) -> dict[int, Invitation]:
    """The same for one person."""
    return circle_of(invitation.campaign, on).others_of(invitation)


@dataclass(frozen=True)
class Words:
    """How the one who answers is spoken to, and what the others are called."""

    is_child: bool
    is_mentee: bool

    def twice(self, place: int) -> str:
        """That somebody was put on this place before; to a child without guessing a gender."""
        if self.is_child:
            other = "наставник" if self.is_mentee else "наставляемый"
            return f"Этот {other} у тебя уже на {_PLACE_WORDS[place]} месте."
        other = "наставника" if self.is_mentee else "наставляемого"
        return f"Вы уже выбрали этого {other} {_RANK_WORDS[place]}."


def check_choices(choices: Choices, allowed: Collection[int], words: Words) -> None:
    """Raise DomainError, with the field of the place, unless the choices can be kept."""
    if len(choices.ranked) > MOST_WISHES:
        raise DomainError("too_many", "Можно выбрать не больше трёх человек.")
    seen: dict[int, int] = {}
    for place, number in enumerate(choices.ranked):
        if number is None:
            continue
        field = RANK_FIELDS[place]
        if number not in allowed:
            raise DomainError("stranger", "Этого человека нет в списке.", field=field)
        if number in seen:
            raise DomainError("twice", words.twice(seen[number]), field=field)
        seen[number] = place
    if len(choices.not_with) > MOST_AVOIDED:
        raise DomainError("too_many", "Отметить можно не больше трёх человек.", field="not_with")
    if not choices.not_with <= set(allowed):
        raise DomainError("stranger", "Этого человека нет в списке.", field="not_with")
    if choices.not_with & seen.keys():
        raise DomainError(
            "both",
            "Один и тот же человек отмечен и среди выбранных, и среди «не стоит».",
            field="not_with",
        )


def _same(invitation: Invitation, choices: Choices, others: dict[int, Invitation]) -> bool:
    if invitation.answered_at is None or invitation.why != tidy(choices.why)[:200]:
        return False
    kept = set(invitation.wishes.values_list("about_id", "rank"))
    return kept == {(row.about_id, row.rank) for row in _rows(invitation, choices, others)}


def _keep(invitation: Invitation, choices: Choices, others: dict[int, Invitation]) -> None:
    invitation.wishes.all().delete()
    Wish.objects.bulk_create(_rows(invitation, choices, others))


def _rows(invitation: Invitation, choices: Choices, others: dict[int, Invitation]) -> list[Wish]:
    """Rows of the answer; an empty place moves the later choices up."""
    own = {"organisation_id": invitation.organisation_id, "chooser": invitation}
    rows = [
        Wish(about=others[number], rank=rank, **own)
        for rank, number in enumerate(choices.chosen, 1)
    ]
    avoided = sorted(choices.not_with)
    return rows + [Wish(about=others[number], is_not_with=True, **own) for number in avoided]
