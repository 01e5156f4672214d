"""Who supports a mentee while there is no mentor yet (Регламент наставничества, этап 5)."""

from django.db import models

from nastavnik.people.models.person import Person
from nastavnik.people.models.profiles import MenteeProfile
from nastavnik.tenancy.scope import TenantModel


class Support(TenantModel):
    """A specialist beside a mentee for a time: somebody of the staff, or an account with the role."""

    mentee = models.ForeignKey(MenteeProfile, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="supported_mentees"
    )
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField("почему завершено", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, user__isnull=True)
                | models.Q(person__isnull=True, user__isnull=False),
                name="support_one_specialist",
                violation_error_message="Выберите одного специалиста.",
            ),
            models.UniqueConstraint(
                fields=("mentee",),
                condition=models.Q(ends_on__isnull=True),
                name="support_one_open",
                violation_error_message="Этого человека уже сопровождает специалист.",
            ),
        )

    def __str__(self) -> str:
        return f"сопровождение {self.pk}"

    @property
    def specialist(self) -> "Person | models.Model":
        found = self.person or self.user
        if found is None:
            raise ValueError("a support without a specialist")
        return found

    @property
    def short_name(self) -> str:
        return str(getattr(self.specialist, "short_name", ""))

    @property
    def post(self) -> str:
        return self.person.post if self.person is not None else ""


class SupportTalk(TenantModel):
    """The specialist talked with the mentee on the day; what was said is written nowhere here."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField("дата беседы")

    class Meta(TenantModel.Meta):
        ordering = ("-held_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("support", "held_on"), name="support_talk_once_a_day"),
        )

    def __str__(self) -> str:
        return f"беседа {self.pk}"
