"""Titles of the library's codes as lists for forms and words for pages."""

from collections.abc import Iterable
from functools import lru_cache

from nastavnik.library.engine.classifier import delivered
from nastavnik.library.engine.seed import seed


def request_title(code: str) -> str:
    """The name of a kind of request; an empty string for an unknown code."""
    kind = delivered().requests.get(code)
    return kind.title if kind else ""


def topic_title(code: str) -> str:
    topic = delivered().topics.get(code)
    return topic.title if topic else ""


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {entry["code"]: entry["title"] for entry in seed("forms")}


def form_title(code: str) -> str:
    return _forms().get(code, code)


def form_choices() -> list[tuple[str, str]]:
    return list(_forms().items())


def request_choices(audience: str = "") -> list[tuple[str, str]]:
    """Kinds of requests in the order of the dictionary, of one audience or of both."""
    return [
        (kind.code, kind.title)
        for kind in delivered().requests.values()
        if not audience or kind.audience == audience
    ]


def request_audience(code: str) -> str:
    kind = delivered().requests.get(code)
    return kind.audience if kind else ""


def topic_choices() -> list[tuple[str, str]]:
    return sorted(
        ((topic.code, topic.title) for topic in delivered().topics.values()),
        key=lambda pair: pair[1],
    )


def request_words(rows: Iterable[tuple[str, str, str]]) -> str:
    """«подтянуть математику; выбор профессии» of (text, code, topic) rows; codes where no words are."""
    return "; ".join(
        dict.fromkeys(
            text or topic_title(topic) or request_title(code) for text, code, topic in rows
        )
    )
