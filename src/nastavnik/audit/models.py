"""The journal: who changed what, when, from which state to which, and why. Append-only."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from nastavnik.tenancy.scope import TenantModel


class _Event(models.Model):
    """What both journals hold. People are named by id and label at the time of the event."""

    at = models.DateTimeField("когда", auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField("кто", null=True)
    actor_label = models.CharField("кто", max_length=250)
    action = models.CharField("действие", max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField("что", max_length=300)
    from_state = models.CharField("было", max_length=60, blank=True)
    to_state = models.CharField("стало", max_length=60, blank=True)
    reason = models.CharField("причина", max_length=500, blank=True)
    details = models.JSONField(default=dict, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("the journal is append-only")


class AuditEvent(_Event, TenantModel):
    """An event inside one organisation."""

    append_only: ClassVar[bool] = True

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("organisation", "object_type", "object_id"), name="audit_object"),
            models.Index(fields=("organisation", "-id"), name="audit_recent"),
        )


class SystemEvent(_Event):
    """An event above organisations: territories, accounts, dictionaries."""

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("object_type", "object_id"), name="system_event_object"),)
