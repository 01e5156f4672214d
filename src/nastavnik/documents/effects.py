"""The registry of document effects: what signing, cancelling and checking a kind means.

`documents` knows that an order was signed; the app that owns the matter registers what follows.
So low apps never import high ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.documents.models import Document


@dataclass(frozen=True)
class Check:
    """One line beside the document before signing. `level`: ok, wait (may sign), bad (blocks)."""

    level: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Effect:
    """What happened on signing or cancelling, as sentences for the person who did it."""

    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """Something that the app which owns the matter offers on the document's card."""

    text: str
    url: str


def _no_links(_actor: Actor, _document: Document) -> "list[Link]":
    return []


def _no_checks(_document: Document) -> list[Check]:
    return []


def _nothing_more(_document: Document, _day: date) -> Mapping[str, Any]:
    return {}


def _no_effect(_actor: Actor, _document: Document) -> Effect:
    return Effect()


@dataclass(frozen=True)
class DocumentEffects:
    """Hooks of one kind. All run inside the transaction of the signing or cancelling.

    `checks` reads only; `on_sign` and `on_cancel` change the world and may raise DomainError, which
    undoes the signature as well; `on_drop` lets go of what a dropped draft held. `links` are shown on
    the card, outside any transaction. `on_day` gives the fields of an open document that depend on
    the day of its signature, so that a draft does not go stale while it waits; it reads only.
    """

    checks: Callable[[Document], list[Check]] = field(default=_no_checks)
    on_sign: Callable[[Actor, Document], Effect] = field(default=_no_effect)
    on_cancel: Callable[[Actor, Document], Effect] = field(default=_no_effect)
    on_drop: Callable[[Actor, Document], Effect] = field(default=_no_effect)
    links: Callable[[Actor, Document], list[Link]] = field(default=_no_links)
    on_day: Callable[[Document, date], Mapping[str, Any]] = field(default=_nothing_more)


_effects: dict[str, DocumentEffects] = {}


def register(kind: str, effects: DocumentEffects) -> None:
    """Attach hooks to a kind; once per kind, at start-up."""
    if kind in _effects:
        raise RuntimeError(f"effects of {kind} are registered twice")
    _effects[kind] = effects


def effects_of(kind: str) -> DocumentEffects:
    return _effects.get(kind, DocumentEffects())


def registered_kinds() -> frozenset[str]:
    return frozenset(_effects)
