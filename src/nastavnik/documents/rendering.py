"""From data to DOCX and to the sheet on the screen. The same input gives the same bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from nastavnik.documents.context import common_context, document_context, over
from nastavnik.documents.engine.docx import RenderFailed, compile_template, join, to_html
from nastavnik.documents.kinds import default_template, example_data, kind_of
from nastavnik.documents.models import Document, DocumentTemplate
from nastavnik.documents.queries import active_templates
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation, Territory

DEFAULT_KEY = "blank"


@dataclass(frozen=True)
class ChosenTemplate:
    """The Word file in use and its key: «blank» or «template:17»."""

    key: str
    content: bytes


def active_template(kind: str, owner: Organisation | Territory) -> DocumentTemplate | None:
    """The nearest replacement: the owner's own, then of the territories above, from below up."""
    return active_templates(owner, kind).get(kind)


def template_for(kind: str, owner: Organisation | Territory) -> ChosenTemplate:
    own = active_template(kind, owner)
    if own is None:
        return ChosenTemplate(DEFAULT_KEY, default_template(kind))
    return ChosenTemplate(f"template:{own.pk}", bytes(own.file))


def render(kind: str, template: bytes, context: Mapping[str, Any]) -> bytes:
    """Lay data into a template.

    Raises: DomainError in words for the person who prepares the document.
    """
    try:
        return compile_template(template).render(context)
    except RenderFailed as error:
        title = kind_of(kind).title
        raise DomainError("render_failed", f"{title}: документ не составлен. {error}") from error


def document_docx(document: Document, *, today: date | None = None) -> bytes:
    """The Word file: stored bytes of a signed document, a fresh one of a draft."""
    if document.is_signed and document.file is not None:
        return bytes(document.file)
    template = template_for(document.kind, document.organisation)
    context = document_context(document, on=today or timezone.localdate())
    return render(document.kind, template.content, context)


class Printer:
    """Papers that no journal knows, such as blanks of consents; what they share is read once."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._today = timezone.localdate()
        self._known: dict[str, tuple[bytes, dict[str, Any]]] = {}

    def docx(self, kind: str, data: Mapping[str, Any]) -> bytes:
        """One paper; `qr_url`, `date` and `number` of the data are kept."""
        if kind not in self._known:
            common = common_context(self._organisation, kind_of(kind), on=self._today)
            self._known[kind] = (template_for(kind, self._organisation).content, common)
        template, common = self._known[kind]
        registration = {key: data[key] for key in ("qr_url", "date", "number") if key in data}
        return render(kind, template, over(common, data) | registration)


def blank_docx(organisation: Organisation, kind: str, data: Mapping[str, Any]) -> bytes:
    return Printer(organisation).docx(kind, data)


def blanks_docx(
    organisation: Organisation, papers: Iterable[tuple[str, Mapping[str, Any]]]
) -> bytes:
    """Many papers in one file for the printer, each from a new page."""
    printer = Printer(organisation)
    return join([printer.docx(kind, data) for kind, data in papers])


def document_html(document: Document, *, today: date | None = None) -> SafeString:
    """The sheet on the screen, made from the very file that prints."""
    return sheet_html(document_docx(document, today=today))


def blank_html(organisation: Organisation, kind: str, data: Mapping[str, Any]) -> SafeString:
    return sheet_html(blank_docx(organisation, kind, data))


def example_html(kind: str, template: bytes) -> SafeString:
    """A template filled with invented data."""
    return sheet_html(render(kind, template, example_data(kind)))


def sheet_html(docx: bytes) -> SafeString:
    return mark_safe(to_html(docx))  # noqa: S308 -- to_html lets only its own markup through
