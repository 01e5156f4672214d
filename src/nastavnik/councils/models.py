"""Councils and groups: who belongs to them by which order, when they sit, what they decide."""

from datetime import date

from django.db import models

from nastavnik.accounts.models import User
from nastavnik.documents.models import Document
from nastavnik.people.models import Person
from nastavnik.shared.states import moves
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel


class CouncilKind(models.TextChoices):
    WORKING_GROUP = "working_group", "рабочая группа"
    CREATIVE_GROUP = "creative_group", "творческая группа"
    METHODICAL = "methodical", "методическое объединение наставников"
    EXPERT = "expert", "экспертный совет"
    GOVERNING = "governing", "управляющий совет"
    PEDAGOGICAL = "pedagogical", "педагогический совет"
    CURATORS = "curators", "совет кураторов"
    COMMUNITY = "community", "сообщество наставников"


GROUPS = frozenset({CouncilKind.WORKING_GROUP, CouncilKind.CREATIVE_GROUP})


class CouncilState(models.TextChoices):
    DRAFT = "draft", "состав не утверждён"
    ACTIVE = "active", "работает"
    CLOSED = "closed", "завершил работу"


_C = CouncilState
COUNCIL_TRANSITIONS = moves(
    {
        _C.DRAFT: (_C.ACTIVE, _C.CLOSED),
        _C.ACTIVE: (_C.DRAFT, _C.CLOSED),  # back when the only order is cancelled
    }
)


class Council(TenantModel):
    """A council or group of an institution, or of a territory when its authority owns the row."""

    kind = models.CharField("вид", max_length=20, choices=CouncilKind.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=CouncilState.choices, default=CouncilState.DRAFT
    )
    name = models.CharField("название", max_length=200)
    task = models.TextField("задачи", blank=True)
    rhythm = models.CharField("как часто собирается", max_length=60, blank=True)
    starts_on = models.DateField("работает с", null=True, blank=True)
    ends_on = models.DateField("работает по", null=True, blank=True)
    order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    draft_order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    regulation = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    regulation_title = models.CharField("положение", max_length=200, blank=True)
    regulation_number = models.CharField("номер положения", max_length=40, blank=True)
    regulation_on = models.DateField("дата положения", null=True, blank=True)
    close_words = models.CharField("чем завершилась работа", max_length=300, blank=True)
    created_by = models.CharField("завёл", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("state", "name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="council_ends_after_start",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(order__isnull=False),
                name="council_active_has_order",
                violation_error_message="Совет работает только по приказу о составе.",
            ),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=models.Q(kind="working_group") & ~models.Q(state="closed"),
                name="council_one_working_group",
                violation_error_message="Рабочая группа уже есть: измените её состав.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def is_open(self) -> bool:
        return self.state != CouncilState.CLOSED


class Office(models.TextChoices):
    CHAIR = "chair", "председатель"
    SECRETARY = "secretary", "секретарь"
    MEMBER = "member", "член"


class CouncilMember(TenantModel):
    """A place in the composition that an order approved: one of the staff, a curator of another
    institution (an adult with an account), or a person from outside who is typed in."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="members")
    order = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="council_members")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="council_places"
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("фамилия, имя, отчество", max_length=200, blank=True)
    gender = models.CharField("пол", max_length=6, blank=True)
    post = models.CharField("должность", max_length=160, blank=True)
    workplace = models.CharField("организация", max_length=200, blank=True)
    office = models.CharField(
        "в совете", max_length=10, choices=Office.choices, default=Office.MEMBER
    )
    position = models.PositiveSmallIntegerField("место в списке", default=0)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("order", "person"),
                condition=models.Q(person__isnull=False),
                name="council_person_once",
                violation_error_message="Этот человек уже в составе.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="", person__isnull=True, user__isnull=True),
                name="council_member_is_somebody",
                violation_error_message="Укажите, кто входит в состав.",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        if self.person is not None:
            return self.person.full_name
        return self.user.full_name if self.user is not None else self.name

    @property
    def about(self) -> str:
        """Post and organisation; those of the staff as their card says today."""
        post = self.person.post if self.person is not None else self.post
        return ", ".join(part for part in (post, self.workplace) if part)

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class SittingState(models.TextChoices):
    PLANNED = "planned", "по плану"
    HELD = "held", "проведено"
    CANCELLED = "cancelled", "отменено"


_S = SittingState
SITTING_TRANSITIONS = moves(
    {
        _S.PLANNED: (_S.HELD, _S.CANCELLED),
        _S.HELD: (_S.HELD, _S.PLANNED),  # written anew, or marked by mistake, without a protocol
    }
)


class Sitting(TenantModel):
    """A sitting from the plan to its protocol. `by_month`: only the month is planned, and
    `planned_on` is its last day."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="sittings")
    state = models.CharField(
        "состояние", max_length=10, choices=SittingState.choices, default=SittingState.PLANNED
    )
    planned_on = models.DateField("когда по плану")
    by_month = models.BooleanField("известен только месяц", default=False)
    topic = models.CharField("тема", max_length=300)
    agenda = models.TextField("повестка", blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    held_on = models.DateField("проведено", null=True, blank=True)
    chair = models.ForeignKey(
        CouncilMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    secretary = models.ForeignKey(
        CouncilMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    guests = models.TextField("приглашённые", blank=True)
    heard = models.TextField("слушали", blank=True)
    protocol = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="council_sittings"
    )
    cancel_reason = models.CharField("причина отмены", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("planned_on", "id")
        indexes = (models.Index(fields=("organisation", "state"), name="sitting_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="held") | models.Q(held_on__isnull=False),
                name="sitting_held_has_date",
                violation_error_message="У проведённого заседания должна быть дата.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic}, {self.held_on or self.planned_on:%d.%m.%Y}"

    @property
    def day(self) -> date:
        return self.held_on or self.planned_on

    @property
    def agenda_lines(self) -> list[str]:
        """The agenda as numbered entries; the topic alone when nothing more is written."""
        return lines_of(self.agenda) or [self.topic]


class Presence(TenantModel):
    """A member who came to a sitting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(CouncilMember, on_delete=models.CASCADE, related_name="presences")

    class Meta(TenantModel.Meta):
        ordering = ("member__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("sitting", "member"), name="council_presence_once"),
        )

    def __str__(self) -> str:
        return f"присутствие {self.pk}"


class Decision(TenantModel):
    """What a sitting decided: words, who does it, by when."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField("номер")
    text = models.CharField("решение", max_length=1000)
    responsible = models.CharField("ответственный", max_length=200, blank=True)
    due_on = models.DateField("срок", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:100]


def lines_of(text: str) -> list[str]:
    """Paragraphs of a typed text, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def belongs_to_territory(organisation: Organisation) -> bool:
    """Councils of the authority are those of its territory."""
    return organisation.kind in TERRITORY_OWNERS


TERRITORY_OWNERS = ("authority", "centre")
