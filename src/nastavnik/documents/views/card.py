"""One document: the sheet, the checks, and everything that may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents import builders, policies, queries, services
from nastavnik.documents.effects import effects_of
from nastavnik.documents.forms import CancelForm, ReturnForm, ScanForm, SignForm, scan_of
from nastavnik.documents.kinds import FOLDERS, kind_of
from nastavnik.documents.models import Document, DocumentState
from nastavnik.documents.views.common import (
    find_document,
    history,
    may_sign,
    sign_form,
    signing_context,
)
from nastavnik.library.queries import template_warnings
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error
from nastavnik.shared.page import page


@page("documents.view")
def card(request: Any, pk: int) -> HttpResponseBase:
    return _show(request, find_document(request, pk))


@page("documents.view", methods=["POST"])
def sign(request: Any, pk: int) -> HttpResponseBase:
    """Sign, or enter number and date of a paper signed by hand."""
    document = find_document(request, pk)
    form = sign_form(document, request.POST, request.FILES)
    if form.is_valid():
        _, on_paper = may_sign(request, document)
        try:
            services.sign_document(
                actor=request.actor, document=document, signed_on_paper=on_paper, **form.values()
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"Документ действует: {document}.")
            return _to_card(request, document)
    return _show(request, find_document(request, pk), form)


@page("documents.edit", methods=["POST"])
def send(request: Any, pk: int) -> HttpResponseBase:
    document = find_document(request, pk)
    services.send_to_sign(actor=request.actor, document=document)
    messages.success(request, "Документ отправлен на подпись.")
    return _to_card(request, document)


@page("documents.view", methods=["POST"])
def give_back(request: Any, pk: int) -> HttpResponseBase:
    """Return to the curator with the reason."""
    document = find_document(request, pk)

    def act(form: Form) -> str:
        services.return_document(
            actor=request.actor, document=document, reason=form.cleaned_data["reason"]
        )
        return "Документ возвращён."

    return _by_form(request, document, ReturnForm(request.POST), act, "return_form")


@page("documents.edit", methods=["POST"])
def drop(request: Any, pk: int) -> HttpResponseBase:
    """Throw a draft away."""
    document = find_document(request, pk)
    effect = services.drop_draft(actor=request.actor, document=document)
    messages.success(request, " ".join(["Проект удалён.", *effect.sentences]))
    return redirect("documents:register", org=request.organisation.slug)


@page("documents.edit", methods=["POST"])
def cancel(request: Any, pk: int) -> HttpResponseBase:
    """Begin the order that cancels a document in force."""
    document = find_document(request, pk)
    made: list[Document] = []

    def act(form: Form) -> str:
        order = builders.prepare_cancellation(
            actor=request.actor, document=document, reason=form.cleaned_data["reason"]
        )
        made.append(order)
        return "Приказ об отмене составлен. Документ действует, пока приказ не подписан."

    response = _by_form(request, document, CancelForm(request.POST), act, "cancel_form")
    return _to_card(request, made[0]) if made else response


@page("documents.edit", methods=["POST"])
def attach_scan(request: Any, pk: int) -> HttpResponseBase:
    document = find_document(request, pk)

    def act(form: Form) -> str:
        scan = scan_of(form.cleaned_data["scan"])
        assert scan is not None
        services.add_scan(actor=request.actor, document=document, scan=scan)
        return "Скан приложен."

    return _by_form(request, document, ScanForm(request.POST, request.FILES), act, "scan_form")


def _by_form(
    request: Any, document: Document, form: Form, act: Callable[[Form], str], name: str
) -> HttpResponseBase:
    """Do it and go back to the card, or show the card with the form's errors."""
    if form.is_valid():
        try:
            said = act(form)
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, said)
            return _to_card(request, document)
    return _show(request, document, **{name: form})


def _to_card(request: Any, document: Document) -> HttpResponseRedirect:
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


def _show(
    request: Any, document: Document, sign_form: SignForm | None = None, /, **bound: Form
) -> HttpResponseBase:
    urls = _urls(request, document)
    failed = next((_failed(name, form, urls) for name, form in bound.items() if form.errors), None)
    forms: dict[str, Form] = {
        "return_form": ReturnForm(auto_id="return_%s"),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "scan_form": ScanForm(auto_id="scan_%s"),
    }
    actor = request.actor
    context = {
        **signing_context(request, document, sign_form),
        **forms,
        "failed": failed,
        "urls": urls,
        "links": effects_of(document.kind).links(actor, document),
        "facts": _facts(document),
        "events": history(document),
        "followers": list(queries.followers_of(document)),
        "warnings": _warnings(request, document),
        "can_send": policies.can_send(actor, document),
        "can_drop": policies.can_drop(actor, document),
        "can_cancel": policies.can_cancel(actor, document),
        "can_prepare": policies.can_prepare(actor),
        "next_url": _next_url(request, document),
    }
    status = 422 if failed or (sign_form is not None and sign_form.errors) else 200
    return TemplateResponse(request, "documents/card.html", context, status=status)


def _next_url(request: Any, document: Document) -> str:
    """Where a curator goes on while the paper waits for the head."""
    waits = document.state == DocumentState.CHECK
    if not waits or not request.actor.can("launch.view") or request.actor.can("documents.sign"):
        return ""
    return reverse("desk:launch", kwargs={"org": request.organisation.slug})


def _failed(name: str, form: Form, urls: dict[str, str]) -> dict[str, Any]:
    """A form of a window that was refused: it is shown in the page with its errors."""
    where, button = {
        "return_form": ("return", "Вернуть документ"),
        "cancel_form": ("cancel", "Составить приказ об отмене"),
        "scan_form": ("scan_add", "Приложить скан"),
    }[name]
    return {"form": form, "action": urls[where], "button": button}


def _urls(request: Any, document: Document) -> dict[str, str]:
    """Addresses of the card, absolute: a refused form is drawn at the address of its action."""
    org = request.organisation.slug
    names = ("card", "docx", "send", "return", "drop", "cancel", "scan", "scan_add")
    own = {
        name: reverse(f"documents:{name}", kwargs={"org": org, "pk": document.pk}) for name in names
    }
    return {"register": reverse("documents:register", kwargs={"org": org}), **own}


def _warnings(request: Any, document: Document) -> list[str]:
    """Acts that a draft still cites though they were repealed."""
    if not document.is_open:
        return []
    acts = kind_of(document.kind).acts
    return template_warnings(acts, on=timezone.localdate(), organisation=request.organisation)


def _facts(document: Document) -> list[dict[str, str]]:
    rows = [("Вид", kind_of(document.kind).title), ("Папка дела", _folder(document))]
    if document.registered_on:
        rows.append(
            (
                "Номер и дата",
                f"№ {document.number_text or 'без номера'} от {document.registered_on:%d.%m.%Y}",
            )
        )
        rows.append(("Подписал", f"{document.signer_name}, {document.signer_post}"))
    if document.journal is not None:
        rows.append(("Журнал", document.journal.title))
    rows.append(("Учебный год", document.school_year))
    rows.append(("Подготовил", document.created_by))
    return [{"title": title, "value": value} for title, value in rows]


def _folder(document: Document) -> str:
    return f"{document.folder} {FOLDERS[document.folder]}"
