"""What is laid into the announcement of a class."""

from collections.abc import Sequence
from typing import Any

from nastavnik.documents import rendering
from nastavnik.documents.engine.grammar import date_words
from nastavnik.informing.audiences import Audience
from nastavnik.informing.links import link_of
from nastavnik.informing.models import ClassSheet
from nastavnik.informing.wording import sheet_title
from nastavnik.tenancy.models import Organisation

KIND = "informing_class_sheet"


def sheet_data(sheet: ClassSheet) -> dict[str, Any]:
    link = link_of(sheet)
    return {
        "sheet": {
            "title": sheet_title(sheet),
            "is_child": sheet.is_for_children,
            "is_staff": sheet.audience == Audience.STAFF,
            "is_parents": sheet.audience == Audience.PARENTS,
            "address": link.partition("://")[2],
            "until": date_words(sheet.open_until),
            "ask_whom": sheet.ask_whom,
        },
        "qr_url": link,
    }


def sheets_docx(organisation: Organisation, sheets: Sequence[ClassSheet]) -> bytes:
    """All of them in one file, each from a new page."""
    return rendering.blanks_docx(organisation, [(KIND, sheet_data(sheet)) for sheet in sheets])


def sheets_html(organisation: Organisation, sheets: Sequence[ClassSheet]) -> list[Any]:
    """The sheets as they print."""
    printer = rendering.Printer(organisation)
    return [rendering.sheet_html(printer.docx(KIND, sheet_data(sheet))) for sheet in sheets]
