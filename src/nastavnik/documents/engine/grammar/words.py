"""The one dictionary of word forms, loaded at first use (about 0.2 s, 30 MB) and kept."""

from functools import cache

from pymorphy3 import MorphAnalyzer


@cache
def analyzer() -> MorphAnalyzer:
    """Return the shared analyzer of Russian word forms."""
    return MorphAnalyzer(lang="ru")
