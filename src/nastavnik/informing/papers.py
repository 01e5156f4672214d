"""What is laid into the papers of informing: protocol, booklet, letters of invitation."""

from typing import Any

from nastavnik.documents import rendering
from nastavnik.documents.context import short_person
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.names import phrase_forms
from nastavnik.events.papers import lines
from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import Gathering, Letter, Mailing
from nastavnik.library.queries import title_of
from nastavnik.shared.typography import counted
from nastavnik.tenancy.models import Organisation

PROTOCOL = "informing_protocol"
BOOKLET = "informing_booklet"
LETTER = "informing_letter"
PEOPLE = ("человек", "человека", "человек")


def protocol(organisation: Organisation, gathering: Gathering) -> dict[str, Any]:
    present = gathering.present_count
    return {
        "gathering": {
            "title": phrase_forms(gathering.name),
            "is_sitting": gathering.is_sitting,
            "when": date_words(gathering.on) if gathering.on else "",
            "place": gathering.place,
        },
        "present": counted(present, *PEOPLE) if present else "",
        "chair": gathering.chair,
        "chair_signature": _signature(gathering.chair),
        "secretary": gathering.secretary,
        "secretary_signature": _signature(gathering.secretary),
        "agenda": lines(gathering.agenda),
        "listened": lines(gathering.listened),
        "discussed": str(gathering.discussed) if gathering.discussed else "",
        "decisions": lines(gathering.decisions),
    }


def booklet(
    organisation: Organisation, *, is_for_staff: bool, year: str, curator: str, forms: list[str]
) -> dict[str, Any]:
    """One sheet; its QR code leads to the institution's own site, if it has one."""
    return {
        "year": year,
        "is_for_staff": is_for_staff,
        "teaches_children": organisation.teaches_children,
        "curator": curator,
        "forms": [title_of("forms", code) for code in forms],
        "qr_url": _site(organisation.site),
    }


def letters_docx(
    organisation: Organisation, mailing: Mailing, letters: list[Letter], *, contact: str
) -> bytes:
    """All letters in one file, each from a new page; the head signs them on paper."""
    common = {
        "is_graduate": mailing.audience == Audience.GRADUATES,
        "teaches_children": organisation.teaches_children,
        "year": mailing.campaign.school_year,
        "meeting": {
            "when": date_words(mailing.meeting_on) if mailing.meeting_on else "",
            "place": mailing.meeting_place,
        },
        "words": lines(mailing.words),
        "contact": contact,
        "date": date_words(mailing.sent_on) if mailing.sent_on else "",
    }
    return rendering.blanks_docx(
        organisation, [(LETTER, {**common, **_of_letter(row)}) for row in letters]
    )


def _of_letter(row: Letter) -> dict[str, Any]:
    return {
        "addressee": {
            "to": row.addressee,
            "organisation": row.workplace,
            "address": row.address,
        },
        "number": row.number,
    }


def _signature(name: str) -> str:
    """«И.П. Зотов»; a line is left to write on while nobody is named."""
    return short_person(name) if name else ""


def _site(site: str) -> str:
    if not site or "://" in site:
        return site
    return f"https://{site}"
