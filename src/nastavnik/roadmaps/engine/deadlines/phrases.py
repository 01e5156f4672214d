"""A phrase of the text before its year is known, and the reader of tokens that rules share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from nastavnik.roadmaps.engine.deadlines.lexer import Token
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.recurrence import LAST, Recurrence
from nastavnik.roadmaps.engine.deadlines.words import Tag, Unit

__all__ = ["LAST", "Cursor", "Phrase", "Point"]
T = TypeVar("T")


@dataclass(frozen=True)
class Point:
    """A day, a month or a year as written. `academic`: the year named is a school year.

    `short`: the year was written with two digits.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    academic: bool = False
    short: bool = False


@dataclass
class Phrase:
    """One understood part. `spans`: pairs of token numbers, the second excluded."""

    kind: Kind
    start: Point | None = None
    end: Point | None = None
    recurrence: Recurrence | None = None
    offset: tuple[int, str] | None = None
    event: str | None = None
    question: str = ""
    scope: str = ""  # a period without numbers: year, academic, whole, half 1, half 2
    edge: str = ""  # which day of the point or scope is due: start, before, end
    year_only: bool = False
    day_only: bool = False
    lent: bool = False  # the year was taken from a neighbour
    spans: list[tuple[int, int]] = field(default_factory=list)


_END = Token(Tag.END, "", -1, -1)


class Cursor:
    """A place among tokens. Rules move it; whoever tried a rule in vain puts it back."""

    def __init__(self, tokens: list[Token], text: str) -> None:
        self.count = len(tokens)
        self.tokens = [*tokens, _END]
        self.text = text
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < self.count else None

    def tag(self) -> Tag:
        return self.tokens[self.at].tag

    def is_tag(self, *tags: Tag) -> bool:
        return self.tokens[self.at].tag in tags

    def take(self, tag: Tag) -> Token | None:
        token = self.tokens[self.at]
        if token.tag is not tag:
            return None
        self.at += 1
        return token

    def take_unit(self, *units: Unit) -> Unit | None:
        token = self.tokens[self.at]
        if token.tag is not Tag.UNIT or (units and token.value not in units):
            return None
        self.at += 1
        unit: Unit = token.value
        return unit

    def word(self, *words: str) -> str | None:
        """Take one of the words. Values of other tags are never Russian words."""
        value = self.tokens[self.at].value
        if value not in words:
            return None
        self.at += 1
        return str(value)

    def stem(self, *stems: str) -> str | None:
        """Take a word that begins with one of the stems."""
        token = self.tokens[self.at]
        if token.tag is not Tag.WORD or not token.value.startswith(stems):
            return None
        self.at += 1
        return str(token.value)

    def words(self, *line: str) -> bool:
        """Take these words in this order, all or none."""
        at = self.at
        if at + len(line) > self.count:
            return False
        for place, word in enumerate(line, at):
            if self.tokens[place].value != word:
                return False
        self.at = at + len(line)
        return True

    def tried(self, rule: Callable[["Cursor"], T | None]) -> T | None:
        """What the rule found; the cursor stays put when it found nothing."""
        back = self.at
        found = rule(self)
        if found is None:
            self.at = back
        return found

    def between(self, first: int, last: int) -> str:
        """The text of tokens first..last-1 as written."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]
