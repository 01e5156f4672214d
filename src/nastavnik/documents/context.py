"""What every document knows without being told: organisation, head, date, acts, its own address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from nastavnik.documents import names
from nastavnik.documents.effects import effects_of
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.kinds import Kind, kind_of
from nastavnik.documents.models import Document
from nastavnik.library.queries import act_citations
from nastavnik.tenancy.models import Organisation

SCHOOL_YEAR_STARTS_IN = 9
KEPT_BY_SERVICE = frozenset({"date", "number", "qr_url", "head", "organisation"})


def school_year(day: date) -> str:
    """«2026/27» for any day from September 2026 to August 2027."""
    first = day.year if day.month >= SCHOOL_YEAR_STARTS_IN else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def document_address(token: str) -> str:
    """The address behind the QR code of a paper."""
    return f"{settings.SITE_URL.rstrip('/')}/d/{token}/"


def common_context(organisation: Organisation, kind: Kind, *, on: date) -> dict[str, Any]:
    """Fields that documents of an organisation share, as they stand on a day."""
    head = {"head": names.signer_forms(organisation, on=on)} if kind.names_head else {}
    return {
        **head,
        "organisation": {
            **names.organisation_forms(organisation),
            "address": organisation.address,
            "phone": organisation.phone,
            "email": organisation.email,
            "site": organisation.site,
            "inn": organisation.inn,
            "ogrn": organisation.ogrn,
        },
        "place": organisation.city,
        "acts": [act.text for act in act_citations(kind.acts, on=on, organisation=organisation)],
        "basis": "",
        "control": "оставляю за собой",
        "executor": "",
        "acquaintance": [],
        "school_year": school_year(on),
        "date": "",
        "number": "",
        "qr_url": "",
    }


def merged(
    organisation: Organisation, kind: Kind, data: Mapping[str, Any], *, on: date
) -> dict[str, Any]:
    """The common fields with the document's own over them; some fields only the service fills."""
    return over(common_context(organisation, kind, on=on), data)


def over(common: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in data.items() if key not in KEPT_BY_SERVICE}
    return {**common, **own}


def document_context(document: Document, *, on: date) -> dict[str, Any]:
    """Everything that is merged into one document; for a signed one, what was merged then."""
    if document.is_signed:
        return dict(document.data)
    signed_on = document.registered_on
    day = signed_on or on
    data = {**document.data, **effects_of(document.kind).on_day(document, day)}
    context = merged(document.organisation, kind_of(document.kind), data, on=day)
    context["number"] = document.number_text
    context["date"] = date_words(signed_on) if signed_on else ""
    context["qr_url"] = document_address(document.token)
    return context


def short_person(label: str) -> str:
    """«Лещёва Ольга Викторовна» → «О.В. Лещёва», for the line about who prepared the paper."""
    surname, *others = label.split()
    letters = "".join(f"{part[0]}." for part in others[:2])
    return f"{letters} {surname}".strip()


def joined(items: Sequence[str]) -> str:
    """«а, б и в»."""
    *head, last = items or ("",)
    return f"{', '.join(head)} и {last}" if head else last
