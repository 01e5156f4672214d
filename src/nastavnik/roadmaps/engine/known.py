"""Which template a file was made from, told by the words of its lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SIGNS = re.compile(r"[^\w№]+")
FEWEST = 5
SHARE = 0.5


@dataclass(frozen=True)
class Known:
    """A template and its lines: place in the file → code of the line."""

    template: str
    lines: Mapping[int, str]


def plain(text: str) -> str:
    """Words for comparing: case, signs, line breaks and «ё» make no difference.

    >>> plain("Обучить  наставников\\nвсё лето.")
    'обучить наставников все лето'
    """
    return _SIGNS.sub(" ", text.casefold().replace("ё", "е")).strip()


def known_template(
    texts: Sequence[str], templates: Mapping[str, Iterable[tuple[str, str]]]
) -> Known | None:
    """The template most of whose lines stand in the file word for word; None when it is nobody's.

    Parameters
        texts: what to do, line by line; "" for a heading.
        templates: (code of the line, its text) by the code of the template.
    At least five lines agree, and they are half of the file's or half of the template's.
    """
    mine = [plain(text) for text in texts]
    works = sum(1 for text in mine if text)
    best: Known | None = None
    for code, entries in templates.items():
        lines = list(entries)
        found = _matched(mine, lines)
        enough = len(found) >= max(FEWEST, SHARE * min(works, len(lines)))
        if enough and (best is None or len(found) > len(best.lines)):
            best = Known(code, found)
    return best


def _matched(mine: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Each line of the template once, in order."""
    waiting: dict[str, list[str]] = {}
    for code, text in lines:
        waiting.setdefault(plain(text), []).append(code)
    found = {}
    for index, text in enumerate(mine):
        codes = waiting.get(text) if text else None
        if codes:
            found[index] = codes.pop(0)
    return found
