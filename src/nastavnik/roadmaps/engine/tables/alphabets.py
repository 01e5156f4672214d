"""Latin letters inside Russian words: what recognition of scans leaves behind."""

import re

_LATIN = "aAbBcCeEHkKmMoOpPTxXyYdlnur3"
_CYRILLIC = "аАьВсСеЕНкКмМоОрРТхХуУдлпигЗ"
_FOLD = str.maketrans(_LATIN[:23], _CYRILLIC[:23])
_FOLD_WORD = str.maketrans(_LATIN[:-1] + "ihtgz", _CYRILLIC[:-1] + "інтдз")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONE = re.compile(r"(?<![\w.@/-])[acoykACOKY](?=[\d«]| [\dа-яА-ЯёЁ«])")
_HAS_CYRILLIC = re.compile(r"[а-яА-ЯёЁ]")
_HAS_LATIN = re.compile(r"[a-zA-Z]")


def mixed_words(text: str) -> tuple[str, ...]:
    """Words that hold letters of both alphabets, and lone Latin twins of «с», «о», «к»."""
    if not _HAS_LATIN.search(text) or not _HAS_CYRILLIC.search(text):
        return ()
    found = [word for word in _WORD.findall(text) if _is_mixed(word)]
    return (*found, *_LONE.findall(text))


def mended(text: str) -> str:
    """The text with Russian twins in mixed words, for comparing and as a suggestion.

    >>> mended("Скорodelова")
    'Скороделова'
    """
    if not _HAS_LATIN.search(text) or not _HAS_CYRILLIC.search(text):
        return text
    text = _LONE.sub(lambda found: found[0].translate(_FOLD), text)
    return _WORD.sub(lambda w: w[0].translate(_FOLD_WORD) if _is_mixed(w[0]) else w[0], text)


def _is_mixed(word: str) -> bool:
    return bool(_HAS_LATIN.search(word)) and bool(_HAS_CYRILLIC.search(word))
