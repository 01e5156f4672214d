"""Templates: which Word file stands behind each kind, and how to replace it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.documents import policies, queries, rendering, services
from nastavnik.documents.forms import TemplateForm
from nastavnik.documents.kinds import GROUPS, Kind, default_template, kind_of, kinds
from nastavnik.documents.views.common import docx_response
from nastavnik.library.queries import template_warnings
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("documents.view")
def index(request: Any) -> HttpResponseBase:
    """Every kind by group with the owner of its template."""
    active = queries.active_templates(request.organisation)
    groups = []
    for code, title in GROUPS.items():
        rows = [
            {"kind": kind, "owner": queries.owner_words(active.get(kind.code))}
            for kind in kinds()
            if kind.group == code
        ]
        if rows:
            groups.append({"title": title, "rows": rows})
    return TemplateResponse(request, "documents/templates.html", {"groups": groups})


@page("documents.view", methods=["GET", "POST"])
def kind_page(request: Any, kind: str) -> HttpResponseBase:
    """One kind: its fields, the sheet with invented data, versions, a new file."""
    spec = _spec(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            template = services.upload_template(
                actor=request.actor,
                kind=spec.code,
                owner=request.organisation,
                file_name=str(file.name),
                content=file.read(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(
                request,
                f"Шаблон проверен: версия {template.version}. Посмотрите на него и включите.",
            )
            return redirect(f"{request.path}?version={template.pk}")
    return _show(request, spec, form)


@page("documents.view")
def download(request: Any, kind: str) -> HttpResponseBase:
    """The Word file in use, the built-in one, or one version."""
    spec = _spec(kind)
    if "version" in request.GET:
        content = bytes(_version(request, kind, request.GET["version"]).file)
    elif "default" in request.GET:
        content = default_template(kind)
    else:
        content = rendering.template_for(kind, request.organisation).content
    return docx_response(content, f"Шаблон. {spec.title}")


@page("documents.template", methods=["POST"])
def use(request: Any, kind: str) -> HttpResponseBase:
    template = _version(request, kind, request.POST.get("version", ""))
    services.activate_template(actor=request.actor, template=template)
    messages.success(request, f"Новые документы составляются по версии {template.version}.")
    return redirect("documents:template", org=request.organisation.slug, kind=kind)


@page("documents.template", methods=["POST"])
def retire(request: Any, kind: str) -> HttpResponseBase:
    template = _version(request, kind, request.POST.get("version", ""))
    services.retire_template(actor=request.actor, template=template)
    messages.success(request, "Ваш шаблон больше не используется.")
    return redirect("documents:template", org=request.organisation.slug, kind=kind)


def _show(request: Any, spec: Kind, form: TemplateForm) -> HttpResponseBase:
    wish = request.GET.get("version", "")
    shown = _version(request, spec.code, wish) if wish else None
    chosen = rendering.template_for(spec.code, request.organisation)
    content = bytes(shown.file) if shown is not None else chosen.content
    report = services.check_upload(kind=spec.code, content=content)
    acts = template_warnings(spec.acts, on=timezone.localdate(), organisation=request.organisation)
    context = {
        "kind": spec,
        "form": form,
        "shown": shown,
        "sheet": None if report.errors else rendering.example_html(spec.code, content),
        "report": report,
        "act_warnings": acts,
        "owner": queries.owner_words(
            rendering.active_template(spec.code, organisation=request.organisation)
        ),
        "versions": list(queries.own_templates(request.organisation, spec.code)),
        "may_replace": policies.can_replace_template(request.actor),
    }
    return TemplateResponse(
        request, "documents/template.html", context, status=422 if form.errors else 200
    )


def _spec(code: str) -> Kind:
    try:
        return kind_of(code)
    except KeyError:
        raise Http404 from None


def _version(request: Any, kind: str, pk: str) -> Any:
    rows = queries.own_templates(request.organisation, kind)
    template = (
        rows.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    )
    if template is None:
        raise Http404
    return template
