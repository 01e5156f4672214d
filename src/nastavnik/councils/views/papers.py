"""Papers of the territory's councils: whoever coordinates has no seat among the office's documents."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.councils import policies, queries
from nastavnik.councils.forms.councils import RegisterForm
from nastavnik.councils.models import Council, Sitting
from nastavnik.councils.papers import PROTOCOL
from nastavnik.councils.services import registering
from nastavnik.councils.views.place import Place, both
from nastavnik.documents.kinds import FOLDERS
from nastavnik.documents.models import Document, DocumentState
from nastavnik.documents.rendering import document_docx, document_html
from nastavnik.documents.services import checks_of
from nastavnik.documents.views.common import docx_response
from nastavnik.shared.form_page import attempt

KINDS = (
    PROTOCOL,
    queries.ORDER_WORKING_GROUP,
    queries.ORDER_CREATIVE_GROUP,
    queries.ORDER_COUNCIL,
)


@both("councils.view")
def paper(request: Any, place: Place, document_id: int) -> HttpResponseBase:
    return _page(request, place, _document(place, document_id))


@both("councils.view")
def docx(_request: Any, place: Place, document_id: int) -> HttpResponseBase:
    document = _document(place, document_id)
    return docx_response(document_docx(document), str(document))


@both("councils.edit", methods=["POST"])
def send(request: Any, place: Place, document_id: int) -> HttpResponseBase:
    """On the desk of the office's head."""
    document = _document(place, document_id)
    registering.send_paper(actor=place.actor, document=document)
    messages.success(request, "Отправлено на подпись руководителю органа управления.")
    return redirect(place.paper_url(document))


@both("councils.edit", methods=["POST"])
def register(request: Any, place: Place, document_id: int) -> HttpResponseBase:
    """Number and date of the paper that was signed by hand."""
    document = _document(place, document_id)
    form = RegisterForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        effect = registering.register_paper(actor=place.actor, document=document, **data)
        messages.success(request, " ".join(effect.sentences) or f"Внесено: {document}.")
        return redirect(place.paper_url(document))

    return attempt(form, work) or _page(request, place, _document(place, document_id), form)


@both("councils.edit", methods=["POST"])
def drop(request: Any, place: Place, document_id: int) -> HttpResponseBase:
    document = _document(place, document_id)
    registering.drop_paper(actor=place.actor, document=document)
    messages.success(request, "Проект удалён.")
    return redirect(place.list_url)


def _document(place: Place, pk: int) -> Document:
    """A paper of a council only: other documents of the office are not the territory's business."""
    found: Document | None = (
        Document.objects.filter(pk=pk, kind__in=KINDS)
        .exclude(state=DocumentState.DROPPED)
        .select_related("journal", "parent")
        .first()
    )
    if found is None:
        raise Http404
    found.organisation = place.organisation
    return found


def _page(
    request: Any, place: Place, document: Document, form: RegisterForm | None = None
) -> HttpResponseBase:
    up_url, up_title = _up(place, document)
    may_edit = bool(policies.can_edit(place.actor)) and document.is_open
    context = {
        "place": place,
        "document": document,
        "sheet": document_html(document),
        "checks": [{"level": c.level, "text": c.text} for c in checks_of(document)]
        if document.is_open
        else [],
        "up_url": up_url,
        "up_title": up_title,
        "facts": _facts(document),
        "may_edit": may_edit,
        "may_send": may_edit
        and document.kind != PROTOCOL
        and document.state in {DocumentState.DRAFT, DocumentState.RETURNED},
        "form": form or RegisterForm(initial={"registered_on": timezone.localdate()}),
        "urls": {
            name: place.url(f"paper-{name}", document_id=document.pk)
            for name in ("docx", "send", "register", "drop")
        },
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "councils/paper.html", context, status=status)


def _facts(document: Document) -> list[dict[str, str]]:
    journal = document.journal.title if document.journal else ""
    rows = [
        ("Подготовил", document.created_by),
        ("Журнал", journal),
        ("Папка «Дела»", f"{document.folder} {FOLDERS[document.folder]}"),
        ("Подписал", document.signer_name),
    ]
    return [{"title": title, "value": value} for title, value in rows if value]


def _up(place: Place, document: Document) -> tuple[str, str]:
    sitting = Sitting.objects.filter(protocol=document).first()
    if sitting is not None:
        return place.url("sitting", sitting_id=sitting.pk), sitting.topic
    council = Council.objects.filter(pk=document.subject_id).first()
    if council is not None and document.kind != PROTOCOL:
        return place.url("card", pk=council.pk), council.name
    return place.list_url, place.list_title
