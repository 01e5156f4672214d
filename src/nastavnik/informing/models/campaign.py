"""The informing campaign of a school year: who was told, where, and by which protocol it is proven."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models

from nastavnik.documents.models import OPEN_STATES, Document, DocumentState
from nastavnik.informing.audiences import SITTINGS, Audience, GatheringKind
from nastavnik.tenancy.scope import TenantModel

IN_FORCE = frozenset({DocumentState.IN_FORCE, DocumentState.AMENDED})


@dataclass(frozen=True)
class Proof:
    """The protocol of a gathering: one of ours in force, or a paper kept elsewhere."""

    number: str
    on: date
    document_id: int | None = None

    def __str__(self) -> str:
        return f"№ {self.number} от {self.on:%d.%m.%Y}"


class Stage(StrEnum):
    """How far a gathering came."""

    IDLE = "idle"
    PLANNED = "planned"
    HELD = "held"
    PROVEN = "proven"


class InformingCampaign(TenantModel):
    """The campaign of one school year; `audiences` are codes in the order of the page."""

    school_year = models.CharField("учебный год", max_length=7)
    audiences = models.JSONField("кому рассказываем", default=list)
    created_by = models.CharField("открыл", max_length=200, blank=True)
    created_on = models.DateField("открыта")

    class Meta(TenantModel.Meta):
        ordering = ("-school_year",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "school_year"),
                name="informing_campaign_once_a_year",
                violation_error_message="Кампания этого учебного года уже открыта.",
            ),
        )

    def __str__(self) -> str:
        return f"информирование, {self.school_year}"


class Gathering(TenantModel):
    """One meeting at which an audience is told; proven only with number and date of its protocol.

    `protocol_number` and `protocol_on` belong to a paper kept elsewhere; `protocol` is ours.
    """

    campaign = models.ForeignKey(
        InformingCampaign, on_delete=models.CASCADE, related_name="gatherings"
    )
    audience = models.CharField("кому", max_length=10, choices=Audience.choices)
    kind = models.CharField("где", max_length=20, choices=GatheringKind.choices)
    title = models.CharField("название", max_length=160, blank=True)
    on = models.DateField("дата", null=True, blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    agenda = models.TextField("повестка", blank=True)
    listened = models.TextField("слушали", blank=True)
    decisions = models.TextField("решили", blank=True)
    present_count = models.PositiveIntegerField("сколько было", null=True, blank=True)
    chair = models.CharField("председатель", max_length=160, blank=True)
    secretary = models.CharField("секретарь", max_length=160, blank=True)
    discussed = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    protocol = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    protocol_number = models.CharField("номер протокола", max_length=40, blank=True)
    protocol_on = models.DateField("дата протокола", null=True, blank=True)
    created_by = models.CharField("записал", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(protocol_number="", protocol_on__isnull=True)
                | (~models.Q(protocol_number="") & models.Q(protocol_on__isnull=False)),
                name="gathering_number_with_date",
                violation_error_message="Впишите и номер, и дату протокола.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%d.%m.%Y}" if self.on else self.name

    @property
    def name(self) -> str:
        """«педагогический совет», or the institution's own word for it."""
        return self.title or self.get_kind_display()

    @property
    def is_sitting(self) -> bool:
        return self.kind in SITTINGS

    @property
    def has_draft(self) -> bool:
        """A protocol of ours waits for its signature and number."""
        return self.protocol is not None and self.protocol.state in OPEN_STATES

    @property
    def proof(self) -> Proof | None:
        paper = self.protocol
        if paper is not None and paper.state in IN_FORCE and paper.registered_on:
            return Proof(paper.number_text, paper.registered_on, paper.pk)
        if self.protocol_number and self.protocol_on:
            return Proof(self.protocol_number, self.protocol_on)
        return None

    def stage(self, today: date) -> Stage:
        """A day that has passed without a protocol is held: nobody has to say so."""
        if self.proof is not None:
            return Stage.PROVEN
        if self.on is None:
            return Stage.IDLE
        return Stage.HELD if self.on <= today else Stage.PLANNED


class Publication(TenantModel):
    """An item in the media about mentoring: it tells the outside audience and proves it."""

    campaign = models.ForeignKey(
        InformingCampaign, on_delete=models.CASCADE, related_name="publications"
    )
    title = models.CharField("заголовок", max_length=300)
    outlet = models.CharField("где вышло", max_length=200)
    address = models.CharField("ссылка или номер и страница", max_length=500, blank=True)
    published_on = models.DateField("когда вышло")

    class Meta(TenantModel.Meta):
        ordering = ("-published_on", "-id")

    def __str__(self) -> str:
        return f"«{self.title}», {self.outlet}"
