"""Text as people compare it, independent of a database's collation."""

import re

_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Outer spaces gone, inner runs of spaces and line breaks become one space."""
    return _SPACES.sub(" ", text.replace("\u00a0", " ")).strip()


def search_key(text: str) -> str:
    """The key by which names are searched and sorted: casefolded, ё as е, single spaces.

    SQLite neither folds nor sorts Cyrillic by itself (ADR 0003), so every searchable row keeps one.
    """
    return tidy(text).casefold().replace("ё", "е")
