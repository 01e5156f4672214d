"""Parts of a score as a bar and its legend: every part has its own number, colour and pattern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.matching.engine.weights import PARTS
from nastavnik.matching.wishes import WISH, parts_without_wishes

Entry = Mapping[str, Any]
COLOURS = 5
READABLE_WIDTH = 4


@dataclass(frozen=True)
class Slice:
    """A part of the bar: `x` and `width` in hundredths, `number` of the part, and its sentence.

    Colours repeat after five, so the later parts are hatched; the number tells them all apart.
    """

    x: int
    width: int
    number: int
    text: str

    @property
    def css(self) -> str:
        return f"p{(self.number - 1) % COLOURS + 1}"

    @property
    def is_hatched(self) -> bool:
        return self.number > COLOURS

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def has_room(self) -> bool:
        """Whether the number fits into the bar."""
        return self.width >= READABLE_WIDTH


def slices_of(reasons: Sequence[Entry]) -> tuple[Slice, ...]:
    """Parts of the bar from left to right; parts of nothing are left out."""
    found, x = [], 0
    for place, part in enumerate(reasons, start=1):
        if part["points"]:
            number = PARTS.index(part["code"]) + 1 if part["code"] in PARTS else place
            found.append(Slice(x, part["points"], number, part["text"]))
            x += part["points"]
    return tuple(found)


def told_reasons(reasons: Sequence[Entry]) -> list[Entry]:
    """Reasons kept with a pair; those of earlier versions still held the points of wishes."""
    return parts_without_wishes(reasons)


def told_score(fit: int | None, reasons: Sequence[Entry]) -> int | None:
    """The score kept with a pair, without the points of wishes."""
    if all(part["code"] != WISH for part in reasons):
        return fit
    return sum(int(part["points"]) for part in parts_without_wishes(reasons))
