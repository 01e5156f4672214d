"""Turning the registers into the question that the engine answers."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from nastavnik.library.queries import effective, in_use
from nastavnik.matching import sides
from nastavnik.matching.engine.eligibility import DEFAULT_CONDITIONS
from nastavnik.matching.engine.problem import DEFAULT_WEIGHTS, Couple, FormRule, Problem, Ranked
from nastavnik.matching.models import UNFINISHED, MatchRule, MatchRun, RuleKind
from nastavnik.matching.sides import grade_of, words_of
from nastavnik.people.models import MenteeProfile, MenteeState, MentorProfile, MentorState
from nastavnik.surveys.queries.preferences import preferences

__all__ = [
    "able_mentors",
    "all_runs",
    "build_problem",
    "current_and_unfinished",
    "form_rules",
    "grade_of",
    "unfinished_run",
    "waiting_mentees",
    "words_of",
]

GROUP_KIND = "group"
WAITING = (
    MenteeState.REQUEST,
    MenteeState.CLARIFYING,
    MenteeState.AWAITING_CONSENT,
    MenteeState.IN_BASE,
    MenteeState.MATCHING,
    MenteeState.UNPAIRED,
)
ABLE = (
    MentorState.APPLIED,
    MentorState.REVIEW,
    MentorState.INTERVIEW,
    MentorState.PAPERS,
    MentorState.TRAINING,
    MentorState.READY,
    MentorState.PAIRED,
)


def waiting_mentees() -> "QuerySet[MenteeProfile]":
    """Mentees who may be offered a mentor; papers may still be on their way."""
    found: QuerySet[MenteeProfile] = (
        MenteeProfile.objects.filter(state__in=WAITING, person__archived_at__isnull=True)
        .select_related("person")
        .prefetch_related("requests")
        .order_by("id")
    )
    return found


def able_mentors() -> "QuerySet[MentorProfile]":
    """Mentors who were not turned down, suspended or relieved."""
    found: QuerySet[MentorProfile] = (
        MentorProfile.objects.filter(state__in=ABLE, person__archived_at__isnull=True)
        .select_related("person")
        .prefetch_related("competences")
        .order_by("id")
    )
    return found


def build_problem(
    *,
    on: date,
    taken_mentees: Collection[int],
    used_places: Mapping[int, int],
    weights: Mapping[str, int] | None = None,
    finished: Mapping[int, int] | None = None,
    refused: Collection[Couple] = (),
    conditions: Collection[str] | None = None,
) -> Problem:
    """The organisation's question on a day; pairs tell what only they know.

    `used_places` and `finished` count a mentor's open mentees and completed pairs; `refused` are
    couples in which somebody already said «нет». `conditions`: the optional hard rules wanted.
    """
    rules = list(MatchRule.objects.values_list("mentee_id", "mentor_id", "kind"))
    mentees = [m for m in waiting_mentees() if m.pk not in set(taken_mentees)]
    mentors = list(able_mentors())
    ready = sides.with_papers([*mentees, *mentors], on)
    done = finished or {}
    wishes = preferences(on=on)
    group_least = least_in_group()
    relatives, subordinates = sides.closeness_warnings(mentees, mentors)
    return Problem(
        mentees=tuple(sides.mentee_side(m, on, has_papers=m.person_id in ready) for m in mentees),
        mentors=tuple(
            sides.mentor_side(
                m,
                on,
                used=used_places.get(m.pk, 0),
                finished=done.get(m.pk, 0),
                has_papers=m.person_id in ready,
                group_least=group_least,
            )
            for m in mentors
        ),
        forms=form_rules(),
        weights=dict(weights or DEFAULT_WEIGHTS),
        locked=frozenset((a, b) for a, b, kind in rules if kind == RuleKind.LOCK),
        forbidden=frozenset((a, b) for a, b, kind in rules if kind == RuleKind.FORBID),
        refused=frozenset(refused),
        not_with=wishes.not_with,
        mentee_ranks=_ranked(wishes.mentee_ranks),
        mentor_ranks=_ranked(wishes.mentor_ranks),
        relatives=relatives,
        subordinates=subordinates,
        conditions=DEFAULT_CONDITIONS if conditions is None else frozenset(conditions),
    )


def _ranked(ranks: Mapping[Couple, int]) -> tuple[Ranked, ...]:
    return tuple(sorted((mentee, mentor, rank) for (mentee, mentor), rank in ranks.items()))


def least_in_group() -> int:
    """How many mentees make a group, as the dictionary of kinds says."""
    group = effective("kinds").get(GROUP_KIND)
    return int((group.attributes.get("min_mentees") if group else None) or 2)


def form_rules() -> tuple[FormRule, ...]:
    return tuple(
        FormRule(
            form.code,
            frozenset(form.attributes.get("mentors", ())),
            frozenset(form.attributes.get("mentees", ())),
        )
        for form in in_use("forms")
    )


def current_and_unfinished() -> tuple[MatchRun | None, MatchRun | None]:
    """The run under review and the one that is queued or being computed, in one query.

    The input stays in the database until it is asked for.
    """
    found = list(
        MatchRun.objects.filter(Q(is_current=True) | Q(state__in=UNFINISHED)).defer("problem")
    )
    return (
        next((run for run in found if run.is_current), None),
        next((run for run in found if run.is_unfinished), None),
    )


def all_runs() -> "QuerySet[MatchRun]":
    """The history: runs without their input and result."""
    found: QuerySet[MatchRun] = MatchRun.objects.defer("problem", "result")
    return found


def unfinished_run() -> MatchRun | None:
    """The run that is queued or being computed."""
    run: MatchRun | None = (
        MatchRun.objects.filter(state__in=UNFINISHED).defer("problem", "result").first()
    )
    return run
