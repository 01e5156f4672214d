"""The registry of evidence: how a roadmap line learns that its work is done.

A line names a kind of evidence and its parameters; the app that owns the matter registered how to
look for it. So `roadmaps` never imports the rooms above, and a kind whose room does not exist yet
is simply not there. Everything is read inside the organisation's scope.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nastavnik.documents.models import Document, DocumentState


class EvidenceKind(StrEnum):
    """Every kind that a room of the product can tell; keys of the registry."""

    DOCUMENT_IN_FORCE = "document_in_force"
    MENTEES_AT_LEAST = "mentees_at_least"
    MENTORS_AT_LEAST = "mentors_at_least"
    CONSENT_SHARE = "consent_share"
    ACTIVE_PAIRS_AT_LEAST = "active_pairs_at_least"
    EVENT_WITH_PROTOCOL = "event_with_protocol"


@dataclass(frozen=True)
class Evidence:
    """A found proof: the words for the line («приказом № 12 от 03.10.2026») and its day."""

    words: str
    on: date | None = None
    document_id: int | None = None


Finder = Callable[[Mapping[str, Any], date], Evidence | None]
"""(parameters of the line, day) → the proof, or None while there is none."""

_finders: dict[EvidenceKind, Finder] = {}


def register(kind: EvidenceKind, finder: Finder) -> None:
    """Attach a finder to a kind; once per kind, at start-up."""
    if kind in _finders:
        raise RuntimeError(f"evidence {kind} is registered twice")
    _finders[kind] = finder


def registered_kinds() -> frozenset[EvidenceKind]:
    return frozenset(_finders)


def find(kind: EvidenceKind, parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """The proof of one line on a day. Raises KeyError for a kind that nobody registered."""
    return _finders[kind](parameters, on)


def document_in_force(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """A document of `parameters["kind"]` in force: the latest one of the day or earlier."""
    document = (
        Document.objects.filter(
            kind=parameters["kind"],
            state__in=(DocumentState.IN_FORCE, DocumentState.AMENDED),
            registered_on__lte=on,
        )
        .order_by("-registered_on", "-id")
        .first()
    )
    if document is None:
        return None
    number = f"№ {document.number_text} " if document.number_text else ""
    words = f"{number}от {document.registered_on:%d.%m.%Y}"
    return Evidence(words, document.registered_on, document.pk)


def register_documents() -> None:
    """Documents stand below roadmaps, so their finder is registered here."""
    register(EvidenceKind.DOCUMENT_IN_FORCE, document_in_force)
