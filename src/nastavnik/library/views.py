"""The library: dictionaries to read at every level and to edit at the level that owns them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.library import forms, lists, outside, queries, services
from nastavnik.library.attributes import FIELDS
from nastavnik.library.policies import can_edit
from nastavnik.library.queries import Item
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.tenancy.models import Organisation, Territory

#: Names of the dictionaries in the order of the first page.
ROOMS = {
    "acts": "Правовые акты",
    "materials": "Методические материалы",
    "forms": "Формы наставничества",
    "role_models": "Ролевые модели",
    "kinds": "Виды наставничества",
    "requests": "Запросы наставляемых",
    "topics": "Темы запросов и компетенций",
    "categories": "Категории участников",
    "stages": "Этапы внедрения",
    "folders": "Папки дела",
    "roadmap_templates": "Шаблоны дорожных карт",
    "roadmap_lines": "Пункты дорожных карт",
}


@page("library.view")
def index(request: HttpRequest) -> HttpResponseBase:
    numbers = queries.counts(**_place(request))
    rooms = [
        {
            "title": title,
            "url": f"{name}/",
            "text": lists.DESCRIPTIONS[name],
            "count": numbers[name],
        }
        for name, title in ROOMS.items()
    ]
    return TemplateResponse(request, "library/index.html", {"rooms": rooms})


@page("library.view")
def dictionary(request: HttpRequest, dictionary: str) -> HttpResponseBase:
    rows = queries.items(_known(dictionary), retired=True, **_place(request))
    columns, cells = lists.table_of(
        dictionary, rows, _names(request, dictionary), today=timezone.localdate()
    )
    context = {
        "title": ROOMS[dictionary],
        "lead": lists.DESCRIPTIONS[dictionary],
        "columns": columns,
        "rows": cells,
        "may_add": bool(can_edit(_actor(request), _node(request), dictionary)),
        "dictionary": dictionary,
    }
    return TemplateResponse(request, "library/dictionary.html", context)


@page("library.view")
def entry(request: HttpRequest, dictionary: str, code: str) -> HttpResponseBase:
    found = _entry(request, dictionary, code)
    today = timezone.localdate()
    warnings = (
        queries.template_warnings([code], on=today, **_place(request))
        if dictionary == "acts"
        else []
    )
    name = found.title
    if dictionary == "acts":
        everything = queries.items("acts", retired=True, **_place(request))
        name = queries.act_name(found, {act.code: act for act in everything})
    context = {
        "room": ROOMS[dictionary],
        "entry": found,
        "name": name,
        "facts": lists.facts_of(found, _names(request, dictionary)),
        "events": lists.history_of(queries.versions(found)),
        "warnings": warnings,
        "status": lists.status_of(found, today) if dictionary == "acts" else ("", ""),
        "may_edit": _may_change(request, found),
        "may_repeal": dictionary == "acts" and found.attributes.get("status") != "repealed",
    }
    return TemplateResponse(request, "library/entry.html", context)


def _add(request: HttpRequest, dictionary: str) -> HttpResponseBase:
    form = forms.entry_form(_known(dictionary), _names(request, dictionary), request.POST or None)

    def work() -> Any:
        return services.save_entry(
            actor=_actor(request), node=_node(request), dictionary=dictionary, **form.values()
        )

    return _answer(
        request,
        form,
        work,
        heading=f"Новая запись: {ROOMS[dictionary]}",
        button="Добавить запись",
        back=f"../../{dictionary}/",
    )


def _edit(request: HttpRequest, dictionary: str, code: str) -> HttpResponseBase:
    found = _entry(request, dictionary, code)
    form = forms.entry_form(
        dictionary, _names(request, dictionary), request.POST or None, entry=found
    )

    def work() -> Any:
        return services.save_entry(
            actor=_actor(request),
            node=_node(request),
            dictionary=dictionary,
            code=code,
            **form.values(),
        )

    return _answer(
        request,
        form,
        work,
        heading="Изменить запись",
        button="Сохранить новую версию",
        lead=found.title,
    )


def _retire(request: HttpRequest, dictionary: str, code: str) -> HttpResponseBase:
    found = _entry(request, dictionary, code)
    form = forms.RetireForm(request.POST or None)

    def work() -> Any:
        return services.retire_entry(
            actor=_actor(request),
            node=_node(request),
            dictionary=dictionary,
            code=code,
            reason=form.cleaned_data["reason"],
        )

    return _answer(
        request, form, work, heading="Не применять запись", button="Не применять", lead=found.title
    )


def _repeal(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _entry(request, "acts", code)
    others = {a.code: a.title for a in queries.items("acts", **_place(request)) if a.code != code}
    form = forms.repeal_form(others, request.POST or None)

    def work() -> Any:
        return services.repeal_act(
            actor=_actor(request), node=_node(request), code=code, **form.cleaned_data
        )

    return _answer(
        request,
        form,
        work,
        heading="Акт утратил силу",
        button="Отметить утратившим силу",
        lead=found.title,
    )


def _restore(request: HttpRequest, dictionary: str, code: str) -> HttpResponseBase:
    _entry(request, dictionary, code)
    services.restore_entry(
        actor=_actor(request), node=_node(request), dictionary=dictionary, code=code
    )
    messages.success(request, "Запись снова применяется.")
    return redirect("../")


def _answer(
    request: HttpRequest,
    form: Any,
    work: Callable[[], Any],
    *,
    heading: str,
    button: str,
    lead: str = "",
    back: str = "../",
) -> HttpResponseBase:
    """Show the form, or do the work and go to the card of the entry."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = work()
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Сохранено. Прежняя версия осталась в истории.")
            return redirect(_card_url(request, saved))
    context = {"form": form, "heading": heading, "button": button, "lead": lead, "back": back}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "library/form.html", context, status=status)


