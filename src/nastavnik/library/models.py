"""Dictionaries as versioned data. A row is one version and is never rewritten: a change adds a row."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from nastavnik.tenancy.scope import TenantModel


class Origin(models.TextChoices):
    SEED = "seed", "поставка"
    EDIT = "edit", "правка"


class EntryVersion(models.Model):
    """What a version holds, whoever owns it.

    `attributes` are the keys of the seed files; `valid_from` and `valid_to` are the life of the act
    or the term of use of another entry, both days included.
    """

    dictionary = models.CharField("справочник", max_length=20)
    code = models.CharField("код", max_length=60)
    parent = models.CharField("относится к", max_length=60, blank=True)
    title = models.CharField("название", max_length=700)
    attributes = models.JSONField("сведения", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True)
    is_active = models.BooleanField("применяется", default=True)
    version = models.PositiveIntegerField("версия", default=1)
    is_current = models.BooleanField("последняя версия", default=True)
    origin = models.CharField("откуда", max_length=4, choices=Origin.choices, default=Origin.EDIT)
    reason = models.CharField("что изменилось", max_length=300, blank=True)
    created_by = models.CharField("кто внёс", max_length=250, blank=True)
    created_at = models.DateTimeField("когда внесено", auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Entry(EntryVersion):
    """An entry of the federal level (no territory) or of a territory; holds no data of people."""

    territory = models.ForeignKey(
        "tenancy.Territory",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="территория",
    )

    class Meta:
        ordering = ("dictionary", "position", "id")
        indexes = (models.Index(fields=("dictionary", "is_current"), name="library_entry_current"),)
        constraints = (
            models.UniqueConstraint(
                fields=("dictionary", "code"),
                condition=Q(is_current=True, territory__isnull=True),
                name="library_federal_current_once",
            ),
            models.UniqueConstraint(
                fields=("territory", "dictionary", "code"),
                condition=Q(is_current=True, territory__isnull=False),
                name="library_territory_current_once",
            ),
            models.UniqueConstraint(
                fields=("territory", "dictionary", "code", "version"),
                name="library_version_once",
            ),
        )


class OwnEntry(EntryVersion, TenantModel):
    """A legal act or a material that one organisation added for itself."""

    #: Dictionaries an organisation may add to.
    DICTIONARIES: ClassVar[frozenset[str]] = frozenset({"acts", "materials"})

    class Meta(TenantModel.Meta):
        ordering = ("dictionary", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "dictionary", "code"),
                condition=Q(is_current=True),
                name="library_own_current_once",
            ),
            models.UniqueConstraint(
                fields=("organisation", "dictionary", "code", "version"),
                name="library_own_version_once",
            ),
            models.CheckConstraint(
                condition=Q(dictionary__in=("acts", "materials")),
                name="library_own_acts_and_materials",
                violation_error_message="Учреждение добавляет только свои акты и материалы.",
            ),
        )


def column_names() -> frozenset[str]:
    """Keys of a seed entry that have a column of their own; the rest are attributes."""
    return frozenset({"code", "parent", "title", "position", "valid_from", "valid_to", "is_active"})


def plain(value: Any) -> Any:
    """A TOML value as JSON keeps it: dates as ISO text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
