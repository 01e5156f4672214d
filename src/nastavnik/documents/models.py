"""Documents, their journals and templates. A signed document never changes (invariant 12)."""

from typing import Any

from django.db import models

from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel


class DocumentState(models.TextChoices):
    DRAFT = "draft", "проект"
    CHECK = "check", "на проверке"
    TO_SIGN = "to_sign", "на подписи"
    RETURNED = "returned", "возвращён"
    IN_FORCE = "in_force", "действует"
    AMENDED = "amended", "изменён"
    CANCELLED = "cancelled", "отменён"
    LAPSED = "lapsed", "утратил силу"
    DROPPED = "dropped", "проект удалён"


_D = DocumentState
DOCUMENT_TRANSITIONS = moves(
    {
        _D.DRAFT: (_D.CHECK, _D.TO_SIGN, _D.IN_FORCE, _D.DROPPED),
        _D.CHECK: (_D.TO_SIGN, _D.RETURNED, _D.DROPPED),
        _D.TO_SIGN: (_D.IN_FORCE, _D.RETURNED, _D.DROPPED),
        _D.RETURNED: (_D.DRAFT, _D.TO_SIGN, _D.DROPPED),
        _D.IN_FORCE: (_D.AMENDED, _D.CANCELLED, _D.LAPSED),
        _D.AMENDED: (_D.CANCELLED, _D.LAPSED),
    }
)
EDITABLE_STATES = frozenset({_D.DRAFT, _D.CHECK, _D.RETURNED})
SIGNED_STATES = frozenset({_D.IN_FORCE, _D.AMENDED, _D.CANCELLED, _D.LAPSED})


class Journal(TenantModel):
    """A registration journal; numbers are unique in it per year."""

    code = models.CharField("код", max_length=20)
    title = models.CharField("название", max_length=160)
    number_format = models.CharField("вид номера", max_length=40, default="{number}")
    start_number = models.PositiveIntegerField("первый номер", default=1)

    class Meta(TenantModel.Meta):
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="journal_code_once"),
        )

    def __str__(self) -> str:
        return self.title


class Document(TenantModel):
    """One document of an organisation with the snapshot of what was merged into it."""

    kind = models.CharField("вид документа", max_length=40)
    title = models.CharField("заголовок", max_length=300)
    folder = models.CharField("папка дела", max_length=2)
    school_year = models.CharField("учебный год", max_length=9, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    journal = models.ForeignKey(
        Journal, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    year = models.PositiveSmallIntegerField("год", null=True, blank=True)
    number = models.PositiveIntegerField("номер", null=True, blank=True)
    number_text = models.CharField("регистрационный номер", max_length=40, blank=True)
    registered_on = models.DateField("дата", null=True, blank=True)
    signer_name = models.CharField("подписал", max_length=200, blank=True)
    signer_post = models.CharField("должность", max_length=160, blank=True)
    signed_by_id = models.BigIntegerField(null=True, blank=True)
    signed_at = models.DateTimeField("подпись отмечена", null=True, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    relation = models.CharField("что делает с основным", max_length=10, blank=True)
    subject_id = models.BigIntegerField("о чём", null=True, blank=True)
    data = models.JSONField("данные", default=dict)
    choices = models.JSONField("выбор составителя", default=dict, blank=True)
    template_key = models.CharField("шаблон", max_length=80, blank=True)
    file = models.BinaryField("файл DOCX", null=True, blank=True)
    scan = models.BinaryField("скан подписанного", null=True, blank=True)
    scan_name = models.CharField(max_length=200, blank=True)
    return_reason = models.CharField("причина возврата", max_length=500, blank=True)
    token = models.CharField(max_length=32, unique=True)
    created_by = models.CharField("подготовил", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("organisation", "state"), name="document_by_state"),
            models.Index(fields=("organisation", "kind"), name="document_by_kind"),
            models.Index(fields=("organisation", "folder", "-id"), name="document_by_folder"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("journal", "year", "number"),
                condition=models.Q(number__isnull=False),
                name="document_number_once",
                violation_error_message="Этот номер уже занят в журнале за этот год.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("in_force", "amended", "cancelled", "lapsed"))
                | models.Q(registered_on__isnull=False),
                name="document_signed_has_date",
                violation_error_message="У подписанного документа должна быть дата.",
            ),
        )

    def __str__(self) -> str:
        if self.number_text and self.registered_on:
            return f"{self.title} от {self.registered_on:%d.%m.%Y} № {self.number_text}"
        return self.title

    @property
    def is_signed(self) -> bool:
        return self.state in SIGNED_STATES


class DocumentTemplate(models.Model):
    """A Word file that replaces the default blank of one kind for a territory or organisation.

    Global on purpose: it holds no data of people and is inherited down the tree.
    """

    kind = models.CharField("вид документа", max_length=40)
    territory = models.ForeignKey(
        "tenancy.Territory", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.ForeignKey(
        "tenancy.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveIntegerField("версия", default=1)
    file = models.BinaryField("файл DOCX")
    file_name = models.CharField("имя файла", max_length=200)
    is_active = models.BooleanField("используется", default=True)
    created_by = models.CharField("загрузил", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(territory__isnull=True, organisation__isnull=False)
                | models.Q(territory__isnull=False, organisation__isnull=True),
                name="template_one_owner",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}, версия {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_clean(exclude=("file",))
        super().save(*args, **kwargs)
