"""Columns by their content, when headings are missing or say nothing."""

from collections.abc import Callable, Sequence

from nastavnik.roadmaps.engine.deadlines import Kind, parse

from .alphabets import mended
from .columns import CONTENT, DEADLINE, JOINT, NUMBER, RESPONSIBLE, RESULT, TEXT, UNKNOWN, Columns
from .grid import Row, is_numbers_row
from .numbers import is_number
from .responsible import names_party

_SAMPLE = 40
_SHARE = 0.6
_EMPTY = frozenset({Kind.EMPTY, Kind.UNKNOWN})


def column_texts(rows: Sequence[Row], index: int) -> list[str]:
    """Filled texts of a column, a sample of them."""
    texts = [row.cells[index] for row in rows if row.cells[index] and not is_numbers_row(row)]
    return texts[:_SAMPLE]


def looks_like(texts: Sequence[str]) -> str:
    """`number`, `deadline`, `responsible` or nothing by what the cells hold."""
    if not texts:
        return UNKNOWN
    if _share(texts, is_number) >= _SHARE:
        return NUMBER
    if _share(texts, _is_joint) >= _SHARE:
        return JOINT
    if _share(texts, is_deadline) >= _SHARE:
        return DEADLINE
    if _share(texts, lambda text: len(text) <= 160 and names_party(text)) >= _SHARE:
        return RESPONSIBLE
    return UNKNOWN


def is_deadline(text: str) -> bool:
    """Whether the text is a deadline and little else."""
    if len(text) > 160:
        return False
    return all(found.kind not in _EMPTY for found in parse(mended(text), None))


def _is_joint(text: str) -> bool:
    performer, slash, deadline = text.partition(" / ")
    return bool(slash) and names_party(performer) and is_deadline(deadline)


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts)


def guessed_columns(rows: Sequence[Row]) -> Columns | None:
    """Columns of a table without headings; None when it does not look like a roadmap."""
    width = len(rows[0].cells)
    if width < 2 or len(rows) < 2:
        return None
    samples = [column_texts(rows, index) for index in range(width)]
    fields = [looks_like(texts) for texts in samples]
    for single in (NUMBER, DEADLINE, RESPONSIBLE, JOINT):
        first = fields.index(single) if single in fields else -1
        fields = [UNKNOWN if f == single and i != first else f for i, f in enumerate(fields)]
    if not {NUMBER, DEADLINE, JOINT} & set(fields):
        return None
    free = [i for i in range(width) if fields[i] == UNKNOWN and samples[i]]
    if not free:
        return None
    # People write the task before its result.
    fields[free[0]] = TEXT
    last = max((i for i, f in enumerate(fields) if f in {DEADLINE, RESPONSIBLE, JOINT}), default=-1)
    for index in free[1:]:
        fields[index] = RESULT if index > last or last < 0 else CONTENT
    return Columns(tuple(fields), ("",) * width)
