"""Comparing Russian words without a dictionary: casefold, ё -> е, common beginnings."""

import re
from functools import lru_cache

_NOT_WORD = re.compile(r"[^0-9a-zа-я]+")
_STOP = frozenset({"для", "в", "во", "и", "на", "с", "со", "по", "или", "к", "его", "ее", "их"})


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Lower case, ё as е, everything but letters and digits as single spaces."""
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Meaningful words of a header in their order."""
    glued = re.sub(r"\b([а-яё])\.\s?([а-яё])\.\s?([а-яё])\.", r"\1\2\3", text.casefold())
    return tuple(word for word in normalise(glued).split() if word not in _STOP)


def alike(one: str, other: str) -> bool:
    """Whether two words are forms of one word, or one shortens the other («рожд.», «тел»)."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 3:
        return False
    common = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        common += 1
    if common == shorter:
        return True
    # Short words differ by one letter and short endings: «стаж» is no «статус».
    if shorter <= 5:
        return common >= max(3, shorter - 1) and max(len(one), len(other)) - common <= 3 - (
            shorter < 5
        )
    return common >= shorter - 2


def near(word: str, vocabulary: dict[str, frozenset[str]]) -> frozenset[str]:
    """Words of the vocabulary (indexed by their first three letters) that are alike."""
    same_start = vocabulary.get(word[:3], frozenset())
    return frozenset(other for other in same_start if alike(word, other))
