"""How well a mentor fits a mentee, for one couple: hard rules first, then 0–100 from named parts.

The plain, readable definition. `dense.py` computes the same numbers for whole blocks; a property
test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nastavnik.matching.engine.eligibility import form_for, refusal
from nastavnik.matching.engine.problem import Couple, MenteeSide, MentorSide, Problem, Ranked
from nastavnik.matching.engine.text import TextSpace, space_of
from nastavnik.matching.engine.weights import ALWAYS_IN_PLAY, PARTS, musts_of, points_of

Closeness = Callable[[str, str, str], float]
"""(request code, topic, competence topic) → 0..1."""

ENOUGH_HOURS = 1.0
ENOUGH_YEARS = 5
ENOUGH_FINISHED = 2
ENOUGH_INTERESTS = 2
NOT_TOLD = 50
"""Share of a part whose facts nobody gave."""
GRADE_GAP_SHARES = {0: 30, 1: 80, 2: 100, 3: 100, 4: 90}
WIDE_GAP_SHARE = 60
WISH_SHARES = {1: 50, 2: 35, 3: 25}
LOW_WISH_SHARE = 15

Shares = tuple[int, tuple[str, ...]]


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


@dataclass(frozen=True)
class Scale:
    """What is the same for every couple of a problem: points of each part, rarity of words, wishes."""

    points: dict[str, int]
    musts: tuple[str, ...]
    space: TextSpace
    ranked: tuple[tuple[Ranked, ...], tuple[Ranked, ...]]
    """By mentees and by mentors."""

    @cached_property
    def mentee_ranks(self) -> dict[Couple, int]:
        return {(mentee, mentor): rank for mentee, mentor, rank in self.ranked[0]}

    @cached_property
    def mentor_ranks(self) -> dict[Couple, int]:
        return {(mentee, mentor): rank for mentee, mentor, rank in self.ranked[1]}


def scale_of(problem: Problem) -> Scale:
    texts = [need.words for mentee in problem.mentees for need in mentee.needs]
    texts += [offer for mentor in problem.mentors for offer in mentor.offers]
    return Scale(
        points_of(problem.weights, in_play(problem)),
        musts_of(problem.weights),
        space_of(texts),
        (problem.mentee_ranks, problem.mentor_ranks),
    )


def in_play(problem: Problem) -> frozenset[str]:
    """Parts about which anybody has told anything."""
    mentees, mentors = problem.mentees, problem.mentors
    told = {
        "wish": bool(problem.mentee_ranks or problem.mentor_ranks),
        "text": any(n.words for m in mentees for n in m.needs) and any(m.offers for m in mentors),
        "time": any(m.hours is not None or m.slots for m in mentors),
        "interests": any(m.interests for m in mentees) and any(m.interests for m in mentors),
        "experience": any(m.experience is not None for m in mentors),
        "training": any(m.is_trained for m in mentors),
        "success": any(m.finished for m in mentors),
    }
    return ALWAYS_IN_PLAY | {code for code, is_told in told.items() if is_told}


def score(
    problem: Problem,
    mentee: MenteeSide,
    mentor: MentorSide,
    closeness: Closeness,
    *,
    scale: Scale | None = None,
) -> Fit | None:
    """The fit of a permitted combination; None when a hard rule or a condition forbids it."""
    known = scale or scale_of(problem)
    if verdict(problem, mentee, mentor, closeness, scale=known):
        return None
    form = form_for(problem.forms, mentee, mentor)
    shares = shares_of(known, mentee, mentor, closeness)
    parts = tuple(
        Part(code, points_for(known.points[code], shares[code][0]), known.points[code], facts)
        for code in PARTS
        if known.points[code]
        for facts in (shares[code][1],)
    )
    return Fit(mentee.id, mentor.id, form.code if form else "", parts)


def verdict(
    problem: Problem,
    mentee: MenteeSide,
    mentor: MentorSide,
    closeness: Closeness,
    *,
    scale: Scale | None = None,
) -> str:
    """The code of the rule or condition (`must_…`) in the way, or an empty string."""
    known = scale or scale_of(problem)
    code = refusal(problem, mentee, mentor)
    if code or not known.musts or (mentee.id, mentor.id) in problem.locked:
        return code
    shares = shares_of(known, mentee, mentor, closeness)
    return next((f"must_{part}" for part in known.musts if not shares[part][0]), "")


def points_for(most: int, share: int) -> int:
    """Points of a part: `share` 0..100 of `most`, halves up."""
    return (most * share + 50) // 100


def shares_of(
    scale: Scale, mentee: MenteeSide, mentor: MentorSide, closeness: Closeness
) -> dict[str, Shares]:
    """How much of each part is earned, 0..100, and the facts that speak for it."""
    return {
        "wish": _wish(scale, mentee.id, mentor.id),
        "competence": _competence(mentee, mentor, closeness),
        "text": _text(scale.space, mentee, mentor),
        "time": time_share(mentee, mentor),
        "interests": _interests(mentee, mentor),
        "age": age_share(mentee, mentor),
        "experience": experience_share(mentor),
        "training": (100 * mentor.is_trained, ()),
        "success": success_share(mentor),
    }


def wish_share(rank: int | None) -> int:
    """What one side's choice brings: half of the part for the first choice, less for later ones."""
    return 0 if rank is None else WISH_SHARES.get(rank, LOW_WISH_SHARE)


