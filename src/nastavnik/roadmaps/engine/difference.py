"""What differs between two sets of lines: two versions, or a roadmap and its template."""

from collections.abc import Sequence
from dataclasses import dataclass

COMPARED = ("number", "section", "text", "deadline", "responsible", "result")


@dataclass(frozen=True)
class Face:
    """What of a line is printed. `key` is the same in both sets for the same line; empty: unknown."""

    key: str
    number: str = ""
    section: str = ""
    text: str = ""
    deadline: str = ""
    responsible: str = ""
    result: str = ""


@dataclass(frozen=True)
class Change:
    """A line that stands in both sets with other words; `fields` name what differs."""

    before: Face
    after: Face
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Lines in the order of their own set. `same` counts lines without any change."""

    added: tuple[Face, ...]
    removed: tuple[Face, ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def difference(before: Sequence[Face], after: Sequence[Face]) -> Difference:
    """Match lines by key, then by equal words of those left; the rest was added or removed.

    Cost: linear. A key that stands twice in one set is matched once, in order.
    """
    pairs: list[tuple[Face, Face]] = []
    left = _matched(list(before), list(after), pairs, by_key=True)
    left = _matched(*left, pairs, by_key=False)
    removed, added = left
    changes = []
    same = 0
    place = {id(face): n for n, face in enumerate(after)}
    for old, new in sorted(pairs, key=lambda pair: place[id(pair[1])]):
        fields = tuple(name for name in COMPARED if _plain(old, name) != _plain(new, name))
        if fields:
            changes.append(Change(old, new, fields))
        else:
            same += 1
    return Difference(tuple(added), tuple(removed), tuple(changes), same)


def _matched(
    before: list[Face], after: list[Face], pairs: list[tuple[Face, Face]], *, by_key: bool
) -> tuple[list[Face], list[Face]]:
    """Move the lines that match into `pairs`; those left over of both sets."""
    waiting: dict[str, list[Face]] = {}
    for face in before:
        waiting.setdefault(_name(face, by_key=by_key), []).append(face)
    waiting.pop("", None)
    left, used = [], set()
    for face in after:
        rows = waiting.get(_name(face, by_key=by_key))
        if rows:
            old = rows.pop(0)
            used.add(id(old))
            pairs.append((old, face))
        else:
            left.append(face)
    return [face for face in before if id(face) not in used], left


def _name(face: Face, *, by_key: bool) -> str:
    return face.key if by_key else _plain(face, "text")


def _plain(face: Face, name: str) -> str:
    return " ".join(str(getattr(face, name)).split()).casefold()
