"""Letters of invitation: one text, many addressees, who answered and who came."""

from django.db import models

from nastavnik.informing.audiences import Audience
from nastavnik.informing.models.campaign import InformingCampaign
from nastavnik.tenancy.scope import TenantModel

LETTER_AUDIENCES = (Audience.EMPLOYERS, Audience.GRADUATES)


class Mailing(TenantModel):
    """Letters of one occasion to organisations or to graduates."""

    campaign = models.ForeignKey(
        InformingCampaign, on_delete=models.CASCADE, related_name="mailings"
    )
    audience = models.CharField("кому", max_length=10, choices=Audience.choices)
    meeting_on = models.DateField("когда встреча", null=True, blank=True)
    meeting_place = models.CharField("где встреча", max_length=200, blank=True)
    words = models.TextField("свои слова", blank=True)
    sent_on = models.DateField("отправлены", null=True, blank=True)
    created_by = models.CharField("подготовил", max_length=200, blank=True)
    created_on = models.DateField("составлены")

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"письма: {self.get_audience_display()}, {self.created_on:%d.%m.%Y}"


class Answer(models.TextChoices):
    NONE = "none", "ответа нет"
    YES = "yes", "согласны"
    NO = "no", "отказались"


class Letter(TenantModel):
    """One addressee: an office and its post, no more of a person than stands on the envelope."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="letters")
    position = models.PositiveSmallIntegerField("по порядку")
    workplace = models.CharField("организация", max_length=200, blank=True)
    addressee = models.CharField("кому, в дательном падеже", max_length=200)
    address = models.CharField("адрес", max_length=300, blank=True)
    number = models.CharField("исходящий номер", max_length=40, blank=True)
    answer = models.CharField("ответ", max_length=4, choices=Answer.choices, default=Answer.NONE)
    came = models.BooleanField("были на встрече", default=False)
    note = models.CharField("заметка", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("mailing", "position"), name="letter_position_once"),
        )

    def __str__(self) -> str:
        return self.workplace or self.addressee
