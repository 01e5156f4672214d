"""Writing the journal, always inside the transaction of the change itself."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.changes import tell
from nastavnik.audit.models import AuditEvent, SystemEvent
from nastavnik.tenancy.bulk import insert_rows, new_row
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel


def record(
    *,
    actor: Actor,
    action: str,
    subject: models.Model,
    organisation: Organisation | None = None,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Add one event about `subject`.

    The journal of the organisation is chosen by the subject itself; `organisation` is needed only
    for subjects that do not belong to one (an account, a grant) but matter to it.
    Raises TransactionManagementError outside a transaction: a change and its trace stand together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs a transaction")
    values: dict[str, Any] = {
        "actor_id": actor.user_id,
        "actor_label": actor.label,
        "action": action,
        "object_type": subject._meta.label_lower,
        "object_id": subject.pk,
        "object_label": str(subject)[:300],
        "from_state": str(from_state),
        "to_state": str(to_state),
        "reason": reason[:500],
        "details": details or {},
    }
    owner = subject.organisation_id if isinstance(subject, TenantModel) else None
    if owner is None and isinstance(subject, Organisation):
        owner = subject.pk
    if owner is None and organisation is not None:
        owner = organisation.pk
    if owner is not None:
        AuditEvent(organisation_id=owner, **values).save(force_insert=True)
        tell(owner, action)
    else:
        SystemEvent(**values).save(force_insert=True)


def record_many(
    *,
    actor: Actor,
    action: str,
    subjects: Iterable[TenantModel],
    details: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """The same event about many rows of organisations, in few statements: a file was loaded.

    Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit.record_many needs a transaction")
    said = details or {}
    rows = list(subjects)
    insert_rows(
        [
            new_row(
                AuditEvent,
                organisation_id=subject.organisation_id,
                actor_id=actor.user_id,
                actor_label=actor.label,
                action=action,
                object_type=subject._meta.label_lower,
                object_id=subject.pk,
                object_label=str(subject)[:300],
                reason=reason[:500],
                details=said,
            )
            for subject in rows
        ]
    )
    for owner in {subject.organisation_id for subject in rows}:
        tell(owner, action)
