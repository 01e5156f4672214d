"""Likeness of free texts by their lemmas: TF-IDF, cosine, whole numbers.

The weights of a text are rounded to 1/255, so that every sum of products is a whole number below
2**24: float32 matrices and plain sums agree to the last unit, whatever the order of addition.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt

UNIT = 255
UNKNOWN = 1000
Words = tuple[str, ...]


@dataclass(frozen=True)
class TextSpace:
    """How rare each lemma is among the texts of one problem, in whole thousandths."""

    rarity: Mapping[str, int]

    def vector(self, words: Words) -> dict[str, int]:
        """Weights 0..255 by lemma, each word counted once; the sum of squares is about 255²."""
        raw = {word: self.rarity.get(word, UNKNOWN) for word in words}
        norm = sqrt(sum(weight * weight for weight in raw.values()))
        return {word: round(UNIT * weight / norm) for word, weight in raw.items()}

    def share(self, left: Words, right: Words) -> int:
        """Likeness of two texts, 0..100."""
        mine, other = self.vector(left), self.vector(right)
        return share_of(sum(weight * other.get(word, 0) for word, weight in mine.items()))


def share_of(product: int) -> int:
    return min(product * 100 // (UNIT * UNIT), 100)


def space_of(texts: Iterable[Words]) -> TextSpace:
    """Learn from the distinct texts: ln((1 + n) / (1 + n with the lemma)) + 1."""
    distinct = {text for text in texts if text}
    seen = Counter(chain.from_iterable(set(text) for text in distinct))
    many = 1 + len(distinct)
    return TextSpace({w: round(1000 * (log(many / (1 + n)) + 1)) for w, n in seen.items()})
