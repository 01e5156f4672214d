"""Lists written inside one cell, offered as a checklist."""

import re

_DASH = re.compile(r"(?:^|\n|(?<=[:;.]) )[-–—•▪·]\s*(?=\S)")
_NUMBER = re.compile(r"(?:^|\n|(?<=[:;.]) )(\d{1,2})\)\s*(?=\S)")
_LETTER = re.compile(r"(?:^|\n|(?<=[:;.]) )([а-я])\)\s*(?=\S)")
_ENTRY_END = " ;,.\n"


def split_list(text: str) -> tuple[str, tuple[str, ...]]:
    """The words before the list and its entries; no entries when there is no list.

    >>> split_list("Встречи: - первая; - вторая.")
    ('Встречи:', ('первая', 'вторая'))
    """
    for mark in (_NUMBER, _LETTER, _DASH):
        starts = list(mark.finditer(text))
        if len(starts) < 2:
            continue
        ends = [found.start() for found in starts[1:]] + [len(text)]
        entries = [
            " ".join(text[found.end() : end].split()).strip(_ENTRY_END)
            for found, end in zip(starts, ends, strict=True)
        ]
        kept = tuple(entry for entry in entries if entry)
        if len(kept) >= 2:
            return text[: starts[0].start()].strip(), kept
    return text, ()


def first_number(text: str) -> int:
    """The number that the list of a cell begins with, 0 when it has none."""
    found = _NUMBER.search(text)
    return int(found[1]) if found and not text[: found.start()].strip() else 0
