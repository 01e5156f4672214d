"""The invariant of the import: every word of the source ends somewhere a person can see."""

import re
from collections import Counter

from nastavnik.roadmaps.engine.tables import Paragraph

_WORD = re.compile(r"\w+")


def words(text):
    # A page break may cut a word after its hyphen, so words are counted by their parts.
    return _WORD.findall(text.casefold())


def source_words(source):
    counted = Counter()
    for block in source.blocks:
        if isinstance(block, Paragraph):
            counted.update(words(block.text))
            continue
        for row in block.rows:
            for cell in row:
                counted.update(words(cell.text))
    return counted


def result_words(found):
    counted = Counter(words(found.title))
    for item in found.items:
        for text in (item.number, item.text, item.deadline_text, item.result, *item.responsible):
            counted.update(words(text))
    for piece in (*found.leftovers, *found.dropped, *found.stamps, *found.goals):
        counted.update(words(piece.text))
        counted.update(words(getattr(piece, "value", "")))
    return counted


def lost_words(source, found):
    """Words of the source that stand nowhere in the result, as often as they are missing."""
    return sorted((source_words(source) - result_words(found)).elements())
