"""Loading a registry without a page, for the command line."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import system_actor
from nastavnik.people.services.imports.apply import Applied, apply_import
from nastavnik.people.services.imports.batches import start_import
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope


def import_registry(
    *, path: str, kind: str, organisation_slug: str, today: date | None = None
) -> Applied:
    """Read, check and write all rows that are ready; the rest waits in the batch for the curator.

    Raises DomainError for an unknown organisation, a refused file or a file without ready rows.
    """
    organisation = Organisation.objects.filter(slug=organisation_slug).first()
    if organisation is None:
        raise DomainError(
            "organisation_unknown", f"Нет учреждения с адресом «{organisation_slug}»."
        )
    actor = system_actor("Загрузка из командной строки")
    with scope({organisation.pk}), transaction.atomic():
        batch = start_import(
            actor=actor,
            organisation=organisation,
            kind=kind,
            file_name=Path(path).name,
            content=Path(path).read_bytes(),
        )
        day = today or timezone.localdate()
        return apply_import(actor=actor, batch=batch, today=day, now=timezone.now())