# One pair of pages per work: a territory edits its dictionaries, an institution its own additions.
_BOTH = ("GET", "POST")
add_here = page("library.edit", methods=_BOTH)(_add)
edit_here = page("library.edit", methods=_BOTH)(_edit)
retire_here = page("library.edit", methods=_BOTH)(_retire)
repeal_here = page("library.edit", methods=_BOTH)(_repeal)
restore_here = page("library.edit", methods=("POST",))(_restore)
add_own = page("library.add_own", methods=_BOTH)(_add)
edit_own = page("library.add_own", methods=_BOTH)(_edit)
retire_own = page("library.add_own", methods=_BOTH)(_retire)
repeal_own = page("library.add_own", methods=_BOTH)(_repeal)
restore_own = page("library.add_own", methods=("POST",))(_restore)


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _node(request: HttpRequest) -> Organisation | Territory:
    """The organisation or territory named in the address; the gate has put it there."""
    node: Organisation | Territory = (
        getattr(request, "organisation", None) or request.territory  # type: ignore[attr-defined]
    )
    return node


def _place(request: HttpRequest) -> dict[str, Any]:
    """The node as the keyword of the queries."""
    node = _node(request)
    return {"organisation": node} if isinstance(node, Organisation) else {"territory": node}


def _known(dictionary: str) -> str:
    if dictionary not in ROOMS:
        raise Http404
    return dictionary


def _entry(request: HttpRequest, dictionary: str, code: str) -> Item:
    try:
        return queries.item(_known(dictionary), code, **_place(request))
    except queries.UnknownEntry as error:
        raise Http404 from error


def _names(request: HttpRequest, dictionary: str) -> dict[str, dict[str, str]]:
    """Titles by code of every dictionary that this one refers to."""
    sources = {spec.source for spec in FIELDS[dictionary] if spec.source}
    return {source: _titles(request, source) for source in sources}


def _titles(request: HttpRequest, source: str) -> dict[str, str]:
    if (lent := outside.choices(source)) is not None:
        return lent
    return {e.code: e.title for e in queries.items(source, **_place(request))}


def _may_change(request: HttpRequest, found: Item) -> bool:
    node = _node(request)
    is_foreign = isinstance(node, Organisation) and found.organisation_id is None
    return not is_foreign and bool(can_edit(_actor(request), node, found.dictionary))


def _card_url(request: HttpRequest, saved: Any) -> str:
    root = request.path.split("/library/", 1)[0]
    return f"{root}/library/{saved.dictionary}/{saved.code}/"
