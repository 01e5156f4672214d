"""Files on their way into a roadmap."""

from django.db import models

from nastavnik.roadmaps.models.roadmap import Roadmap
from nastavnik.tenancy.scope import TenantModel


class ImportState(models.TextChoices):
    CHECKING = "checking", "на проверке"
    APPLIED = "applied", "загружена"
    UNDONE = "undone", "отменена"
    DROPPED = "dropped", "удалена без загрузки"


class RoadmapImport(TenantModel):
    """A file or a pasted text on its way into a roadmap: kept as it was read, with the answers."""

    file_name = models.CharField("файл", max_length=200, blank=True)
    file_digest = models.CharField(max_length=64)
    content = models.BinaryField("прочитанный файл")
    answers = models.JSONField("ответы", default=dict, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    roadmap = models.ForeignKey(
        Roadmap, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    created_by = models.CharField("загрузил", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name or "вставленный текст"
