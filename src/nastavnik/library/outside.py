"""What the rooms above lend to the dictionaries: lists to choose from and checks of entries.

The library stands below them and imports none; each registers at start-up what is its own matter.
"""

from collections.abc import Callable, Mapping
from typing import Any

Choices = Callable[[], dict[str, str]]
Check = Callable[[Mapping[str, Any]], None]

_choices: dict[str, Choices] = {}
_checks: dict[str, Check] = {}


def lend_choices(source: str, read: Choices) -> None:
    """Let `read` answer for the list `source`: code → words for people; once a source."""
    if source in _choices:
        raise RuntimeError(f"choices {source} are lent twice")
    _choices[source] = read


def lend_check(dictionary: str, check: Check) -> None:
    """Let `check` look at the attributes of every entry before it is kept; it raises DomainError."""
    if dictionary in _checks:
        raise RuntimeError(f"a check of {dictionary} is lent twice")
    _checks[dictionary] = check


def choices(source: str) -> dict[str, str] | None:
    """The lent list, or None when the source is a dictionary of our own."""
    read = _choices.get(source)
    return read() if read is not None else None


def check(dictionary: str, attributes: Mapping[str, Any]) -> None:
    """Refuse attributes that the room working with them could not read."""
    look = _checks.get(dictionary)
    if look is not None:
        look(attributes)
