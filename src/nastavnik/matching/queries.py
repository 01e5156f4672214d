"""Turning the registers into the question that the engine answers."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from nastavnik.library.queries import in_use
from nastavnik.matching.engine.problem import (
    DEFAULT_WEIGHTS,
    FormRule,
    MenteeSide,
    MentorSide,
    Need,
    Problem,
)
from nastavnik.matching.models import MatchRule, MatchRun, RuleKind
from nastavnik.people.models import MenteeProfile, MenteeState, MentorProfile, MentorState
from nastavnik.shared.text import search_key

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
_SPLIT = re.compile(r"[,;/\n]+|\s+и\s+")
_GRADE = re.compile(r"^\d{1,2}")


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
) -> Problem:
    """The organisation's question on a day; pairs tell whose places are already taken."""
    rules = list(MatchRule.objects.values_list("mentee_id", "mentor_id", "kind"))
    return Problem(
        mentees=tuple(_mentee(m, on) for m in waiting_mentees() if m.pk not in set(taken_mentees)),
        mentors=tuple(_mentor(m, on, used_places.get(m.pk, 0)) for m in able_mentors()),
        forms=form_rules(),
        weights=dict(weights or DEFAULT_WEIGHTS),
        locked=frozenset((a, b) for a, b, kind in rules if kind == RuleKind.LOCK),
        forbidden=frozenset((a, b) for a, b, kind in rules if kind == RuleKind.FORBID),
    )


def form_rules() -> tuple[FormRule, ...]:
    return tuple(
        FormRule(
            form.code,
            frozenset(form.attributes.get("mentors", ())),
            frozenset(form.attributes.get("mentees", ())),
        )
        for form in in_use("forms")
    )


def last_run() -> MatchRun | None:
    run: MatchRun | None = MatchRun.objects.first()
    return run


def grade_of(class_name: str) -> int | None:
    """The number of a class: «5Б» → 5; a college group has none."""
    found = _GRADE.match(class_name)
    number = int(found.group()) if found else 0
    return number if 1 <= number <= 11 else None


def words_of(text: str) -> frozenset[str]:
    """Interests as comparable words: «Шахматы, кино» → {шахматы, кино}."""
    return frozenset(key for part in _SPLIT.split(text) if (key := search_key(part)))


def _mentee(profile: MenteeProfile, on: date) -> MenteeSide:
    person = profile.person
    return MenteeSide(
        id=profile.pk,
        category=person.category,
        age=person.age_on(on),
        grade=grade_of(person.class_name),
        needs=tuple(Need(r.code, r.topic) for r in profile.requests.all()),
        interests=words_of(profile.interests),
        form=profile.preferred_form,
        person=profile.person_id,
    )


def _mentor(profile: MentorProfile, on: date, used: int) -> MentorSide:
    person = profile.person
    hours = profile.hours_per_week
    return MentorSide(
        id=profile.pk,
        category=person.category,
        places=max(profile.capacity - used, 0),
        age=person.age_on(on),
        grade=grade_of(person.class_name),
        competences=frozenset(c.topic for c in profile.competences.all() if c.topic),
        interests=words_of(profile.interests),
        age_from=profile.wanted_age_from,
        age_to=profile.wanted_age_to,
        hours=float(hours) if hours is not None else None,
        is_trained=profile.trained_on is not None,
        form=profile.preferred_form,
        person=profile.person_id,
    )
