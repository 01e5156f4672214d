"""Journals of registration and their numbers."""

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.kinds import JOURNALS
from nastavnik.documents.models import Document, Journal
from nastavnik.documents.policies import can_prepare
from nastavnik.documents.queries import next_number
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


def ensure_journals(*, organisation: Organisation) -> dict[str, Journal]:
    """The journals of an organisation by code; those it lacks are opened."""
    rows = {journal.code: journal for journal in Journal.objects.filter(organisation=organisation)}
    for code, title in JOURNALS.items():
        if code not in rows:
            rows[code], _ = Journal.objects.get_or_create(
                organisation=organisation, code=code, defaults={"title": title}
            )
    return rows


@transaction.atomic
def set_next_number(*, actor: Actor, journal: Journal, number: int, year: int) -> Journal:
    """Continue a paper journal: the next order of that year takes this number.

    Raises: DomainError when a later number has been given already.
    """
    demand(can_prepare(actor))
    greatest = next_number(journal, year) - 1
    taken = Document.objects.filter(journal=journal, year=year, number__gte=number).exists()
    if number < 1 or taken:
        raise DomainError(
            "number_taken",
            f"В журнале «{journal.title}» за {year} год уже есть номер {greatest}. "
            f"Следующий может быть не меньше {greatest + 1}.",
            field="number",
        )
    before = journal.start_number
    journal.start_number, journal.start_year = number, year
    journal.save(update_fields=["start_number", "start_year"])
    record(
        actor=actor,
        action="documents.next_number",
        subject=journal,
        from_state=str(before),
        to_state=str(number),
    )
    return journal


@transaction.atomic
def note_export(
    *, actor: Actor, organisation: Organisation, what: str, kind: str, count: int
) -> None:
    """Write into the journal of actions that a list left the system."""
    record(
        actor=actor,
        action="documents.export",
        subject=organisation,
        details={"what": what, "kind": kind, "count": count},
    )
