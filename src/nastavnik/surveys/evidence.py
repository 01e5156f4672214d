"""What surveys can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.roadmaps.evidence import (
    UNTIL,
    Evidence,
    EvidenceKind,
    Parameter,
    Work,
    earliest,
    register,
    register_document_work,
)
from nastavnik.surveys.models import Campaign, CampaignKind, CampaignState


def survey_closed(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """The latest closed survey of `parameters["kind"]`; one that still runs is work on the way."""
    since, until = earliest(parameters), parameters.get(UNTIL)
    rows = Campaign.objects.filter(
        kind=parameters.get("kind", CampaignKind.PREFERENCE), opens_on__lte=on
    )
    if since:
        rows = rows.filter(closes_on__gte=since)
    if until:
        rows = rows.filter(opens_on__lte=until)
    for campaign in rows.exclude(state=CampaignState.DRAFT).order_by("-opens_on", "-id")[:20]:
        if campaign.state == CampaignState.CLOSED and campaign.last_day <= on:
            words = f"опрос закрыт {campaign.last_day:%d.%m.%Y}"
            return Evidence(words, campaign.last_day)
        if campaign.state == CampaignState.OPEN:
            return Evidence(f"опрос идёт до {campaign.closes_on:%d.%m.%Y}", is_met=False)
    return None


def register_all() -> None:
    register(
        EvidenceKind.SURVEY_CLOSED,
        survey_closed,
        title="Опрос проведён и закрыт",
        parameters=(
            Parameter(
                "kind",
                "Какой опрос",
                "choice",
                default=CampaignKind.PREFERENCE.value,
                choices=lambda: CampaignKind.choices,
            ),
        ),
        work=_SURVEYS,
        hint="Опрос этого года закрыт: куратор завершил его или вышел срок.",
    )
    for kind in ("preference_analysis", "preference_form"):
        register_document_work(kind, _SURVEYS, is_yearly=True)


_SURVEYS = Work("Открыть опросы", "surveys:list")
