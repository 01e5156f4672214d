"""One sitting: in the plan, as it went, its protocol."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.councils import papers, policies, queries
from nastavnik.councils.forms.sittings import (
    HoldForm,
    ReasonForm,
    SittingForm,
    hold_initial,
    sitting_initial,
)
from nastavnik.councils.models import Sitting, SittingState
from nastavnik.councils.services import sittings as services
from nastavnik.councils.views.cards import SITTING_TAGS
from nastavnik.councils.views.place import Place, both, council_or_404, sitting_or_404
from nastavnik.shared.form_page import attempt, form_page


@both("councils.view")
def sitting(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    return _page(request, place, sitting_or_404(sitting_id))


@both("councils.edit", methods=["GET", "POST"])
def new(request: Any, place: Place, pk: int) -> HttpResponseBase:
    council = council_or_404(pk)
    form = SittingForm(request.POST or None, today=timezone.localdate())

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        services.plan_sitting(actor=place.actor, council=council, draft=form.draft())
        messages.success(request, "Заседание внесено в план.")
        return place.to("card", pk=pk)

    context = {
        "place": place,
        "up_url": place.url("card", pk=pk),
        "up_title": council.name,
        "title": "Заседание в план",
        "button": "Внести в план",
    }
    return form_page(request, form, work, "councils/form.html", context=context)


@both("councils.edit", methods=["GET", "POST"])
def edit(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    found = sitting_or_404(sitting_id)
    form = SittingForm(
        request.POST or None, today=timezone.localdate(), initial=sitting_initial(found)
    )

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        services.change_sitting(actor=place.actor, sitting=found, draft=form.draft())
        messages.success(request, "Сохранено.")
        return place.to("sitting", sitting_id=sitting_id)

    context = _about(place, found) | {"title": "Изменить заседание", "button": "Сохранить"}
    return form_page(request, form, work, "councils/form.html", context=context)


@both("councils.edit", methods=["GET", "POST"])
def hold(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    """«Записать, как прошло»: who came, what was heard and decided."""
    found = sitting_or_404(sitting_id)
    members = queries.composition(found.council)
    form = HoldForm(
        request.POST or None,
        members=members,
        rulings=len(found.decisions.all()),
        initial=hold_initial(found, members),
    )

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        services.hold_sitting(actor=place.actor, sitting=found, **form.values())
        messages.success(request, "Записано. Составьте протокол.")
        return place.to("sitting", sitting_id=sitting_id)

    context = _about(place, found) | {
        "sitting": found,
        "title": "Как прошло заседание",
        "button": "Записать",
        "verdict": policies.can_hold(place.actor, found),
        "has_members": bool(members),
        "members_url": place.url("members", pk=found.council_id),
    }
    return form_page(request, form, work, "councils/hold.html", context=context)


@both("councils.edit", methods=["POST"])
def unhold(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    services.unhold_sitting(actor=place.actor, sitting=sitting_or_404(sitting_id))
    messages.success(request, "Заседание снова только в плане.")
    return place.to("sitting", sitting_id=sitting_id)


@both("councils.edit", methods=["POST"])
def protocol(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    document = services.prepare_protocol(
        actor=place.actor, organisation=place.organisation, sitting=sitting_or_404(sitting_id)
    )
    messages.success(request, "Протокол составлен. Проверьте текст и внесите номер.")
    return redirect(place.paper_url(document))


@both("councils.edit", methods=["POST"])
def cancel(request: Any, place: Place, sitting_id: int) -> HttpResponseBase:
    form = ReasonForm(request.POST)
    found = sitting_or_404(sitting_id)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.cancel_sitting(actor=place.actor, sitting=found, **data)
        messages.success(request, "Заседание отменено.")
        return place.to("card", pk=found.council_id)

    return attempt(form, work) or _page(request, place, found, form)


def _about(place: Place, found: Sitting) -> dict[str, Any]:
    return {
        "place": place,
        "up_url": place.url("sitting", sitting_id=found.pk),
        "up_title": found.topic,
    }


def _page(
    request: Any, place: Place, found: Sitting, cancel_form: ReasonForm | None = None
) -> HttpResponseBase:
    document = found.protocol if policies.has_protocol(found) else None
    context = {
        "place": place,
        "sitting": found,
        "council": found.council,
        "council_url": place.url("card", pk=found.council_id),
        "when": papers.planned_words(found),
        "tag": SITTING_TAGS[SittingState(found.state)],
        "protocol": document,
        "protocol_url": place.paper_url(document) if document else "",
        "present": [row.member for row in found.presences.all()],
        "decisions": list(found.decisions.all()),
        "may_plan": policies.can_plan(place.actor, found),
        "may_hold": policies.can_hold(place.actor, found),
        "may_protocol": found.state == SittingState.HELD
        and policies.can_write_protocol(place.actor, found),
        "urls": {
            name: place.url(f"sitting-{name}", sitting_id=found.pk)
            for name in ("edit", "hold", "unhold", "protocol", "cancel")
        },
        "cancel_form": cancel_form or ReasonForm(),
        "is_due": found.planned_on <= timezone.localdate(),
    }
    status = 422 if cancel_form is not None and cancel_form.errors else 200
    return TemplateResponse(request, "councils/sitting.html", context, status=status)
