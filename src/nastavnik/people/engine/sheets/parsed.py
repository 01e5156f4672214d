"""What a parser hands back: a value with its level and the words for the person."""

from typing import Any, NamedTuple

OK, NOTE, WARNING, ERROR = "ok", "note", "warning", "error"


class Parsed(NamedTuple):
    """One understood cell; `suggestion` is a text to accept when the writing is unusual."""

    value: Any
    level: str = OK
    message: str = ""
    suggestion: str = ""


EMPTY = Parsed(None)


def warning(value: Any, message: str, suggestion: str = "") -> Parsed:
    """Taken, but worth a look."""
    return Parsed(value, WARNING, message, suggestion)


def error(message: str, value: Any = None) -> Parsed:
    """Cannot be loaded until it is mended."""
    return Parsed(value, ERROR, message)
