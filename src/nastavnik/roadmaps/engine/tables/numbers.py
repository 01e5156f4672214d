"""Numbers of lines, kept as written: «1.», «1.1», «4.3.1.», «2)», «IV», «№ 5»."""

import re

_NUMBER = re.compile(r"^(?:№ ?)?(\d{1,3}(?:\. ?\d{1,3}){0,5})\s?[.)]{0,2}$")
_ROMAN = re.compile(r"^[IVXLC]{1,6}[.)]?$")
_BEFORE = re.compile(r"^(\d{1,3}(?:\.\d{1,3}){1,5}[.)]?|\d{1,3}[.)]|[IVX]{1,5}[.)])\s+(?=\S)")


def is_number(text: str) -> bool:
    """Whether the cell is the number of a line."""
    return bool(_NUMBER.match(text) or _ROMAN.match(text))


def parts(number: str) -> tuple[int, ...]:
    """The number by levels, empty for roman numbers and for none.

    >>> parts("4.3.1.")
    (4, 3, 1)
    """
    found = _NUMBER.match(number.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def split_number(text: str) -> tuple[str, str]:
    """A number written at the beginning of the text, and the rest.

    >>> split_number("1.2. Выбор форм")
    ('1.2.', 'Выбор форм')
    """
    found = _BEFORE.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_inside(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    """Whether 1.2.3 belongs to 1.2."""
    return bool(outer) and len(inner) > len(outer) and inner[: len(outer)] == outer


def follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether the second number may stand right after the first one."""
    if not before or not after:
        return True
    if is_inside(after, before):
        return after[len(before) :] == (1,) * (len(after) - len(before)) or after[-1] == 0
    level = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), -1
    )
    if level < 0:
        return False
    rest = after[level + 1 :]
    return after[level] == before[level] + 1 and rest == (1,) * len(rest)
