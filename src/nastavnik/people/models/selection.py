"""How a candidate became a mentor: application, sitting, interview, decision."""

from django.db import models

from nastavnik.people.models.person import Person
from nastavnik.tenancy.scope import TenantModel


class SelectionDecision(models.TextChoices):
    PENDING = "pending", "решения нет"
    ACCEPTED = "accepted", "включить в базу наставников"
    RESERVE = "reserve", "в резерв"
    REJECTED = "rejected", "отказать"


class SelectionCase(TenantModel):
    """One candidate's way through selection; a skipped step keeps its reason."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="selection_cases")
    number = models.PositiveIntegerField("номер заявления")
    year = models.PositiveSmallIntegerField("год")
    applied_on = models.DateField("дата заявления")
    sitting_on = models.DateField("дата заседания", null=True, blank=True)
    protocol_number = models.CharField("номер протокола", max_length=40, blank=True)
    commission = models.TextField("присутствовали", blank=True)
    interview_on = models.DateField("дата собеседования", null=True, blank=True)
    interviewers = models.CharField("собеседование провели", max_length=300, blank=True)
    interview_notes = models.TextField("итоги собеседования", blank=True)
    portfolio = models.JSONField("портфолио", default=dict, blank=True)
    decision = models.CharField(
        "решение",
        max_length=10,
        choices=SelectionDecision.choices,
        default=SelectionDecision.PENDING,
    )
    decided_on = models.DateField("дата решения", null=True, blank=True)
    reason = models.CharField("причина", max_length=300, blank=True)
    skipped = models.JSONField("пропущенные шаги", default=dict, blank=True)
    sitting_document_id = models.BigIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "year", "number"),
                name="selection_number_once",
                violation_error_message="Заявление с таким номером в этом году уже есть.",
            ),
        )

    def __str__(self) -> str:
        return f"заявление № {self.number} от {self.applied_on:%d.%m.%Y}"
