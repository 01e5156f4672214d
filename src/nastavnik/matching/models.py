"""The curator's standing wishes for matching and the last proposal."""

from django.db import models

from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.tenancy.scope import TenantModel


class RuleKind(models.TextChoices):
    LOCK = "lock", "закрепить"
    FORBID = "forbid", "не предлагать"


class MatchRule(TenantModel):
    """A locked or forbidden combination with the curator's word of reason."""

    mentee = models.ForeignKey(MenteeProfile, on_delete=models.CASCADE, related_name="match_rules")
    mentor = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="match_rules")
    kind = models.CharField("вид", max_length=6, choices=RuleKind.choices)
    reason = models.CharField("почему", max_length=300)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("mentee", "mentor"), name="match_rule_once"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class MatchRun(TenantModel):
    """One proposal with the input it was made from, so that it can be repeated to the byte."""

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField("составил", max_length=200)
    method = models.CharField("способ", max_length=40)
    version = models.CharField("версия расчёта", max_length=20)
    weights = models.JSONField("веса", default=dict)
    problem = models.JSONField("исходные данные", default=dict)
    result = models.JSONField("предложение", default=dict)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"подбор от {self.created_at:%d.%m.%Y}"
