"""People of the registers as sides of the question: numbers, codes and lemmas, no names."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from nastavnik.library.engine.words import content_lemmas
from nastavnik.matching.engine.problem import Couples, MenteeSide, MentorSide, Need
from nastavnik.people.models import (
    Category,
    MenteeProfile,
    MentorProfile,
    Person,
    Representative,
)
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import missing_certificates, missing_consents
from nastavnik.shared.text import search_key

_SPLIT = re.compile(r"[,;/\n]+|\s+и\s+")
_GRADE = re.compile(r"^\d{1,2}")


def mentee_side(profile: MenteeProfile, on: date, *, has_papers: bool) -> MenteeSide:
    person = profile.person
    return MenteeSide(
        id=profile.pk,
        category=person.category,
        age=_age(person, on),
        grade=grade_of(person.class_name),
        needs=tuple(Need(r.code, r.topic, content_lemmas(r.text)) for r in profile.requests.all()),
        interests=words_of(profile.interests),
        form=profile.preferred_form,
        person=profile.person_id,
        slots=frozenset(profile.free_slots.split()),
        has_papers=has_papers,
    )


def mentor_side(
    profile: MentorProfile,
    on: date,
    *,
    used: int,
    finished: int,
    has_papers: bool,
    group_least: int = 0,
) -> MentorSide:
    """`group_least`: how many a new group must gather; those whom the mentor leads already count."""
    person = profile.person
    hours = profile.hours_per_week
    competences = list(profile.competences.all())
    return MentorSide(
        id=profile.pk,
        category=person.category,
        places=max(profile.capacity - used, 0),
        capacity=profile.capacity,
        age=_age(person, on),
        grade=grade_of(person.class_name),
        competences=frozenset(c.topic for c in competences if c.topic),
        offers=tuple(lemmas for c in competences if (lemmas := content_lemmas(c.text))),
        interests=words_of(profile.interests),
        age_from=profile.wanted_age_from,
        age_to=profile.wanted_age_to,
        hours=float(hours) if hours is not None else None,
        is_trained=profile.trained_on is not None,
        form=profile.preferred_form,
        person=profile.person_id,
        slots=frozenset(profile.free_slots.split()),
        least=max(group_least - used, 0) if profile.only_groups else 0,
        experience=years_between(person.experience_since, on),
        finished=finished,
        has_papers=has_papers,
    )


def with_papers(profiles: Sequence[MenteeProfile | MentorProfile], on: date) -> frozenset[int]:
    """People whose consents are in force; mentors' certificates too, as if for work with children."""
    papers = papers_of(profile.person_id for profile in profiles)
    lacking = {
        profile.person_id
        for profile in profiles
        if missing_consents(profile.person, papers[profile.person_id], on)
        or (
            isinstance(profile, MentorProfile)
            and missing_certificates(
                profile.person, papers[profile.person_id], on, with_minors=True
            )
        )
    }
    return frozenset(profile.person_id for profile in profiles) - lacking


def closeness_warnings(
    mentees: Iterable[MenteeProfile], mentors: Sequence[MentorProfile]
) -> tuple[Couples, Couples]:
    """Couples who may be relatives (one surname, or the mentor's among the child's representatives),
    and couples in which the mentor is the mentee's superior at work.
    """
    named: dict[str, list[int]] = {}
    for mentor in mentors:
        named.setdefault(_family(mentor.person.surname), []).append(mentor.pk)
    heads = [mentor.pk for mentor in mentors if _leads_staff(mentor.person)]
    guardians: dict[int, set[str]] = {}
    for child_id, surname in Representative.objects.order_by().values_list("child_id", "surname"):
        guardians.setdefault(child_id, set()).add(_family(surname))
    relatives, subordinates = set(), set()
    for mentee in mentees:
        families = {_family(mentee.person.surname)} | guardians.get(mentee.person_id, set())
        relatives |= {(mentee.pk, mentor) for name in families for mentor in named.get(name, ())}
        if mentee.person.is_own and mentee.person.category in STAFF_CATEGORIES:
            subordinates |= {(mentee.pk, head) for head in heads}
    return frozenset(relatives), frozenset(subordinates)


def years_between(since: date | None, on: date) -> int | None:
    """Full years since a day, None when it is not known."""
    if since is None:
        return None
    return max(on.year - since.year - ((on.month, on.day) < (since.month, since.day)), 0)


def grade_of(class_name: str) -> int | None:
    """The number of a class: «5Б» → 5; a college group has none."""
    found = _GRADE.match(class_name)
    number = int(found.group()) if found else 0
    return number if 1 <= number <= 11 else None


def words_of(text: str) -> frozenset[str]:
    """Interests as comparable words: «Шахматы, кино» → {шахматы, кино}."""
    return frozenset(key for part in _SPLIT.split(text) if (key := search_key(part)))


def _family(surname: str) -> str:
    """A surname up to the ending of gender: Юдин and Юдина are one family."""
    key = search_key(surname)
    for ending, whole in (("ская", "ский"), ("цкая", "цкий"), ("ая", "ый")):
        if key.endswith(ending):
            return key.removesuffix(ending) + whole
    return key.removesuffix("а")


def _leads_staff(person: Person) -> bool:
    return person.is_own and person.category == Category.HEAD


def _age(person: Person, on: date) -> int | None:
    """Full years; a birth that is still to come tells nothing."""
    age = person.age_on(on)
    return age if age is not None and age >= 0 else None
