"""A file on its way into the registers: kept until loaded, undoable for 24 hours."""

from django.db import models

from nastavnik.people.models.person import Person
from nastavnik.tenancy.scope import TenantModel


class ImportState(models.TextChoices):
    CHECKING = "checking", "на проверке"
    APPLIED = "applied", "загружен"
    UNDONE = "undone", "отменён"
    DROPPED = "dropped", "удалён без загрузки"


class ImportBatch(TenantModel):
    """One uploaded file with the curator's mapping and corrections; rows hold what was read."""

    kind = models.CharField("что в файле", max_length=10)
    file_name = models.CharField("файл", max_length=200)
    file_digest = models.CharField(max_length=64)
    content = models.BinaryField("исходный файл")
    sheet = models.CharField("лист", max_length=120, blank=True)
    header_row = models.PositiveIntegerField("строка заголовков", null=True, blank=True)
    mapping = models.JSONField("столбцы", default=dict, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    summary = models.JSONField("итог", default=dict, blank=True)
    created_by = models.CharField("загрузил", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(TenantModel):
    """One row of the check grid: the curator's edits, the decision, and what it wrote."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("строка файла")
    edits = models.JSONField("исправления", default=dict, blank=True)
    skip = models.BooleanField("не загружать", default=False)
    same_as = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    effect = models.JSONField("что записано", default=dict, blank=True)
    state = models.CharField("состояние", max_length=10, default="waiting")

    class Meta(TenantModel.Meta):
        ordering = ("row_number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "row_number"), name="import_row_once"),
        )

    def __str__(self) -> str:
        return f"строка {self.row_number}"
