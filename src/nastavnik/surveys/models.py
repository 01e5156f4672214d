"""Survey campaigns: who is asked, how each one answers, and what they wished."""

from datetime import date

from django.db import models

from nastavnik.people.models import Person
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel

MOST_WISHES = 3
MOST_AVOIDED = 3


class CampaignKind(models.TextChoices):
    """Later questionnaires join here; each kind keeps its answers in rows of its own."""

    PREFERENCE = "preference", "опрос предпочтений"


class CampaignState(models.TextChoices):
    DRAFT = "draft", "готовится"
    OPEN = "open", "идёт"
    CLOSED = "closed", "закрыт"


_C = CampaignState
CAMPAIGN_TRANSITIONS = moves({_C.DRAFT: (_C.OPEN,), _C.OPEN: (_C.CLOSED,), _C.CLOSED: (_C.OPEN,)})


class Side(models.TextChoices):
    MENTEE = "mentee", "наставляемый"
    MENTOR = "mentor", "наставник"


class AnswerWay(models.TextChoices):
    LINK = "link", "по ссылке"
    PAPER = "paper", "на бумаге"


class Campaign(TenantModel):
    """One round of questions to the same people; after its last day it takes no answers."""

    kind = models.CharField(
        "вид", max_length=12, choices=CampaignKind.choices, default=CampaignKind.PREFERENCE
    )
    state = models.CharField(
        "состояние", max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    title = models.CharField("название", max_length=200)
    source_label = models.CharField("после какой встречи", max_length=200, blank=True)
    opens_on = models.DateField("открыт с")
    closes_on = models.DateField("отвечать до")
    closed_on = models.DateField("закрыт", null=True, blank=True)
    school_year = models.CharField("учебный год", max_length=7)
    held_back = models.JSONField("кого не спросили", default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-opens_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="survey_period",
                violation_error_message="Последний день опроса не может быть раньше первого.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: date) -> bool:
        """Whether everybody may answer on the day; a late person may be let in besides."""
        return self.state == CampaignState.OPEN and day <= self.closes_on

    @property
    def last_day(self) -> date:
        """When the campaign closed, or will."""
        return self.closed_on or self.closes_on


class Invitation(TenantModel):
    """One person's place on one side of a campaign, with a personal link and a number on paper.

    Of the link only a hash is kept; the link itself is made again from `nonce` and the key of the
    installation (links.py), so that it can be printed twice and a stolen base opens nothing.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="survey_invitations")
    side = models.CharField("сторона", max_length=6, choices=Side.choices)
    number = models.PositiveIntegerField("номер в списке", default=1)
    talked_to = models.JSONField("с кем говорил, по порядку", default=list, blank=True)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    late_until = models.DateField("открыт лично до", null=True, blank=True)
    answered_at = models.DateTimeField("ответил", null=True, blank=True)
    way = models.CharField("как ответил", max_length=5, choices=AnswerWay.choices, blank=True)
    why = models.CharField("почему", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "side", "person"),
                name="survey_person_once",
                violation_error_message="Этот человек уже участвует в опросе.",
            ),
            models.UniqueConstraint(fields=("campaign", "number"), name="survey_number_once"),
        )

    def __str__(self) -> str:
        return f"анкета № {self.number}"

    @property
    def code(self) -> str:
        """What stands on the paper form: campaign and number, «7-14»."""
        return f"{self.campaign_id}-{self.number}"


class Wish(TenantModel):
    """One line of an answer: first, second or third choice, or «with whom better not».

    Shown to the curator alone. At most three ranks follow from the constraints together.
    """

    chooser = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="wishes")
    about = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="wished_by")
    rank = models.PositiveSmallIntegerField("место", null=True, blank=True)
    is_not_with = models.BooleanField("с кем не стоит", default=False)

    class Meta(TenantModel.Meta):
        ordering = ("chooser", "rank", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("chooser", "rank"),
                name="survey_rank_once",
                violation_error_message="Это место уже занято.",
            ),
            models.UniqueConstraint(
                fields=("chooser", "about"),
                name="survey_choice_once",
                violation_error_message="Этот человек уже выбран.",
            ),
            models.CheckConstraint(
                # A bare range is unknown for NULL, and an unknown check passes.
                condition=models.Q(
                    rank__isnull=False, rank__range=(1, MOST_WISHES), is_not_with=False
                )
                | models.Q(rank__isnull=True, is_not_with=True),
                name="survey_rank_1_3_or_not_with",
                violation_error_message="Можно выбрать не больше трёх человек.",
            ),
        )

    def __str__(self) -> str:
        return f"строка {self.pk}"
