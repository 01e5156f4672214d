"""The card of a meeting and its steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.audit.queries import history_lines
from nastavnik.documents.models import DocumentState
from nastavnik.events import policies, queries
from nastavnik.events.forms import CancelForm, ReopenForm
from nastavnik.events.lists import STATE_TAGS, kind_words, state_words
from nastavnik.events.models import Event, EventKind, EventState
from nastavnik.events.services import ending, meetings
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted, date_words
from nastavnik.surveys.queries import campaigns

PEOPLE = ("человек", "человека", "человек")


@page("events.view")
def card(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _show(request, event_or_404(pk))


@page("events.edit", methods=["POST"])
def announce(request: OrgRequest, pk: int) -> HttpResponseBase:
    meetings.announce(actor=request.actor, event=event_or_404(pk))
    messages.success(request, "Встреча объявлена. Раздайте приглашения.")
    return redirect("events:card", org=request.organisation.slug, pk=pk)


@page("events.edit", methods=["POST"])
def start(request: OrgRequest, pk: int) -> HttpResponseBase:
    meetings.start(actor=request.actor, event=event_or_404(pk), today=timezone.localdate())
    messages.success(request, "Встреча идёт. Отмечайте пришедших.")
    return redirect("events:card", org=request.organisation.slug, pk=pk)


@page("events.edit", methods=["POST"])
def cancel(request: OrgRequest, pk: int) -> HttpResponseBase:
    event, form = event_or_404(pk), CancelForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        meetings.cancel(actor=request.actor, event=event, **data)
        messages.success(request, "Встреча отменена. Предупредите приглашённых.")
        return redirect("events:card", org=request.organisation.slug, pk=pk)

    return attempt(form, work) or _show(request, event_or_404(pk), form)


@page("events.edit", methods=["POST"])
def reopen(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The end was a mistake."""
    event, form = event_or_404(pk), ReopenForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        ending.reopen_meeting(actor=request.actor, event=event, **data)
        messages.success(request, "Встреча снова идёт. Когда всё верно, завершите её ещё раз.")
        return redirect("events:card", org=request.organisation.slug, pk=pk)

    return attempt(form, work) or _show(request, event_or_404(pk), reopen_form=form)


def _show(
    request: OrgRequest,
    event: Event,
    form: CancelForm | None = None,
    reopen_form: ReopenForm | None = None,
) -> HttpResponseBase:
    came, invited = queries.counted(event)
    may_edit = bool(policies.can_change(request.actor, event))
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "state_words": state_words(event.state),
        "state_tag": STATE_TAGS[event.state],
        "came": came,
        "came_words": f"Пришли {came} из {invited}",
        "invited": invited,
        "may_edit": may_edit,
        "may_start": may_edit
        and event.state == EventState.ANNOUNCED
        and event.on <= timezone.localdate(),
        "prints": _prints(request, event) if invited else [],
        "rows": _facts(event),
        "tasks": _tasks(request, event, came, invited),
        "cancel_form": form or CancelForm(),
        "reopen_form": reopen_form or ReopenForm(),
        "may_reopen": bool(policies.can_reopen(request.actor, event)),
        "history": history_lines(event, without="events.arrived"),
    }
    status = 422 if any(f is not None and f.errors for f in (form, reopen_form)) else 200
    return TemplateResponse(request, "events/card.html", context, status=status)


def _prints(request: OrgRequest, event: Event) -> list[dict[str, str]]:
    """What there is to print; papers with personal codes are for those who prepare the meeting."""
    names = [("sheet", "Лист регистрации"), ("sheet-docx", "Лист регистрации в Word")]
    if policies.can_change(request.actor, event):
        names = [
            ("invitations", "Приглашения по восемь на листе"),
            ("invitations-docx", "Приглашения в Word, письмо каждому"),
            ("badges", "Бейджи"),
            *names,
        ]
    where = {"org": request.organisation.slug, "pk": event.pk}
    return [{"text": text, "url": reverse(f"events:{name}", kwargs=where)} for name, text in names]


