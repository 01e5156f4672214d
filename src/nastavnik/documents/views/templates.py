"""Templates: which Word file stands behind each kind, and how to replace it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents import policies, queries, rendering, services
from nastavnik.documents.forms import TemplateForm
from nastavnik.documents.kinds import GROUPS, Kind, default_template, kind_of, kinds
from nastavnik.documents.views.common import docx_response
from nastavnik.library.queries import template_warnings
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.tenancy.models import Organisation, Territory


def _index(request: Any) -> HttpResponseBase:
    """Every kind by group with the owner of its template."""
    active = queries.active_templates(_owner(request))
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


def _kind_page(request: Any, kind: str) -> HttpResponseBase:
    """One kind: its fields, the sheet with invented data, versions, a new file."""
    spec = _spec(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            template = services.upload_template(
                actor=request.actor,
                kind=spec.code,
                owner=_owner(request),
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


def _download(request: Any, kind: str) -> HttpResponseBase:
    """The Word file in use, the built-in one, or one version."""
    spec = _spec(kind)
    if "version" in request.GET:
        content = bytes(_version(request, kind, request.GET["version"]).file)
    elif "default" in request.GET:
        content = default_template(kind)
    else:
        content = rendering.template_for(kind, _owner(request)).content
    return docx_response(content, f"Шаблон. {spec.title}")


def _use(request: Any, kind: str) -> HttpResponseBase:
    template = _version(request, kind, request.POST.get("version", ""))
    services.activate_template(actor=request.actor, template=template)
    messages.success(request, f"Новые документы составляются по версии {template.version}.")
    return redirect(_address(request, kind))


def _retire(request: Any, kind: str) -> HttpResponseBase:
    template = _version(request, kind, request.POST.get("version", ""))
    services.retire_template(actor=request.actor, template=template)
    messages.success(request, "Ваш шаблон больше не используется.")
    return redirect(_address(request, kind))


def _show(request: Any, spec: Kind, form: TemplateForm) -> HttpResponseBase:
    wish = request.GET.get("version", "")
    shown = _version(request, spec.code, wish) if wish else None
    chosen = rendering.template_for(spec.code, _owner(request))
    content = bytes(shown.file) if shown is not None else chosen.content
    report = services.check_upload(kind=spec.code, content=content)
    acts = template_warnings(spec.acts, on=timezone.localdate(), **_place(request))
    context = {
        "kind": spec,
        "form": form,
        "shown": shown,
        "sheet": None if report.errors else rendering.example_html(spec.code, content),
        "report": report,
        "act_warnings": acts,
        "owner": queries.owner_words(rendering.active_template(spec.code, _owner(request))),
        "versions": list(queries.own_templates(_owner(request), spec.code)),
        "may_replace": policies.can_replace_template(request.actor),
    }
    return TemplateResponse(
        request, "documents/template.html", context, status=422 if form.errors else 200
    )


def _owner(request: Any) -> Organisation | Territory:
    """Whose templates the page is about: the gate has put it on the request."""
    owner: Organisation | Territory = getattr(request, "organisation", None) or request.territory
    return owner


def _place(request: Any) -> dict[str, Any]:
    owner = _owner(request)
    return {"territory" if isinstance(owner, Territory) else "organisation": owner}


def _address(request: Any, kind: str) -> str:
    owner = _owner(request)
    if isinstance(owner, Territory):
        return reverse(
            "documents:territory_template", kwargs={"territory": owner.slug, "kind": kind}
        )
    return reverse("documents:template", kwargs={"org": owner.slug, "kind": kind})


def _spec(code: str) -> Kind:
    try:
        return kind_of(code)
    except KeyError:
        raise Http404 from None


def _version(request: Any, kind: str, pk: str) -> Any:
    rows = queries.own_templates(_owner(request), kind)
    template = (
        rows.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    )
    if template is None:
        raise Http404
    return template


# The same pages stand in an institution and above it; only the rights to open them differ.
_BOTH = ("GET", "POST")
index = page("documents.view")(_index)
kind_page = page("documents.view", methods=_BOTH)(_kind_page)
download = page("documents.view")(_download)
use = page("documents.template", methods=["POST"])(_use)
retire = page("documents.template", methods=["POST"])(_retire)
territory_index = page("documents.template")(_index)
territory_kind_page = page("documents.template", methods=_BOTH)(_kind_page)
territory_download = page("documents.template")(_download)
