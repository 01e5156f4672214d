"""From proposals to pairs and groups, and back: an undo takes away what its acceptance made."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.explain import parts_in_words
from nastavnik.matching.models import MatchRun
from nastavnik.matching.queries import GROUP_KIND, least_in_group
from nastavnik.matching.wishes import without_wishes
from nastavnik.pairs import policies, queries, rules
from nastavnik.pairs.models import (
    BEFORE_ORDER,
    HOLDING_STATES,
    OPEN_STATES,
    Pair,
    PairAnswer,
    PairMentee,
    PairSource,
    PairState,
)
from nastavnik.pairs.queries.told import ToldEntries, may_know_wishes
from nastavnik.pairs.services.answers import settle_answers
from nastavnik.pairs.services.composing import (
    PairRefused,
    add_to_group,
    decline_pair,
    make_pair,
)
from nastavnik.pairs.services.programme import current_programme
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Accepted:
    """Pairs that were made, and a sentence for each proposal that no longer could be."""

    made: tuple[Pair, ...]
    refused: tuple[str, ...]


@transaction.atomic
def accept_proposals(
    *,
    actor: Actor,
    organisation: Organisation,
    run: MatchRun,
    on: date,
    mentee_ids: Collection[int] | None = None,
    least_fit: int = 0,
) -> Accepted:
    """Make pairs of the proposals for `mentee_ids` (all by default) with at least `least_fit`.

    The cut-off counts the points that the actor sees on the cards and on the curve.
    A mentor of groups only gets one group of everybody proposed to him, never a pair of two.
    Mentees who stand in an open pair by now are passed over without a word.
    """
    demand(policies.can_edit_pairs(actor))
    told = ToldEntries(tells_wishes=may_know_wishes(actor))
    free = [entry for entry in _free_entries(run) if told(entry)["fit"] >= least_fit]
    wanted = [e for e in free if mentee_ids is None or e["mentee"] in mentee_ids]
    made, refused = [], []
    for entries, is_group in _bundles(wanted, free):
        accept = _accept_group if is_group else _make_one
        try:
            with transaction.atomic():
                made.append(accept(actor, organisation, entries, on))
        except PairRefused as error:
            refused.append(error.message)
    return Accepted(tuple(made), tuple(refused))


@transaction.atomic
def accept_group(
    *, actor: Actor, organisation: Organisation, run: MatchRun, mentor_id: int, on: date
) -> Pair:
    """One group of all mentees whom the proposal gives to the same mentor in the same form."""
    demand(policies.can_edit_pairs(actor))
    entries = [entry for entry in _free_entries(run) if entry["mentor"] == mentor_id]
    alike = [entry for entry in entries if entry["form"] == entries[0]["form"]]
    if len(alike) < 2:
        raise DomainError("no_group", "Для группы нужны хотя бы два предложения одного наставника.")
    return _make_one(actor, organisation, alike, on)


@transaction.atomic
def take_back(*, actor: Actor, mentee_id: int, reason: str) -> Pair:
    """Undo the acceptance that brought the mentee into a pair: all of it and nothing more.

    A pair or group made by it is declined; people whom it added to a group leave that group.
    Raises DomainError when no pair of the mentee waits for answers or for the order, when the pair
    was not made here, or when too few would stay in the group.
    """
    demand(policies.can_edit_pairs(actor))
    place = (
        PairMentee.objects.filter(
            mentee_id=mentee_id, left_on__isnull=True, pair__state__in=list(OPEN_STATES)
        )
        .order_by("-id")
        .first()
    )
    pair: Pair | None = (
        Pair.objects.select_for_update().get(pk=place.pair_id) if place is not None else None
    )
    if place is None or pair is None or pair.state not in BEFORE_ORDER:
        raise DomainError("not_accepted", "Эту пару уже нельзя вернуть в подбор: она в приказе.")
    if pair.source != PairSource.PROPOSAL and not place.accepted_in:
        raise DomainError(
            "by_hand", "Эта пара составлена не из подбора. Отклоните её на её странице."
        )
    present = list(pair.members.filter(left_on__isnull=True).select_related("mentee"))
    staying = [member for member in present if member.accepted_in != place.accepted_in]
    if not staying:
        return decline_pair(actor=actor, pair=pair, reason=reason)
    if len(staying) < least_in_group():
        raise DomainError(
            "group_too_small",
            "После отмены в группе останется слишком мало участников. "
            "Добавьте кого-нибудь или отклоните группу на её странице.",
        )
    leaving = [member for member in present if member.accepted_in == place.accepted_in]
    _leave(actor, pair, leaving, reason)
    return pair


def _leave(actor: Actor, pair: Pair, leaving: Sequence[PairMentee], reason: str) -> None:
    """Members whom one acceptance added go with their answers and their lines of the explanation."""
    ids = {member.mentee_id for member in leaving}
    people = [member.mentee.person_id for member in leaving]
    PairAnswer.objects.filter(pair=pair, person_id__in=people).delete()
    PairMentee.objects.filter(pk__in=[member.pk for member in leaving]).delete()
    _tell(pair, [line for line in pair.reasons if line.get("mentee") not in ids])
    record(
        actor=actor,
        action="pairs.take_back",
        subject=pair,
        reason=reason,
        details={"mentees": sorted(ids)},
    )
    settle_answers(actor, pair)


def _free_entries(run: MatchRun) -> list[Entry]:
    """Proposals for those who stand in no open pair."""
    taken = queries.taken_mentees()
    return [e for e in draft_entries(run, changes_of(run)) if e["mentee"] not in taken]


def _bundles(
    wanted: Sequence[Entry], free: Sequence[Entry]
) -> Iterable[tuple[Sequence[Entry], bool]]:
    """What becomes one pair: an entry alone, or all free entries of a mentor of groups only."""
    mentors = MentorProfile.objects.filter(only_groups=True, pk__in={e["mentor"] for e in wanted})
    grouping = set(mentors.values_list("pk", flat=True))
    done = set()
    for entry in wanted:
        key = (entry["mentor"], entry["form"])
        if entry["mentor"] not in grouping:
            yield [entry], False
        elif key not in done:
            done.add(key)
            yield [e for e in free if (e["mentor"], e["form"]) == key], True


def _accept_group(
    actor: Actor, organisation: Organisation, entries: Sequence[Entry], on: date
) -> Pair:
    """A new group, or more people in the one that the mentor is still gathering."""
    mentor_id, form = entries[0]["mentor"], entries[0]["form"]
    groups = Pair.objects.filter(mentor_id=mentor_id, form=form, is_group=True)
    gathering = groups.filter(state__in=list(BEFORE_ORDER)).order_by("-id").first()
    if gathering is not None:
        return _join(actor, gathering, entries)
    if len(entries) >= least_in_group():
        return _make_one(actor, organisation, entries, on)
    name = MentorProfile.objects.select_related("person").get(pk=mentor_id).person.short_name
    if groups.filter(state__in=[*HOLDING_STATES, PairState.IN_ORDER]).exists():
        raise PairRefused(
            [f"{name} ведёт только группы. Добавьте участника на странице его группы."]
        )
    raise PairRefused([f"{name} ведёт только группы, а для группы участников пока мало."])


def _join(actor: Actor, pair: Pair, entries: Sequence[Entry]) -> Pair:
    mentees = _people_of(entries)
    for mentee in mentees:
        pair = add_to_group(actor=actor, pair=pair, mentee=mentee)
    _mark(pair, mentees)
    _tell(pair, [*pair.reasons, *_group_reasons(entries, mentees)])
    return pair


def _make_one(actor: Actor, organisation: Organisation, entries: Sequence[Entry], on: date) -> Pair:
    """A pair of one entry, a group of more; the people are read anew, gone ones are refused."""
    mentees = _people_of(entries)
    programme = current_programme()
    till = programme.ends_on if programme and programme.ends_on > on else None
    starts_on, ends_on = rules.default_term(on, till)
    is_group = len(entries) > 1
    told = [without_wishes(entry) for entry in entries]
    pair = make_pair(
        actor=actor,
        organisation=organisation,
        mentor=MentorProfile.objects.get(pk=entries[0]["mentor"]),
        mentees=mentees,
        form=entries[0]["form"],
        kinds=(GROUP_KIND,) if is_group else ("traditional",),
        is_group=is_group,
        starts_on=starts_on,
        ends_on=ends_on,
        programme=programme,
        source=PairSource.PROPOSAL,
        fit_0_100=_mean([entry["fit"] for entry in told]),
        reasons=_group_reasons(entries, mentees) if is_group else parts_in_words(told[0]["parts"]),
    )
    _mark(pair, mentees)
    return pair


def _people_of(entries: Sequence[Entry]) -> list[MenteeProfile]:
    """The mentees of the entries, once all are still there with their mentor."""
    found = MenteeProfile.objects.select_related("person").in_bulk([e["mentee"] for e in entries])
    has_mentor = MentorProfile.objects.filter(pk=entries[0]["mentor"]).exists()
    if not has_mentor or len(found) != len(entries):
        raise PairRefused(["Этого человека больше нет в базе. Предложите пары заново."])
    return [found[entry["mentee"]] for entry in entries]


def _mark(pair: Pair, mentees: Sequence[MenteeProfile]) -> None:
    """The places that one acceptance gave carry its sign, so that an undo finds them."""
    places = PairMentee.objects.filter(pair=pair, mentee__in=mentees)
    places.update(accepted_in=secrets.token_hex(8))


def _tell(pair: Pair, lines: Sequence[Mapping[str, Any]]) -> None:
    """Keep what is told of a group's members, and their mean score."""
    pair.reasons = list(lines)
    pair.fit_0_100 = _mean([line["points"] for line in lines]) if lines else None
    pair.save(update_fields={"reasons", "fit_0_100"})


def _mean(numbers: Sequence[int]) -> int:
    return round(sum(numbers) / len(numbers))


def _group_reasons(
    entries: Sequence[Entry], mentees: Sequence[MenteeProfile]
) -> list[dict[str, Any]]:
    """One line a member: the score and the strongest reason, wishes left out."""
    lines = []
    for entry, mentee in zip(map(without_wishes, entries), mentees, strict=True):
        best = max(parts_in_words(entry["parts"]), key=lambda part: part["points"])
        line = {"code": "member", "mentee": mentee.pk, "points": entry["fit"], "most": 100}
        lines.append(line | {"text": f"{mentee.person.short_name}: {best['text']}"})
    return lines
