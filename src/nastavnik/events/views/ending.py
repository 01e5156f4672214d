"""«Завершить встречу»: what was, what was decided, and the papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.events import queries
from nastavnik.events.forms import EndForm
from nastavnik.events.services.ending import end_meeting
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page

STILL_ASKED = "Отмечены отсутствующими, но остались в опросе, потому что ответы уже есть:"


@page("events.edit", methods=["GET", "POST"])
def end(request: OrgRequest, pk: int) -> HttpResponseBase:
    event = event_or_404(pk)
    written = {"summary": event.summary, "decisions": event.decisions}
    form = EndForm(request.POST if request.method == "POST" else None, initial=written)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        end_meeting(
            actor=request.actor,
            organisation=request.organisation,
            event=event,
            now=timezone.now(),
            **data,
        )
        messages.success(request, "Встреча завершена. Протокол и лист регистрации составлены.")
        if kept := queries.asked_though_absent(event_or_404(pk)):
            names = ", ".join(person.short_name for person in kept)
            messages.warning(request, f"{STILL_ASKED} {names}.")
        return redirect("events:card", org=request.organisation.slug, pk=pk)

    came, invited = queries.counted(event)
    context = {
        "event": event,
        "org": request.organisation.slug,
        "came": came,
        "invited": invited,
    }
    return form_page(request, form, work, "events/end.html", context=context)
