"""The coordinator's queue: many roadmaps at once, one roadmap with remarks to its lines."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.roadmaps import policies
from nastavnik.roadmaps.forms.territory import AgreeManyForm, RemarksForm
from nastavnik.roadmaps.models import RoadmapItem
from nastavnik.roadmaps.queries import agreement
from nastavnik.roadmaps.queries.agreement import Candidate, waits_for_coordinator
from nastavnik.roadmaps.queries.asked import asked
from nastavnik.roadmaps.queries.targets import in_plan
from nastavnik.roadmaps.remarks import TYPICAL
from nastavnik.roadmaps.services import states
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted
from nastavnik.tenancy.scope import scope

ROADMAPS = ("дорожная карта", "дорожные карты", "дорожных карт")


@page("roadmaps.view")
def queue(request: Any) -> HttpResponseBase:
    context = {
        "queue": _queue(request),
        "asked": asked(request.territory, on=timezone.localdate()),
        "audiences": sorted(request.actor.audiences),
        "may_agree": bool(request.actor.can("roadmaps.agree")),
    }
    return TemplateResponse(request, "roadmaps/territory/queue.html", context)


@page("roadmaps.agree", methods=["POST"])
def agree_many(request: Any) -> HttpResponseBase:
    """Agree those that were shown without a finding and still have none."""
    clean = {one.roadmap.pk: one for one in _queue(request).clean}
    form = AgreeManyForm(request.POST, clean_ids=clean)
    if not form.is_valid():
        messages.warning(
            request, "Карты изменились, пока страница была открыта. Посмотрите ещё раз."
        )
        return redirect("roadmaps:queue", territory=request.territory.slug)
    chosen = [clean[pk].roadmap for pk in form.cleaned_data["roadmaps"]]
    told = states.agree_many(actor=request.actor, chosen=chosen)
    done = sum(1 for _roadmap, words in told if not words)
    if done:
        messages.success(request, f"Согласовано: {counted(done, *ROADMAPS)}.")
    for roadmap, words in told:
        if words:
            place = clean[roadmap.pk].organisation.short_name
            messages.error(request, f"{place}: {words}")
    return redirect("roadmaps:queue", territory=request.territory.slug)


@page("roadmaps.view")
def judge(request: Any, pk: int) -> HttpResponseBase:
    """One roadmap: what deviates first, every line on request."""
    found = _candidate(request, pk)
    form = RemarksForm(item_ids=[item.pk for item in found.items], initial=suggested_remarks(found))
    return _judge_page(request, found, form)


def suggested_remarks(found: Candidate) -> dict[str, list[int]]:
    """Chips ticked beforehand: what is missing is asked for in the same words every time."""
    chips = defaultdict(list)
    for finding in found.review.findings:
        if finding.item_id is not None and finding.remark:
            chips[f"chips-{finding.item_id}"].append(TYPICAL.index(finding.remark))
    return dict(chips)


@page("roadmaps.agree", methods=["POST"])
def agree(request: Any, pk: int) -> HttpResponseBase:
    found = _candidate(request, pk)
    with scope({found.organisation.pk}):
        states.agree(actor=request.actor, roadmap=found.roadmap)
    messages.success(request, f"Согласовано: {found.organisation.short_name}.")
    return _next(request, found)


@page("roadmaps.agree", methods=["POST"])
def send_back(request: Any, pk: int) -> HttpResponseBase:
    """Return a roadmap with remarks to its lines or to the whole of it."""
    found = _candidate(request, pk)
    form = RemarksForm(request.POST, item_ids=[item.pk for item in found.items])

    def work(data: dict[str, Any]) -> HttpResponseBase:
        with scope({found.organisation.pk}):
            states.return_with_comments(
                actor=request.actor,
                roadmap=found.roadmap,
                words=data["words"],
                remarks=form.remarks(),
            )
        messages.success(request, f"Возвращено с замечаниями: {found.organisation.short_name}.")
        return _next(request, found)

    return attempt(form, work) or _judge_page(request, found, form, status=422)


@dataclass(frozen=True)
class JudgedLine:
    """A line with what the checks say of it and the fields for a remark."""

    item: RoadmapItem
    findings: tuple[Any, ...]
    chips: BoundField
    text: BoundField
    is_past: bool


def _candidate(request: Any, pk: int) -> Candidate:
    found = agreement.candidate(request.territory, pk, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _judge_page(
    request: Any,
    found: Candidate,
    form: RemarksForm,
    *,
    status: int = 200,
) -> HttpResponseBase:
    of_item = defaultdict(list)
    for finding in found.review.findings:
        of_item[finding.item_id].append(finding)
    every = "all" in request.GET or found.review.is_clean
    with scope({found.organisation.pk}):
        targets = in_plan(found.roadmap)
    context = {
        "found": found,
        "form": form,
        "lines": [
            JudgedLine(
                item=item,
                findings=tuple(of_item[item.pk]),
                chips=form[f"chips-{item.pk}"],
                text=form[f"text-{item.pk}"],
                is_past=item.pk in found.review.past,
            )
            for item in found.items
            if every or of_item[item.pk]
        ],
        "absent": of_item[None],
        "targets": targets,
        "total": len(found.items),
        "every": every,
        "following": _following(request, found),
        "may_agree": waits_for_coordinator(found.roadmap)
        and bool(policies.can_return(request.actor, found.roadmap)),
    }
    return TemplateResponse(request, "roadmaps/territory/judge.html", context, status=status)


def _next(request: Any, found: Candidate) -> HttpResponseBase:
    """On to the next roadmap that needs a look; back to the queue when there is none."""
    following = _following(request, found)
    if following is None:
        return redirect("roadmaps:queue", territory=request.territory.slug)
    return redirect("roadmaps:judge", territory=request.territory.slug, pk=following.roadmap.pk)


def _queue(request: Any) -> agreement.Queue:
    return agreement.queue(
        request.territory, on=timezone.localdate(), audiences=request.actor.audiences
    )


def _following(request: Any, found: Candidate) -> Candidate | None:
    return agreement.next_waiting(
        request.territory,
        found.roadmap,
        on=timezone.localdate(),
        audiences=request.actor.audiences,
    )
