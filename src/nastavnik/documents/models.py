"""Documents, their journals and templates. A signed document never changes (invariant 12)."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models

from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import moves
from nastavnik.shared.text import search_key
from nastavnik.tenancy.scope import Frozen, TenantManager, TenantModel, TenantQuerySet


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
OPEN_STATES = frozenset({_D.DRAFT, _D.CHECK, _D.TO_SIGN, _D.RETURNED})
SIGNED_STATES = frozenset({_D.IN_FORCE, _D.AMENDED, _D.CANCELLED, _D.LAPSED})
# All that may change after the signature: the life of the document and the picture of its paper.
_OPEN_AFTER_SIGNATURE = frozenset({"state", "scan", "scan_name", "outcome"})


class Relation(models.TextChoices):
    """What a document does to its parent once it is signed."""

    CANCELS = "cancels", "отменяет"
    AMENDS = "amends", "изменяет"
    FOLLOWS = "follows", "приложен к"


class SignedIsFinal(DomainError):
    """Somebody tried to change or delete a signed document."""

    def __init__(self) -> None:
        super().__init__(
            "signed_is_final",
            "Подписанный документ нельзя изменить или удалить. "
            "Его отменяет или изменяет другой документ.",
        )


class Journal(TenantModel):
    """A registration journal; numbers are unique in it per year."""

    code = models.CharField("код", max_length=20)
    title = models.CharField("название", max_length=160)
    number_format = models.CharField("вид номера", max_length=40, default="{number}")
    start_number = models.PositiveIntegerField("первый номер", default=1)
    start_year = models.PositiveSmallIntegerField("в каком году", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="journal_code_once"),
        )

    def __str__(self) -> str:
        return self.title


class DocumentQuerySet(TenantQuerySet["Document"]):
    """Guards signed documents against changes of many rows at once."""

    def update(self, **kwargs: Any) -> int:
        opens = kwargs.get("state", DocumentState.IN_FORCE) not in SIGNED_STATES
        if opens or not _OPEN_AFTER_SIGNATURE.issuperset(kwargs):
            self.refuse_signed()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_signed()
        return super().delete()

    def bulk_update(
        self, objs: Iterable["Document"], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        rows, names = list(objs), list(fields)
        opens = "state" in names and any(row.state not in SIGNED_STATES for row in rows)
        if opens or not _OPEN_AFTER_SIGNATURE.issuperset(names):
            self.filter(pk__in=[row.pk for row in rows]).refuse_signed()
        return super().bulk_update(rows, names, batch_size=batch_size)

    def refuse_signed(self) -> None:
        if self.order_by().filter(state__in=SIGNED_STATES).exists():
            raise SignedIsFinal


class DocumentManager(TenantManager["Document"]):
    queryset_class = DocumentQuerySet


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
    signed_on_paper = models.BooleanField("подписан на бумаге", default=False)
    outcome = models.JSONField("что произошло", default=list, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    relation = models.CharField(
        "что делает с основным", max_length=10, blank=True, choices=Relation.choices
    )
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
    created_at = models.DateTimeField("составлен", auto_now_add=True)
    search_key = models.CharField(max_length=340, default="", editable=False)

    objects: ClassVar[DocumentManager] = DocumentManager()

    frozen_rows: ClassVar[Frozen | None] = Frozen("state", SIGNED_STATES, _OPEN_AFTER_SIGNATURE)

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
            models.UniqueConstraint(
                fields=("journal", "year", "number_text"),
                condition=~models.Q(number_text=""),
                name="document_number_text_once",
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

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        document = super().from_db(db, field_names, values, **more)
        document.remember_signature()
        return document

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.remember_signature()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search key; refuse any change of what was signed."""
        fields = kwargs.get("update_fields")
        if self._was_signed:
            allowed = fields is not None and _OPEN_AFTER_SIGNATURE.issuperset(fields)
            if not allowed or self.state not in SIGNED_STATES:
                raise SignedIsFinal
        else:
            self.search_key = search_key(f"{self.title} {self.number_text}")[:340]
            if fields is not None:
                kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)
        self.remember_signature()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self._was_signed:
            raise SignedIsFinal
        return super().delete(*args, **kwargs)

    def remember_signature(self) -> None:
        """Whether the row in the database is signed; read from memory, never by a query."""
        self._was_signed = self.__dict__.get("state") in SIGNED_STATES

    _was_signed = False

    @property
    def is_signed(self) -> bool:
        return self.state in SIGNED_STATES

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


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
