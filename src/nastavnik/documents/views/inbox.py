"""«На подпись»: what waits for the head, with its checks, and signing many at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.documents import queries, services
from nastavnik.documents.forms import BatchForm, ReturnForm
from nastavnik.documents.kinds import kind_of
from nastavnik.documents.models import Document
from nastavnik.documents.views.common import readiness_of, signing_context
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page

SHOWN = 100


@page("documents.view")
def inbox(request: Any) -> HttpResponseBase:
    """The list at the left, the chosen document as it prints at the right."""
    waiting = _waiting(request)
    wish = request.GET.get("doc", "")
    chosen = next((row for row in waiting if str(row.pk) == wish), waiting[0] if waiting else None)
    context: dict[str, Any] = {
        "rows": [
            {"document": row, "readiness": readiness_of(row), "is_current": row is chosen}
            for row in waiting
        ],
        "batches": _batches(request, waiting),
        "return_form": ReturnForm(auto_id="return_%s"),
    }
    if chosen is not None:
        context |= signing_context(request, chosen)
    return TemplateResponse(request, "documents/inbox.html", context)


@page("documents.sign", methods=["POST"])
def sign_many(request: Any, kind: str) -> HttpResponseBase:
    """Sign the ticked documents of one kind with consecutive numbers."""
    same = [row for row in _waiting(request) if row.kind == kind]
    form = _batch_form(same, request.POST)
    if form.is_valid():
        ticked = set(form.cleaned_data["document"])
        try:
            rows = services.sign_batch(
                actor=request.actor,
                documents=[row for row in same if row.pk in ticked],
                registered_on=form.cleaned_data["registered_on"],
                first_number=form.cleaned_data.get("first_number"),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            for row in rows:
                if row.effect is None:
                    messages.error(request, f"«{row.document.title}» не подписан. {row.error}")
                else:
                    said = " ".join([f"Подписан: {row.document}.", *row.effect.sentences])
                    messages.success(request, said)
            return redirect("documents:inbox", org=request.organisation.slug)
    context = {"kind": kind_of(kind) if same else None, "form": form, "batch_kind": kind}
    return TemplateResponse(request, "documents/batch.html", context, status=422)


def _waiting(request: Any) -> list[Document]:
    rows = list(
        queries.documents_to_sign(request.actor).select_related("journal", "parent")[:SHOWN]
    )
    for row in rows:
        row.organisation = request.organisation
    return rows


def _batches(request: Any, waiting: list[Document]) -> list[dict[str, Any]]:
    """A form for every kind with two documents and more; only for the one who signs."""
    if not request.actor.can("documents.sign"):
        return []
    by_kind: dict[str, list[Document]] = {}
    for row in waiting:
        by_kind.setdefault(row.kind, []).append(row)
    return [
        {"kind": kind_of(kind), "form": _batch_form(rows), "count": len(rows)}
        for kind, rows in by_kind.items()
        if len(rows) > 1
    ]


def _batch_form(rows: list[Document], *args: Any) -> BatchForm:
    today = timezone.localdate()
    initial: dict[str, Any] = {"registered_on": today, "document": [row.pk for row in rows]}
    journal = rows[0].journal if rows else None
    if journal is not None:
        initial["first_number"] = queries.next_number(journal, today.year)
    return BatchForm(
        *args,
        initial=initial,
        choices=[(row.pk, row.title) for row in rows],
        is_numbered=journal is not None,
        auto_id=f"{rows[0].kind if rows else 'batch'}_%s",
    )
