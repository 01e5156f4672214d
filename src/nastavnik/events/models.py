"""Group meetings: who is invited, who came, what the papers say."""

from django.db import models

from nastavnik.documents.models import Document
from nastavnik.people.models import Person
from nastavnik.shared.states import moves
from nastavnik.surveys.models import Campaign
from nastavnik.tenancy.scope import TenantModel


class EventKind(models.TextChoices):
    """`GROUP_MEETING` precedes the choice of pairs, `FINAL_MEETING` gathers the pairs that worked."""

    GROUP_MEETING = "group_meeting", "встреча перед подбором пар"
    FINAL_MEETING = "final_meeting", "итоговая встреча пар"


class EventState(models.TextChoices):
    DRAFT = "draft", "готовится"
    ANNOUNCED = "announced", "объявлена"
    GOING = "going", "идёт"
    ENDED = "ended", "завершена"
    CANCELLED = "cancelled", "отменена"


_E = EventState
EVENT_TRANSITIONS = moves(
    {
        _E.DRAFT: (_E.ANNOUNCED, _E.CANCELLED),
        _E.ANNOUNCED: (_E.GOING, _E.CANCELLED),
        _E.GOING: (_E.ENDED, _E.CANCELLED),
        _E.ENDED: (_E.GOING,),  # reopened while its papers are drafts
    }
)
OPEN_STATES = frozenset({_E.DRAFT, _E.ANNOUNCED, _E.GOING})


class Event(TenantModel):
    """One group meeting. The address behind its QR code is kept only as a hash (`tokens`)."""

    kind = models.CharField(
        "какая встреча", max_length=20, choices=EventKind.choices, default=EventKind.GROUP_MEETING
    )
    state = models.CharField(
        "состояние", max_length=10, choices=EventState.choices, default=EventState.DRAFT
    )
    title = models.CharField("название", max_length=200)
    on = models.DateField("дата")
    starts_at = models.TimeField("начало")
    place = models.CharField("место", max_length=200, blank=True)
    link = models.URLField("ссылка на видеовстречу", max_length=300, blank=True)
    round_minutes = models.PositiveSmallIntegerField("минут на разговор", default=3)
    rotation = models.JSONField("расписание разговоров", default=dict, blank=True)
    summary = models.TextField("что было на встрече", blank=True)
    decisions = models.TextField("что решили", blank=True)
    cancel_reason = models.CharField("причина отмены", max_length=300, blank=True)
    ended_at = models.DateTimeField("завершена", null=True, blank=True)
    survey = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    protocol = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    attendance_list = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.CharField("подготовил", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("organisation", "state"), name="event_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(place="") | ~models.Q(link=""),
                name="event_has_place_or_link",
                violation_error_message="Укажите место или ссылку на видеовстречу.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.on:%d.%m.%Y}"


class Side(models.TextChoices):
    MENTEE = "mentee", "наставляемый"
    MENTOR = "mentor", "наставник"


class Arrival(models.TextChoices):
    QR = "qr", "по личному QR-коду"
    CODE = "code", "по коду с бейджа"
    DESK = "desk", "на входе"
    HAND = "hand", "по списку"


class Participant(TenantModel):
    """An invited person: the number on the badge, the short code, the personal QR code."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="event_places")
    side = models.CharField("кто", max_length=6, choices=Side.choices)
    number = models.PositiveSmallIntegerField("номер бейджа")
    code = models.CharField("код с бейджа", max_length=6)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    arrived_at = models.DateTimeField("когда пришёл", null=True, blank=True)
    arrived_by = models.CharField("как отмечен", max_length=4, choices=Arrival.choices, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "person"),
                name="event_person_once",
                violation_error_message="Этот человек уже приглашён.",
            ),
            models.UniqueConstraint(fields=("event", "number"), name="event_number_once"),
            models.UniqueConstraint(fields=("event", "code"), name="event_code_once"),
        )

    def __str__(self) -> str:
        return f"участник № {self.number}"

    @property
    def is_mentor(self) -> bool:
        return self.side == Side.MENTOR


class MeetingWaiver(TenantModel):
    """The institution makes this school year's pairs without a group meeting, and says why."""

    school_year = models.CharField("учебный год", max_length=7)
    reason = models.CharField("почему без встречи", max_length=300)
    decided_by = models.CharField("кто решил", max_length=200, blank=True)
    decided_on = models.DateField("когда решили")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "school_year"),
                name="meeting_waiver_once_a_year",
                violation_error_message="На этот учебный год так уже решили.",
            ),
        )

    def __str__(self) -> str:
        return f"без групповой встречи, {self.school_year}"


class WrongCode(TenantModel):
    """A code that nobody has: counted, so that codes cannot be guessed. `origin` is a keyed hash."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wrong_codes")
    origin = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=("event", "at"), name="wrong_code_by_time"),)

    def __str__(self) -> str:
        return f"неверный код {self.pk}"
