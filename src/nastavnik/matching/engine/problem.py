"""The question put to matching: who asks, who can help, what is allowed. Plain data, no names."""

from dataclasses import dataclass, field

from nastavnik.matching.engine.weights import DEFAULT_WEIGHTS, WEIGHT_TITLES

__all__ = [
    "DEFAULT_WEIGHTS",
    "WEIGHT_TITLES",
    "FormRule",
    "MenteeSide",
    "MentorSide",
    "Need",
    "Problem",
]

Couple = tuple[int, int]
Ranked = tuple[int, int, int]
Couples = frozenset[Couple]


@dataclass(frozen=True)
class Need:
    """One request: a code and a topic code, either may be empty; `words` are its lemmas."""

    code: str = ""
    topic: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class MenteeSide:
    """A mentee: `age` in full years or None; `category` a code of the library; `grade` 1–11 or None.

    `id` is of the part in the programme, `person` of the human being behind it. `slots` are free
    hours of the week ("2-15": Wednesday from 15:00, Monday is 0), none when nothing was told. `has_papers`: the
    consents are in force.
    """

    id: int
    category: str
    age: int | None = None
    grade: int | None = None
    needs: tuple[Need, ...] = ()
    interests: frozenset[str] = frozenset()
    form: str = ""
    person: int | None = None
    slots: frozenset[str] = frozenset()
    has_papers: bool = True


@dataclass(frozen=True)
class MentorSide:
    """A mentor: `places` is what is still free, >= 0; `hours` a week or None when not stated.

    `capacity` counts all places, taken ones too; `least`: nobody or at least so many mentees.
    `offers` are the lemmas of each competence in the mentor's own words; `experience` full years of
    work or None; `finished` pairs brought to their end.
    """

    id: int
    category: str
    places: int
    age: int | None = None
    grade: int | None = None
    competences: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    hours: float | None = None
    is_trained: bool = False
    form: str = ""
    person: int | None = None
    slots: frozenset[str] = frozenset()
    has_papers: bool = True
    capacity: int = 0
    least: int = 0
    offers: tuple[tuple[str, ...], ...] = ()
    experience: int | None = None
    finished: int = 0


@dataclass(frozen=True)
class FormRule:
    """A form of mentoring: which categories may stand on either side."""

    code: str
    mentors: frozenset[str]
    mentees: frozenset[str]


@dataclass(frozen=True)
class Problem:
    """Everything a proposal depends on; equal problems give equal proposals.

    Couples are (mentee id, mentor id). `refused`: one of them already said «нет» to this pair;
    `not_with`: one asked not to be put together; `relatives` and `subordinates` only warn. Ranks are
    (mentee, mentor, rank), 1 is best. `conditions` are the optional hard rules switched on.
    """

    mentees: tuple[MenteeSide, ...]
    mentors: tuple[MentorSide, ...]
    forms: tuple[FormRule, ...]
    weights: dict[str, int]
    locked: Couples = field(default_factory=frozenset)
    forbidden: Couples = field(default_factory=frozenset)
    refused: Couples = field(default_factory=frozenset)
    not_with: Couples = field(default_factory=frozenset)
    relatives: Couples = field(default_factory=frozenset)
    subordinates: Couples = field(default_factory=frozenset)
    mentee_ranks: tuple[Ranked, ...] = ()
    mentor_ranks: tuple[Ranked, ...] = ()
    conditions: frozenset[str] = frozenset({"age", "younger", "slots"})
