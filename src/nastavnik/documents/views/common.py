"""What the pages of documents share."""

import io
import re
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.safestring import SafeString

from nastavnik.audit.queries import history_of
from nastavnik.documents import policies, queries, rendering, services
from nastavnik.documents.effects import Check
from nastavnik.documents.forms import SignForm
from nastavnik.documents.lists import STATE_TAGS, state_words
from nastavnik.documents.models import Document
from nastavnik.shared.errors import DomainError

HISTORY_WORDS = {
    "documents.prepare": "Составлен проект",
    "documents.edit": "Проект исправлен",
    "documents.send": "Отправлен на подпись",
    "documents.return": "Возвращён",
    "documents.drop": "Проект удалён",
    "documents.sign": "Подписан",
    "documents.cancel": "Отменён",
    "documents.amend": "Изменён",
    "documents.scan": "Приложен скан",
}
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Sheet:
    """The document as it prints, or what prevents it from being composed."""

    html: SafeString | None
    problem: DomainError | None = None


@dataclass(frozen=True)
class Readiness:
    """The checks of one document and their sum in two words."""

    checks: list[Check]

    @property
    def is_blocked(self) -> bool:
        return any(check.level == "bad" for check in self.checks)

    @property
    def tag(self) -> str:
        if self.is_blocked:
            return "bad"
        return "wait" if any(check.level == "wait" for check in self.checks) else "ok"

    @property
    def words(self) -> str:
        return {"bad": "Мешают проверки", "wait": "Есть вопросы", "ok": "Всё готово"}[self.tag]


def find_document(request: Any, pk: int) -> Document:
    """The document if it is in scope and open to the actor; the same 404 otherwise."""
    rows = queries.documents_open_to(request.actor).select_related("journal", "parent")
    document = rows.filter(pk=pk).first()
    if document is None:
        raise Http404
    document.organisation = request.organisation
    return document


def sheet_of(document: Document) -> Sheet:
    try:
        return Sheet(rendering.document_html(document))
    except DomainError as error:
        return Sheet(None, error)


def readiness_of(document: Document) -> Readiness:
    return Readiness(services.checks_of(document) if document.is_open else [])


def sign_form(document: Document, *args: Any) -> SignForm:
    """The form with the next free number and today."""
    initial: dict[str, Any] = {"registered_on": timezone.localdate()}
    if document.journal is not None:
        free = queries.next_number(document.journal, timezone.localdate().year)
        initial["number"] = document.journal.number_format.format(number=free)
    return SignForm(*args, initial=initial, is_numbered=document.journal is not None)


def may_sign(request: Any, document: Document) -> tuple[bool, bool]:
    """(may sign, as a paper already signed by hand)."""
    if policies.can_sign(request.actor, document):
        return True, False
    return bool(policies.can_sign(request.actor, document, signed_on_paper=True)), True


def signing_context(
    request: Any, document: Document, form: SignForm | None = None
) -> dict[str, Any]:
    """All that the form of signing shows beside a document."""
    allowed, on_paper = may_sign(request, document)
    readiness = readiness_of(document)
    return {
        "document": document,
        "readiness": readiness,
        "check_rows": check_rows(readiness.checks),
        "sheet": sheet_of(document),
        "sign_form": (form or sign_form(document)) if allowed else None,
        "on_paper": on_paper,
        "can_return": policies.can_return(request.actor, document),
        "state_tag": STATE_TAGS[document.state],
        "state_words": state_words(document.state),
    }


def check_rows(checks: list[Check]) -> list[dict[str, str]]:
    """Checks for `ui/checks.html`."""
    return [
        {"level": check.level, "text": check.text, "url": check.url, "link": "Исправить"}
        for check in checks
    ]


def history(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "at": event.at,
            "text": _event_words(event),
            "who": event.actor_label,
        }
        for event in history_of(document)
    ]


def _event_words(event: Any) -> str:
    words = HISTORY_WORDS.get(event.action, "Изменение")
    if event.details.get("on_paper"):
        words = "Внесены номер и дата подписанной бумаги"
    return f"{words}: {event.reason}" if event.reason else words


def docx_response(content: bytes, name: str) -> FileResponse:
    return file_response(content, f"{name}.docx", DOCX_TYPE)


def file_response(content: bytes, name: str, content_type: str) -> FileResponse:
    """A download with a name that every file system takes."""
    safe = re.sub(r'[\\/:*?"<>|\r\n\t]+', " ", name).strip()[:150]
    _, dot, suffix = name.rpartition(".")
    if dot and not safe.endswith(f".{suffix}"):
        safe = f"{safe}.{suffix}"
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=safe, content_type=content_type
    )
