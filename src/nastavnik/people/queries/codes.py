"""Titles of the library's codes as lists for forms and words for pages.

All of them answer for the organisation in scope, whose territory may have its own entries.
"""

from collections.abc import Callable, Iterable

from nastavnik.library.queries import choices_of, effective, in_use, title_of

Choices = list[tuple[str, str]]


def request_title(code: str) -> str:
    """The name of a kind of request; an empty string for an unknown code."""
    return _title("requests", code)


def topic_title(code: str) -> str:
    return _title("topics", code)


def form_title(code: str) -> str:
    return title_of("forms", code)


def form_choices() -> Choices:
    return choices_of("forms")


def request_choices(audience: str = "") -> Choices:
    """Kinds of requests in the order of the dictionary, of one audience or of both."""
    return [
        (kind.code, kind.title)
        for kind in in_use("requests")
        if not audience or kind.attributes.get("audience") == audience
    ]


def topic_choices() -> Choices:
    return sorted(choices_of("topics"), key=lambda pair: pair[1])


def after(first: str, choices: Callable[[], Choices]) -> Callable[[], Choices]:
    """Choices of a form's field with an empty one before them, read when the form is shown."""
    return lambda: [("", first), *choices()]


def request_words(rows: Iterable[tuple[str, str, str]]) -> str:
    """«подтянуть математику; выбор профессии» of (text, code, topic) rows; codes where no words are."""
    return "; ".join(
        dict.fromkeys(
            text or topic_title(topic) or request_title(code) for text, code, topic in rows
        )
    )


def _title(dictionary: str, code: str) -> str:
    found = effective(dictionary).get(code)
    return found.title if found else ""
