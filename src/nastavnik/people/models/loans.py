"""A mentor of one institution for a mentee of another: each side keeps its own row.

The rows share a token and nothing else. Neither holds a name of the other side until both agreed:
then `revealed` gets the few words that each may know.
"""

from django.db import models

from nastavnik.people.models.profiles import MenteeProfile, MentorProfile
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel


class LoanState(models.TextChoices):
    ASKED = "asked", "ждёт ответа"
    AGREED = "agreed", "согласовано"
    DECLINED = "declined", "отклонено"
    WITHDRAWN = "withdrawn", "отозвано"
    ENDED = "ended", "завершено"


_L = LoanState
LOAN_TRANSITIONS = moves(
    {
        _L.ASKED: (_L.AGREED, _L.DECLINED, _L.WITHDRAWN),
        _L.AGREED: (_L.ENDED,),
    }
)


class SaidWay(models.TextChoices):
    """How the mentor's «да» came."""

    SPOKEN = "spoken", "устно куратору"
    SHEET = "sheet", "письменно"
    LINK = "link", "сам по ссылке"


class LoanRequest(TenantModel):
    """We ask a neighbour for a mentor; `offer` and `mentor_key` are digests that name nobody."""

    token = models.CharField(max_length=32, unique=True)
    lender = models.ForeignKey("tenancy.Organisation", on_delete=models.PROTECT, related_name="+")
    offer = models.CharField(max_length=32)
    mentor_key = models.CharField(max_length=32)
    mentee = models.ForeignKey(
        MenteeProfile, on_delete=models.CASCADE, related_name="loan_requests"
    )
    state = models.CharField(
        "состояние", max_length=10, choices=LoanState.choices, default=LoanState.ASKED
    )
    asked_for = models.CharField("кого просим", max_length=300, blank=True)
    asked_on = models.DateField("когда спросили")
    asked_by = models.CharField("кто спросил", max_length=200, blank=True)
    answered_on = models.DateField("когда ответили", null=True, blank=True)
    answer = models.CharField("ответ", max_length=300, blank=True)
    form = models.CharField("форма", max_length=40, blank=True)
    revealed = models.JSONField("кто наставник", default=dict, blank=True)
    introduced_on = models.DateField("имя открыто", null=True, blank=True)
    mentor = models.ForeignKey(
        MentorProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="borrowed"
    )

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "offer"),
                condition=models.Q(state__in=("asked", "agreed")),
                name="loan_request_once",
                violation_error_message="Этого наставника уже спросили для этого человека.",
            ),
        )

    def __str__(self) -> str:
        return f"запрос наставника № {self.pk}"


class LoanCall(TenantModel):
    """A neighbour asks for a mentor of ours; `link_token` is the mentor's own, of this side only."""

    token = models.CharField(max_length=32, unique=True)
    link_token = models.CharField(max_length=32, unique=True, null=True, blank=True)
    borrower = models.ForeignKey("tenancy.Organisation", on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="loan_calls")
    state = models.CharField(
        "состояние", max_length=10, choices=LoanState.choices, default=LoanState.ASKED
    )
    described = models.CharField("для кого", max_length=300, blank=True)
    came_on = models.DateField("когда пришёл")
    answered_on = models.DateField("когда ответили", null=True, blank=True)
    answer = models.CharField("ответ", max_length=300, blank=True)
    mentor_said_on = models.DateField("наставник согласился", null=True, blank=True)
    mentor_said_way = models.CharField(
        "как согласился", max_length=8, choices=SaidWay.choices, blank=True
    )
    revealed = models.JSONField("для кого по имени", default=dict, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"обращение о наставнике № {self.pk}"
