"""A file on its way into the registers: kept until loaded, undoable for 24 hours."""

from django.db import models

from nastavnik.tenancy.scope import TenantModel


class ImportState(models.TextChoices):
    CHECKING = "checking", "на проверке"
    APPLIED = "applied", "загружен"
    UNDONE = "undone", "отменён"
    DROPPED = "dropped", "удалён без загрузки"


class ImportBatch(TenantModel):
    """One uploaded file as it was read, with the curator's columns; `effects` is what it wrote."""

    kind = models.CharField("что в файле", max_length=10)
    file_name = models.CharField("файл", max_length=200)
    file_digest = models.CharField(max_length=64)
    content = models.BinaryField("прочитанный файл")
    sheet = models.CharField("лист", max_length=120, blank=True)
    header_row = models.PositiveIntegerField("строка заголовков", null=True, blank=True)
    mapping = models.JSONField("столбцы", default=dict, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    summary = models.JSONField("итог", default=dict, blank=True)
    effects = models.BinaryField("что записано", default=bytes)
    created_by = models.CharField("загрузил", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(TenantModel):
    """What the curator said about one row of the check grid: texts, the answer, an omission."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("строка файла")
    edits = models.JSONField("исправления", default=dict, blank=True)
    skip = models.BooleanField("не загружать", default=False)
    decision = models.CharField("тот же человек?", max_length=4, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("row_number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "row_number"), name="import_row_once"),
        )

    def __str__(self) -> str:
        return f"строка {self.row_number}"
