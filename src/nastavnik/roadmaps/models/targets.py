"""Targets of a roadmap: what it promises to reach, by which day."""

from django.db import models
from django.db.models import Q

from nastavnik.roadmaps.models.roadmap import Roadmap
from nastavnik.tenancy.scope import TenantModel


class Indicator(models.TextChoices):
    """The eight indicators of the target model; their values are computed elsewhere, not here."""

    MENTEES = "i1", "Доля обучающихся 10–19 лет, вошедших в программы наставляемыми"
    MENTORS = "i2", "Доля обучающихся 10–19 лет, вошедших в программы наставниками"
    YOUNG_SPECIALISTS = "i3", "Доля молодых специалистов, вошедших в программы наставляемыми"
    PROGRAMMES = "i4", "Доля организаций, которые реализуют программы наставничества"
    ENTERPRISES = "i5", "Доля организаций, где есть наставники с предприятий"
    STUDENTS = "i6", "Доля организаций, где есть наставники-студенты"
    MENTEES_SATISFIED = "i7", "Доля наставляемых, довольных участием"
    MENTORS_SATISFIED = "i8", "Доля наставников, довольных участием"


class RoadmapTarget(TenantModel):
    """«К концу 2026 года 10 % обучающихся…»: words as written, the value and the day when known.

    Only a confirmed one is printed and compared; the others were read in a file and wait for a look.
    `origin` is the stable key by which targets of versions are compared.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField("место", default=1)
    words = models.TextField("цель")
    value = models.DecimalField("значение", max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField("единица", max_length=40, blank=True)
    due_on = models.DateField("к какому дню", null=True, blank=True)
    indicator = models.CharField("показатель", max_length=2, choices=Indicator.choices, blank=True)
    confirmed = models.BooleanField("подтверждена", default=True)
    origin = models.CharField("ключ", max_length=80, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="roadmap_target_not_negative",
                violation_error_message="Значение цели не может быть меньше нуля.",
            ),
            models.CheckConstraint(
                condition=~Q(unit="%") | Q(value__isnull=True) | Q(value__lte=100),
                name="roadmap_target_share",
                violation_error_message="Доля не может быть больше ста процентов.",
            ),
        )

    def __str__(self) -> str:
        return self.words[:200]

    @property
    def key(self) -> str:
        """Names the target in its roadmap: the stable key, or the row when it has none."""
        return self.origin or f"target/{self.pk}"