def _facts(event: Event) -> list[dict[str, Any]]:
    rows = [
        {"title": "Какая встреча", "value": kind_words(event.kind)},
        {"title": "Когда", "value": f"{date_words(event.on)}, {event.starts_at:%H:%M}"},
    ]
    if event.place:
        rows.append({"title": "Место", "value": event.place})
    if event.link:
        rows.append({"title": "Ссылка", "value": event.link})
    if event.summary:
        rows.append({"title": "Что было", "value": event.summary})
    if event.decisions:
        rows.append({"title": "Что решили", "value": event.decisions})
    if event.cancel_reason:
        rows.append({"title": "Почему отменена", "value": event.cancel_reason})
    return rows


def _tasks(request: OrgRequest, event: Event, came: int, invited: int) -> list[dict[str, str]]:
    """What to do and in which order."""
    where = {"org": request.organisation.slug, "pk": event.pk}
    is_told = event.state != EventState.DRAFT
    is_day = event.state in {EventState.GOING, EventState.ENDED}
    marks = (
        f"Пришли {came} из {invited}." if is_day else "По QR-коду, по коду с бейджа или в списке."
    )
    tasks = [
        {
            "title": "Участники",
            "url": reverse("events:people", kwargs=where),
            "text": f"В списке {counted(invited, *PEOPLE)}."
            if invited
            else "Отметьте, кого приглашаете.",
            "state": "done" if is_told and invited else "go",
        },
        {
            "title": "Отметка пришедших",
            "url": reverse("events:attendance", kwargs=where),
            "text": marks,
            "state": _day_state(event),
        },
    ]
    if event.kind == EventKind.GROUP_MEETING:
        tasks.insert(1, _talks(event, where))
    if policies.can_end(request.actor, event) or event.state == EventState.ENDED:
        tasks.append(_ending(event, where))
    if event.state == EventState.ENDED and event.kind == EventKind.GROUP_MEETING:
        tasks += _survey(request, event, where)
    return tasks


def _talks(event: Event, where: dict[str, Any]) -> dict[str, str]:
    rounds = len(event.rotation.get("rounds") or [])
    text = "Кто с кем и за каким столом: общие темы, без повторов."
    if rounds:
        text = f"{counted(rounds, 'раунд', 'раунда', 'раундов')}."
    state = "idle" if event.state in {EventState.ENDED, EventState.CANCELLED} else "go"
    return {
        "title": "Короткие разговоры",
        "url": reverse("events:talks", kwargs=where),
        "text": text,
        "state": "done" if rounds else state,
    }


def _survey(request: OrgRequest, event: Event, where: dict[str, Any]) -> list[dict[str, str]]:
    if event.survey_id is None and not request.actor.can("surveys.edit"):
        return []
    found = {"title": "Опрос предпочтений", "state": "go"}
    if event.survey_id is None:
        text = "Спросите тех, кто был: с кем им интересно работать."
        return [{**found, "url": reverse("events:survey", kwargs=where), "text": text}]
    url = reverse("surveys:campaign", kwargs={"org": where["org"], "pk": event.survey_id})
    survey = campaigns().get(pk=event.survey_id)
    is_open = survey.is_open_on(timezone.localdate())
    until = f"идёт до {survey.closes_on:%d.%m}" if is_open else f"закрыт {survey.last_day:%d.%m}"
    text = f"Ответили {survey.answered} из {survey.asked}, опрос {until}."
    return [{**found, "state": "wait" if is_open else "done", "url": url, "text": text}]


def _ending(event: Event, where: dict[str, Any]) -> dict[str, str]:
    if event.protocol is None:
        return {
            "title": "Завершение и протокол",
            "url": reverse("events:end", kwargs=where),
            "text": "Отметки закроются, протокол и лист регистрации составятся сами.",
            "state": "go",
        }
    if event.protocol.state == DocumentState.DROPPED:
        return {
            "title": "Протокол",
            "url": "#reopen",
            "text": "Проект протокола удалён. Откройте встречу снова и завершите её ещё раз.",
            "state": "go",
        }
    paper = reverse("documents:card", kwargs={"org": where["org"], "pk": event.protocol.pk})
    return {
        "title": "Протокол",
        "url": paper,
        "text": "Подпишите протокол и подшейте его в дело."
        if event.protocol.is_open
        else str(event.protocol),
        "state": "go" if event.protocol.is_open else "done",
    }


def _day_state(event: Event) -> str:
    if event.state == EventState.GOING:
        return "go"
    return "done" if event.state == EventState.ENDED else "idle"
