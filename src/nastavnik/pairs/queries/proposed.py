"""What the review shows of one proposal, of a group that could be, of those left over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik.library.queries import effective
from nastavnik.matching.models import MatchChange
from nastavnik.pairs.queries.joined import OpenPair, StandingRule
from nastavnik.pairs.queries.parts import Slice
from nastavnik.people.models import MenteeProfile, MentorProfile, Person


@dataclass(frozen=True)
class Rival:
    """Another mentor who could be chosen, and what would change."""

    mentor: MentorProfile
    fit: int
    reasons: Sequence[Slice]
    difference: str
    is_better: bool
    is_refused: bool
    is_full: bool
    is_taken: bool


@dataclass(frozen=True)
class Suggestion:
    """A proposed combination and what became of it: `pair` is the mentee's open pair, if any.

    `together`: how many people the acceptance of it brought in, which an undo takes back; 0 when
    the pair was made elsewhere. `group_of`: how many «Принять» accepts at once.
    """

    mentee: MenteeProfile
    mentor: MentorProfile
    asks: str
    form: str
    fit: int
    slices: tuple[Slice, ...]
    rivals: tuple[Rival, ...]
    pair: OpenPair | None
    rule: StandingRule | None
    choice: MatchChange | None
    notes: Sequence[str]
    together: int = 0
    group_of: int = 1

    @property
    def is_accepted(self) -> bool:
        return self.pair is not None and self.pair.mentor_id == self.mentor.pk

    @property
    def is_undoable(self) -> bool:
        """Accepted here and not yet asked for in an order."""
        is_waiting = self.pair is not None and self.pair.is_before_order
        return self.is_accepted and is_waiting and self.together > 0

    @property
    def is_locked(self) -> bool:
        return self.rule is not None and not self.rule.is_forbidding

    @property
    def is_forbidden(self) -> bool:
        return self.rule is not None and self.rule.is_forbidding

    @property
    def is_open(self) -> bool:
        return self.pair is None and not self.is_forbidden


@dataclass(frozen=True)
class LeftOver:
    """Mentees without a proposal who share a reason; `more` of them are not listed here."""

    reason: str
    people: tuple[tuple[int, Person], ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class Forbidden:
    """A combination that the curator asked never to propose."""

    pk: int
    mentee: Person
    mentor: Person
    reason: str


@dataclass(frozen=True)
class Group:
    """A mentor who was given two and more mentees that are still free."""

    mentor: MentorProfile
    people: tuple[Person, ...]


def asks_in_words(person: Person, said: Iterable[tuple[str, str]]) -> str:
    """«7А · математика»; `said` are (topic, own words) of the requests."""
    topics = [_topic_title(topic) or words for topic, words in said]
    return " · ".join(part for part in (person.about, ", ".join(filter(None, topics))) if part)


def _topic_title(code: str) -> str:
    found = effective("topics").get(code)
    return found.title if found else ""
