"""A roadmap: whose it is, how far its agreement has come, which days its deadlines count from."""

from django.db import models
from django.db.models import Q

from nastavnik.documents.models import Document
from nastavnik.shared.states import moves
from nastavnik.tenancy.models import Organisation, OrganisationKind
from nastavnik.tenancy.scope import TenantModel


class RoadmapKind(models.TextChoices):
    """A municipal roadmap belongs to the authority of its territory."""

    INSTITUTION = "institution", "дорожная карта учреждения"
    MUNICIPAL = "municipal", "муниципальная дорожная карта"


def kind_for(organisation: Organisation) -> RoadmapKind:
    """What an organisation keeps: an authority the municipal roadmap, everybody else their own."""
    if organisation.kind == OrganisationKind.AUTHORITY:
        return RoadmapKind.MUNICIPAL
    return RoadmapKind.INSTITUTION


class RoadmapState(models.TextChoices):
    """Agreed becomes in force by the signature of the approving order."""

    DRAFT = "draft", "готовится"
    ON_AGREEMENT = "on_agreement", "на согласовании"
    RETURNED = "returned", "возвращена"
    AGREED = "agreed", "согласована"
    IN_FORCE = "in_force", "действует"
    CLOSED = "closed", "закрыта"


_R = RoadmapState
ROADMAP_TRANSITIONS = moves(
    {
        _R.DRAFT: (_R.ON_AGREEMENT, _R.CLOSED),
        _R.ON_AGREEMENT: (_R.RETURNED, _R.AGREED),
        _R.RETURNED: (_R.ON_AGREEMENT, _R.CLOSED),
        _R.AGREED: (_R.IN_FORCE, _R.RETURNED),
        _R.IN_FORCE: (_R.CLOSED, _R.AGREED),
    }
)
OPEN_STATES = frozenset(set(_R) - {_R.CLOSED})
EDITABLE_STATES = frozenset({_R.DRAFT, _R.RETURNED})


class AgreementBody(models.TextChoices):
    COORDINATOR = "coordinator", "координатор территории"
    COUNCIL = "council", "совет"


class Roadmap(TenantModel):
    """A plan with lines; a change of what was agreed is a new version."""

    kind = models.CharField(
        "вид", max_length=12, choices=RoadmapKind.choices, default=RoadmapKind.INSTITUTION
    )
    title = models.CharField("название", max_length=300)
    template_code = models.CharField("шаблон", max_length=60, blank=True)
    source_file = models.CharField("из файла", max_length=200, blank=True)
    starts_on = models.DateField("действует с")
    ends_on = models.DateField("по")
    academic = models.BooleanField("учебный год", default=False)
    state = models.CharField(
        "состояние", max_length=12, choices=RoadmapState.choices, default=RoadmapState.DRAFT
    )
    version = models.PositiveSmallIntegerField("версия", default=1)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_versions"
    )
    agreement_by = models.CharField(
        "кто согласует", max_length=12, choices=AgreementBody.choices, blank=True
    )
    agreement_body = models.CharField("название совета", max_length=200, blank=True)
    protocol_number = models.CharField("номер протокола", max_length=40, blank=True)
    protocol_on = models.DateField("дата протокола", null=True, blank=True)
    sent_by_id = models.BigIntegerField(null=True, blank=True)
    sent_by = models.CharField("кто отправил на согласование", max_length=200, blank=True)
    sent_on = models.DateField("отправлена", null=True, blank=True)
    agreed_by = models.CharField("кто согласовал", max_length=200, blank=True)
    agreed_post = models.CharField("должность согласовавшего", max_length=200, blank=True)
    agreed_on = models.DateField("согласована", null=True, blank=True)
    return_words = models.TextField("замечание ко всей карте", blank=True)
    order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order_item = models.CharField("пункт приказа", max_length=20, blank=True)
    in_force_on = models.DateField("утверждена", null=True, blank=True)
    closed_on = models.DateField("закрыта", null=True, blank=True)
    close_words = models.CharField("чем закончилась", max_length=500, blank=True)
    created_by = models.CharField("составил", max_length=200, blank=True)
    created_at = models.DateTimeField("составлена", auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (models.Index(fields=("organisation", "state"), name="roadmap_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="roadmap_period",
                violation_error_message="Последний день карты не может быть раньше первого.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "in_force")) | Q(agreed_on__isnull=False),
                name="roadmap_agreed_has_date",
                violation_error_message="У согласованной карты должна быть дата согласования.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_binding(self) -> bool:
        """Its days bind: before the approving order and after the end nobody is late."""
        return self.state == RoadmapState.IN_FORCE

    @property
    def is_editable(self) -> bool:
        """Lines and their dates change only before agreement and after a return."""
        return self.state in EDITABLE_STATES


class RoadmapEventDate(TenantModel):
    """When an event happened to which deadlines are relative («со дня определения модели»)."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="event_dates")
    event = models.CharField("событие", max_length=80)
    on = models.DateField("дата")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The document that told the day; none when a person entered it."""

    class Meta(TenantModel.Meta):
        ordering = ("event",)
        constraints = (
            models.UniqueConstraint(fields=("roadmap", "event"), name="roadmap_event_once"),
        )

    def __str__(self) -> str:
        return f"{self.event}: {self.on:%d.%m.%Y}"
