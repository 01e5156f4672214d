"""A campaign from its opening to its closing, and back for those who were late."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.context import school_year
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.typography import date_words
from nastavnik.shared.verdict import demand
from nastavnik.surveys import policies, queries
from nastavnik.surveys.links import fresh_secret
from nastavnik.surveys.models import (
    CAMPAIGN_TRANSITIONS,
    Campaign,
    CampaignState,
    Invitation,
    Side,
)
from nastavnik.tenancy.models import Organisation

DAYS_OPEN = 3
LONGEST = timedelta(days=90)
Talks = Sequence[tuple[int, int]]
Asked = tuple[Side, Person]


@transaction.atomic
def open_preferences(
    *,
    actor: Actor,
    organisation: Organisation,
    mentees: Iterable[MenteeProfile],
    mentors: Iterable[MentorProfile],
    order_of_talking: Talks | None = None,
    badges: Mapping[int, int] | None = None,
    source_label: str = "",
    closes_on: date | None = None,
    on: date | None = None,
) -> Campaign:
    """Ask these people whom they would like to work with; the campaign is open at once.

    `order_of_talking` are the talks of the meeting in their order, as (mentee profile id, mentor
    profile id): everybody sees those first with whom they talked. Whoever lacks a consent in force
    is not asked
    and is named by `queries.held_back`; `invite_more` asks them later.

    Raises: DomainError when one side stays empty or the last day is not ahead.
    """
    demand(policies.can_run(actor))
    today = on or timezone.localdate()
    last = closes_on or today + timedelta(days=DAYS_OPEN)
    _demand_term(last, today, field="closes_on")
    wanted = _asked(mentees, mentors)
    campaign = Campaign(
        organisation=organisation,
        title=f"Опрос предпочтений, {date_words(today, today=today)}",
        source_label=tidy(source_label)[:200],
        opens_on=today,
        closes_on=last,
        school_year=school_year(today),
    )
    campaign.full_clean(exclude=("organisation",))
    campaign.save()
    missing = queries.without_consent((person for _, person in wanted), today)
    free = [(side, person) for side, person in wanted if person.pk not in missing]
    _demand_both_sides(free)
    _invite(campaign, free, start=1, badges=badges or {})
    _note_talks(campaign, order_of_talking or ())
    campaign.held_back = [[side, person.pk] for side, person in wanted if person.pk in missing]
    _move(actor, campaign, CampaignState.OPEN, "surveys.open", _counts(free, wanted))
    return campaign


@transaction.atomic
def invite_more(
    *,
    actor: Actor,
    campaign: Campaign,
    mentees: Iterable[MenteeProfile] = (),
    mentors: Iterable[MentorProfile] = (),
    on: date | None = None,
) -> int:
    """Ask also these people and those held back whose consents have come; how many were added."""
    demand(policies.can_run(actor))
    today = on or timezone.localdate()
    campaign = _held(campaign)
    if not campaign.is_open_on(today):
        raise closed_error(campaign)
    waiting = [(Side(side), pk) for side, pk in campaign.held_back]
    people = Person.objects.in_bulk([pk for _, pk in waiting])
    wanted = [(side, people[pk]) for side, pk in waiting if pk in people]
    wanted += _asked(mentees, mentors)
    already = set(campaign.invitations.values_list("side", "person_id"))
    new = dict.fromkeys((side, p) for side, p in wanted if (side, p.pk) not in already)
    missing = queries.without_consent((person for _, person in new), today)
    free = [(side, person) for side, person in new if person.pk not in missing]
    last = campaign.invitations.aggregate(n=Max("number"))["n"] or 0
    _invite(campaign, free, start=last + 1, badges={})
    campaign.held_back = [[side, person.pk] for side, person in new if person.pk in missing]
    campaign.save(update_fields=["held_back"])
    if free:
        record(
            actor=actor, action="surveys.invite", subject=campaign, details=_counts(free, list(new))
        )
    return len(free)


@transaction.atomic
def close_campaign(*, actor: Actor, campaign: Campaign, on: date | None = None) -> Campaign:
    """Take no more answers. Closing twice does nothing."""
    demand(policies.can_run(actor))
    campaign = _held(campaign)
    if campaign.state == CampaignState.CLOSED:
        return campaign
    today = on or timezone.localdate()
    campaign.closed_on = min(today, campaign.closes_on)
    _move(actor, campaign, CampaignState.CLOSED, "surveys.close")
    return campaign


@transaction.atomic
def reopen_campaign(
    *,
    actor: Actor,
    campaign: Campaign,
    until: date,
    reason: str,
    invitation: Invitation | None = None,
    on: date | None = None,
) -> Campaign:
    """Let one late person, or everybody, answer up to and including `until`.

    Raises: DomainError without a reason or with a day that is past.
    """
    demand(policies.can_run(actor))
    today = on or timezone.localdate()
    words = tidy(reason)[:500]
    if not words:
        raise DomainError("reason_needed", "Напишите, почему опрос открыт снова.", field="reason")
    _demand_term(until, today, field="until")
    campaign = _held(campaign)
    if invitation is not None:
        if invitation.campaign_id != campaign.pk:
            raise DomainError("stranger", "Этого человека нет в опросе.", field="who")
        invitation.late_until = until
        invitation.save(update_fields=["late_until"])
        record(actor=actor, action="surveys.reopen_one", subject=invitation, reason=words)
        return campaign
    campaign.closes_on, campaign.closed_on = until, None
    if campaign.state == CampaignState.OPEN:
        campaign.save(update_fields=["closes_on", "closed_on"])
        record(actor=actor, action="surveys.reopen", subject=campaign, reason=words)
    else:
        _move(actor, campaign, CampaignState.OPEN, "surveys.reopen", reason=words)
    return campaign


def closed_error(campaign: Campaign, *, to_child: bool = False) -> DomainError:
    """«Опрос закрыт 12.10. Попросите куратора открыть ещё раз.»"""
    ask = "Попроси" if to_child else "Попросите"
    return DomainError(
        "survey_closed",
        f"Опрос закрыт {campaign.last_day:%d.%m}. {ask} куратора открыть ещё раз.",
    )


def _asked(mentees: Iterable[MenteeProfile], mentors: Iterable[MentorProfile]) -> list[Asked]:
    """Mentors first, each side by name and each person once: so lists and numbers are read."""
    found: list[Asked] = []
    for side, profiles in ((Side.MENTOR, mentors), (Side.MENTEE, mentees)):
        people = {profile.person_id: profile.person for profile in profiles}
        found += [(side, p) for p in sorted(people.values(), key=lambda p: (p.search_key, p.pk))]
    return found


def _demand_both_sides(free: Sequence[Asked]) -> None:
    sides = {side for side, _ in free}
    if Side.MENTEE not in sides:
        raise DomainError(
            "no_mentees", "Спросить некого: нет наставляемых с согласиями.", field="mentees"
        )
    if Side.MENTOR not in sides:
        raise DomainError(
            "no_mentors", "Выбирать не из кого: нет наставников с согласиями.", field="mentors"
        )


def _demand_term(last: date, today: date, *, field: str) -> None:
    if last < today:
        raise DomainError("past", "Последний день опроса уже прошёл.", field=field)
    if last > today + LONGEST:
        raise DomainError("too_long", "Опрос может идти не дольше трёх месяцев.", field=field)


def _invite(
    campaign: Campaign, people: Sequence[Asked], *, start: int, badges: Mapping[int, int]
) -> None:
    """Those with a badge keep its number, the others go on after the greatest one."""
    rows = []
    fresh = count(max([start - 1, *badges.values()]) + 1)
    for side, person in people:
        nonce, token_hash = fresh_secret()
        rows.append(
            Invitation(
                organisation_id=campaign.organisation_id,
                campaign=campaign,
                person=person,
                side=side,
                number=badges.get(person.pk) or next(fresh),
                nonce=nonce,
                token_hash=token_hash,
            )
        )
    Invitation.objects.bulk_create(rows)


def _note_talks(campaign: Campaign, talks: Talks) -> None:
    """Keep with everybody the numbers of those whom they met, in the order of talking."""
    if not talks:
        return
    rows = list(campaign.invitations.select_related("person__mentee", "person__mentor"))
    mentees = {r.person.mentee.pk: r for r in rows if r.side == Side.MENTEE}
    mentors = {r.person.mentor.pk: r for r in rows if r.side == Side.MENTOR}
    for mentee_id, mentor_id in talks:
        mentee, mentor = mentees.get(mentee_id), mentors.get(mentor_id)
        if mentee is not None and mentor is not None:
            mentee.talked_to.append(mentor.number)
            mentor.talked_to.append(mentee.number)
    Invitation.objects.bulk_update(rows, ["talked_to"])


def _held(campaign: Campaign) -> Campaign:
    """The campaign as it is now, held until the end of the transaction."""
    fresh: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    return fresh


def _move(
    actor: Actor,
    campaign: Campaign,
    target: CampaignState,
    action: str,
    details: dict[str, Any] | None = None,
    *,
    reason: str = "",
) -> None:
    before = campaign.state
    demand_move(CAMPAIGN_TRANSITIONS, before, target, label=f"«{campaign}»")
    campaign.state = target
    campaign.save(update_fields=["state", "closes_on", "closed_on", "held_back"])
    record(
        actor=actor,
        action=action,
        subject=campaign,
        from_state=before,
        to_state=target,
        reason=reason,
        details=details,
    )


def _counts(asked: Sequence[Asked], wanted: Sequence[Asked]) -> dict[str, int]:
    """How many were asked on each side and how many were not: numbers, never people."""
    return {
        "mentees": sum(1 for side, _ in asked if side == Side.MENTEE),
        "mentors": sum(1 for side, _ in asked if side == Side.MENTOR),
        "held_back": len(wanted) - len(asked),
    }
