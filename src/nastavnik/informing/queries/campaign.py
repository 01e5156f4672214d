"""Reading the campaign: who was told, what proves it, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from nastavnik.documents.models import OPEN_STATES, Document, DocumentState
from nastavnik.informing.audiences import Audience
from nastavnik.informing.calendar import campaign_year
from nastavnik.informing.models import (
    Gathering,
    InformingCampaign,
    Mailing,
    Publication,
    Stage,
)

LATE_AFTER = timedelta(days=5)
_HEAVY = ("protocol__file", "protocol__data", "protocol__scan", "protocol__choices")


@dataclass(frozen=True)
class Told:
    """One audience of the campaign with its gatherings; the outside one with publications too."""

    audience: Audience
    gatherings: Sequence[Gathering]
    stage: Stage
    publications: Sequence[Publication] = field(default=())

    @property
    def is_proven(self) -> bool:
        return self.stage == Stage.PROVEN


def campaign_of(on: date) -> InformingCampaign | None:
    """The campaign of the school year of the day, if it was opened."""
    found: InformingCampaign | None = InformingCampaign.objects.filter(
        school_year=campaign_year(on)
    ).first()
    return found


def campaigns() -> list[InformingCampaign]:
    return list(InformingCampaign.objects.all())


def gatherings() -> "QuerySet[Any]":
    """Gatherings with what is needed of their protocols."""
    rows: QuerySet[Any] = Gathering.objects.select_related("protocol").defer(*_HEAVY)
    return rows


def told(campaign: InformingCampaign, today: date) -> list[Told]:
    """Every audience of the campaign and how far it came; two queries."""
    rows: dict[str, list[Gathering]] = {}
    for row in gatherings().filter(campaign=campaign).order_by("on", "id"):
        rows.setdefault(row.audience, []).append(row)
    wrote = list(campaign.publications.all())
    return [
        _told(Audience(code), rows.get(code, []), wrote if code == Audience.OUTSIDE else [], today)
        for code in campaign.audiences
        if code in Audience.values
    ]


def without_protocol(today: date) -> Any:
    """The earliest gathering that passed more than five days ago and has no protocol yet."""
    in_time = Q(protocol__state__in=(DocumentState.IN_FORCE, DocumentState.AMENDED))
    return (
        gatherings()
        .filter(on__lt=today - LATE_AFTER, protocol_on__isnull=True)
        .filter(campaign__school_year=campaign_year(today))
        .exclude(in_time)
        .order_by("on", "id")
        .first()
    )


def mailings(campaign: InformingCampaign) -> "QuerySet[Any]":
    """Letters of the campaign with how many were written, answered and brought people."""
    rows: QuerySet[Any] = Mailing.objects.filter(campaign=campaign).annotate(
        written=Count("letters"),
        answered=Count("letters", filter=~Q(letters__answer="none")),
        came=Count("letters", filter=Q(letters__came=True)),
    )
    return rows


def documents_to_discuss() -> "QuerySet[Any]":
    """Filed documents and drafts that a gathering may discuss; newest first, without the files."""
    rows: QuerySet[Any] = (
        Document.objects.filter(
            state__in=[*OPEN_STATES, DocumentState.IN_FORCE, DocumentState.AMENDED],
            folder__in=("01", "02", "03", "06"),
        )
        .only("pk", "organisation", "state", "title", "number_text", "registered_on")
        .order_by("-id")[:60]
    )
    return rows


def _told(
    audience: Audience,
    rows: Sequence[Gathering],
    wrote: Sequence[Publication],
    today: date,
) -> Told:
    stages = {row.stage(today) for row in rows}
    if wrote:
        stages.add(Stage.PROVEN)
    order = (Stage.PROVEN, Stage.HELD, Stage.PLANNED)
    stage = next((one for one in order if one in stages), Stage.IDLE)
    return Told(audience, rows, stage, wrote)
