"""How well a mentor fits a mentee: hard rules first, then 0–100 from named parts."""

from collections.abc import Callable
from dataclasses import dataclass

from nastavnik.matching.engine.problem import FormRule, MenteeSide, MentorSide, Problem

Closeness = Callable[[str, str, str], float]
"""(request code, topic, competence topic) → 0..1."""

ENOUGH_HOURS = 1.0


@dataclass(frozen=True)
class Part:
    """One named part of the score: `points` of at most `most`, with the facts it rests on."""

    code: str
    points: int
    most: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """A permitted combination with its score and the form it would take."""

    mentee: int
    mentor: int
    form: str
    parts: tuple[Part, ...]

    @property
    def total_0_100(self) -> int:
        return sum(part.points for part in self.parts)


def refusal(problem: Problem, mentee: MenteeSide, mentor: MentorSide) -> str:
    """The code of the hard rule that forbids the combination, or an empty string.

    Codes: `self`, `forbidden`, `form` (no form joins these categories), `age` (outside the age
    the mentor wants), `younger` (a pupil mentor must not be in a lower class).
    """
    if mentee.person is not None and mentee.person == mentor.person:
        return "self"
    if (mentee.id, mentor.id) in problem.forbidden:
        return "forbidden"
    if form_for(problem.forms, mentee, mentor) is None:
        return "form"
    if not _age_is_wanted(mentee, mentor):
        return "age"
    if mentor.category == "pupil" and mentor.grade and mentee.grade and mentor.grade < mentee.grade:
        return "younger"
    return ""


def form_for(
    forms: tuple[FormRule, ...], mentee: MenteeSide, mentor: MentorSide
) -> FormRule | None:
    """The form that joins these categories; the one that either side asked for comes first."""
    fitting = [f for f in forms if mentor.category in f.mentors and mentee.category in f.mentees]
    asked = [f for f in fitting if f.code in {mentee.form, mentor.form}]
    return next(iter(asked or fitting), None)


def _age_is_wanted(mentee: MenteeSide, mentor: MentorSide) -> bool:
    if mentee.age is None:
        return True
    low = mentor.age_from if mentor.age_from is not None else 0
    high = mentor.age_to if mentor.age_to is not None else 200
    return low <= mentee.age <= high


def score(
    problem: Problem, mentee: MenteeSide, mentor: MentorSide, closeness: Closeness
) -> Fit | None:
    """The fit of a permitted combination; None when a hard rule forbids it.

    The sum of the weights is the greatest total; weights are whole numbers and sum to 100.
    """
    if refusal(problem, mentee, mentor):
        return None
    form = form_for(problem.forms, mentee, mentor)
    parts = (
        _competence(problem, mentee, mentor, closeness),
        _age(problem, mentee, mentor),
        _interests(problem, mentee, mentor),
        _time(problem, mentor),
        Part(
            "training", problem.weights["training"] * mentor.is_trained, problem.weights["training"]
        ),
    )
    return Fit(mentee.id, mentor.id, form.code if form else "", parts)


def _competence(
    problem: Problem, mentee: MenteeSide, mentor: MentorSide, closeness: Closeness
) -> Part:
    """The best answer to any of the requests; the fact is the competence that gives it."""
    most = problem.weights["competence"]
    best = max(
        (
            (closeness(need.code, need.topic, competence), competence)
            for need in mentee.needs
            for competence in sorted(mentor.competences)
        ),
        default=(0.0, ""),
        key=lambda pair: pair[0],
    )
    return Part("competence", round(most * best[0]), most, (best[1],) if best[0] else ())


def _age(problem: Problem, mentee: MenteeSide, mentor: MentorSide) -> Part:
    """Full points when the wish is stated and met, or a pupil leads by one to four classes."""
    most = problem.weights["age"]
    if mentor.category == "pupil" and mentor.grade and mentee.grade:
        gap = mentor.grade - mentee.grade
        share = {0: 0.3, 1: 0.8, 2: 1.0, 3: 1.0, 4: 0.9}.get(gap, 0.6)
        return Part("age", round(most * share), most, (f"gap:{gap}",))
    stated = mentor.age_from is not None or mentor.age_to is not None
    if stated and mentee.age is not None:
        return Part("age", most, most, (f"wanted:{mentee.age}",))
    return Part("age", round(most * 0.5), most)


def _interests(problem: Problem, mentee: MenteeSide, mentor: MentorSide) -> Part:
    most = problem.weights["interests"]
    common = tuple(sorted(mentee.interests & mentor.interests))
    return Part("interests", round(most * min(len(common), 2) / 2), most, common)


def _time(problem: Problem, mentor: MentorSide) -> Part:
    """Hours per free place; not stated counts as half."""
    most = problem.weights["time"]
    if mentor.hours is None:
        return Part("time", round(most * 0.5), most)
    each = mentor.hours / max(mentor.places, 1)
    return Part(
        "time", round(most * min(each / ENOUGH_HOURS, 1.0)), most, (f"hours:{mentor.hours:g}",)
    )
