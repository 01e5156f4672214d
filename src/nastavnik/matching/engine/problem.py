"""The question put to matching: who asks, who can help, what is allowed. Plain data, no names."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Need:
    """One request of a mentee: a request code and a topic code, either may be empty."""

    code: str = ""
    topic: str = ""


@dataclass(frozen=True)
class MenteeSide:
    """A mentee: `age` in full years or None; `category` a code of the library; `grade` 1–11 or None.

    `id` is of the part in the programme, `person` of the human being behind it.
    """

    id: int
    category: str
    age: int | None = None
    grade: int | None = None
    needs: tuple[Need, ...] = ()
    interests: frozenset[str] = frozenset()
    form: str = ""
    person: int | None = None


@dataclass(frozen=True)
class MentorSide:
    """A mentor: `places` is what is still free, >= 0; `hours` a week or None when not stated."""

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


@dataclass(frozen=True)
class FormRule:
    """A form of mentoring: which categories may stand on either side."""

    code: str
    mentors: frozenset[str]
    mentees: frozenset[str]


@dataclass(frozen=True)
class Problem:
    """Everything a proposal depends on; equal problems give equal proposals."""

    mentees: tuple[MenteeSide, ...]
    mentors: tuple[MentorSide, ...]
    forms: tuple[FormRule, ...]
    weights: dict[str, int]
    locked: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    forbidden: frozenset[tuple[int, int]] = field(default_factory=frozenset)


DEFAULT_WEIGHTS: dict[str, int] = {
    "competence": 50,
    "age": 20,
    "interests": 15,
    "time": 10,
    "training": 5,
}
WEIGHT_TITLES: dict[str, str] = {
    "competence": "компетенция отвечает запросу",
    "age": "возраст подходит",
    "interests": "общие интересы",
    "time": "есть время",
    "training": "наставник обучен",
}