def _wish(scale: Scale, mentee: int, mentor: int) -> Shares:
    mine = scale.mentee_ranks.get((mentee, mentor))
    theirs = scale.mentor_ranks.get((mentee, mentor))
    facts = [f"mentee:{mine}"] if mine is not None else []
    facts += [f"mentor:{theirs}"] if theirs is not None else []
    return wish_share(mine) + wish_share(theirs), tuple(facts)


def _competence(mentee: MenteeSide, mentor: MentorSide, closeness: Closeness) -> Shares:
    """The best answer to any of the requests; the fact is the competence that gives it."""
    best = max(
        (
            (competence_share(closeness, need.code, need.topic, competence), competence)
            for need in mentee.needs
            for competence in sorted(mentor.competences, reverse=True)
        ),
        default=(0, ""),
    )
    return best[0], (best[1],) if best[0] else ()


@lru_cache(maxsize=100_000)
def competence_share(closeness: Closeness, code: str, topic: str, competence: str) -> int:
    return round(100 * closeness(code, topic, competence))


def _text(space: TextSpace, mentee: MenteeSide, mentor: MentorSide) -> Shares:
    best, common = 0, frozenset[str]()
    for need in mentee.needs:
        for offer in mentor.offers:
            share = space.share(need.words, offer)
            if share > best:
                best, common = share, frozenset(need.words) & frozenset(offer)
    return best, tuple(sorted(common))


def time_share(mentee: MenteeSide, mentor: MentorSide) -> Shares:
    """Common free hours when both told theirs, else the mentor's hours for each free place."""
    if mentee.slots and mentor.slots:
        common = sorted(mentee.slots & mentor.slots)
        return 100 if common else 0, tuple(f"slot:{slot}" for slot in common[:1])
    return hours_share(mentor), () if mentor.hours is None else (f"hours:{mentor.hours:g}",)


def hours_share(mentor: MentorSide) -> int:
    if mentor.hours is None:
        return NOT_TOLD
    each = mentor.hours / max(mentor.places, 1)
    return int(100 * min(each / ENOUGH_HOURS, 1.0))


def _interests(mentee: MenteeSide, mentor: MentorSide) -> Shares:
    common = tuple(sorted(mentee.interests & mentor.interests))
    return 100 * min(len(common), ENOUGH_INTERESTS) // ENOUGH_INTERESTS, common


def age_share(mentee: MenteeSide, mentor: MentorSide) -> Shares:
    """Full points when the wish is stated and met, or a pupil leads by two or three classes."""
    if mentor.category == "pupil" and mentor.grade and mentee.grade:
        gap = mentor.grade - mentee.grade
        return GRADE_GAP_SHARES.get(gap, WIDE_GAP_SHARE), (f"gap:{gap}",)
    stated = mentor.age_from is not None or mentor.age_to is not None
    if stated and mentee.age is not None:
        low = mentor.age_from if mentor.age_from is not None else 0
        high = mentor.age_to if mentor.age_to is not None else 200
        is_met = low <= mentee.age <= high
        return 100 * is_met, (f"wanted:{mentee.age}",) if is_met else ()
    return NOT_TOLD, ()


def experience_share(mentor: MentorSide) -> Shares:
    if mentor.experience is None:
        return NOT_TOLD, ()
    return 100 * min(mentor.experience, ENOUGH_YEARS) // ENOUGH_YEARS, (
        f"years:{mentor.experience}",
    )


def success_share(mentor: MentorSide) -> Shares:
    if not mentor.finished:
        return 0, ()
    share = 100 * min(mentor.finished, ENOUGH_FINISHED) // ENOUGH_FINISHED
    return share, (f"finished:{mentor.finished}",)
