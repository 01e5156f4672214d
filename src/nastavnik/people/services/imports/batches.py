"""From an uploaded file to a batch that waits: start, columns, corrections, drop."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.files.refusals import FileRefused
from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.synonyms import SYNONYMS
from nastavnik.people.models import ImportBatch, ImportRow, ImportState
from nastavnik.people.services.imports.identify import NEW, SAME
from nastavnik.people.services.imports.packing import pack
from nastavnik.shared.errors import DomainError, file_error
from nastavnik.shared.states import WrongState
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

MAX_EDIT = 4000


@dataclass
class Corrections:
    """What the curator changed in the grid: texts by (row, field), answers and omissions by row."""

    edits: dict[tuple[int, str], str] = field(default_factory=dict)
    decisions: dict[int, str] = field(default_factory=dict)
    skips: dict[int, bool] = field(default_factory=dict)

    @property
    def rows(self) -> set[int]:
        return {row for row, _ in self.edits} | self.decisions.keys() | self.skips.keys()


@transaction.atomic
def start_import(
    *, actor: Actor, organisation: Organisation, kind: str, file_name: str, content: bytes
) -> ImportBatch:
    """Read a file in a child process and keep it for checking; the registers stay untouched.

    The same file that already waits is taken up where it was left.
    Raises DomainError (`file_…`, field `file`) with advice for a file that cannot be read.
    """
    demand(actor.can("people.import"))
    if kind not in SYNONYMS:
        raise DomainError("kind_unknown", "Выберите, что в файле.", field="kind")
    digest = hashlib.sha256(content).hexdigest()
    waiting = ImportBatch.objects.filter(
        kind=kind, file_digest=digest, state=ImportState.CHECKING, organisation=organisation
    ).first()
    if waiting is not None:
        found: ImportBatch = waiting
        return found
    try:
        workbook = read_workbook(content, file_name)
    except FileRefused as refused:
        raise file_error(refused) from refused
    batch = ImportBatch(
        organisation=organisation,
        kind=kind,
        file_name=file_name[-200:],
        file_digest=digest,
        content=pack(workbook),
        created_by=actor.label,
    )
    batch.save()
    audit.record(actor=actor, action="people.import_started", subject=batch, details={"kind": kind})
    return batch


@transaction.atomic
def set_mapping(
    *,
    actor: Actor,
    batch: ImportBatch,
    sheet: str = "",
    header_row: int | None = None,
    mapping: Mapping[int, str] | None = None,
) -> ImportBatch:
    """Choose the sheet, the row with headers, and what each column holds ("" frees a column)."""
    demand(actor.can("people.import"))
    batch = waiting_batch(batch)
    for name in (mapping or {}).values():
        if name and name not in SYNONYMS[batch.kind]:
            raise DomainError("column_unknown", "Выберите поле из списка.", field="mapping")
    batch.sheet, batch.header_row = sheet, header_row
    batch.mapping = {str(index): name for index, name in (mapping or {}).items()}
    batch.save(update_fields=["sheet", "header_row", "mapping"])
    return batch


@transaction.atomic
def save_check(*, actor: Actor, batch: ImportBatch, corrections: Corrections) -> ImportBatch:
    """Keep what was corrected in the grid; nothing reaches the registers yet."""
    demand(actor.can("people.import"))
    batch = waiting_batch(batch)
    rows = {
        row.row_number: row
        for row in ImportRow.objects.filter(batch=batch, row_number__in=corrections.rows)
    }
    for number in sorted(corrections.rows):
        row = rows.setdefault(
            number,
            ImportRow(organisation_id=batch.organisation_id, batch=batch, row_number=number),
        )
        texts = {name: text for (n, name), text in corrections.edits.items() if n == number}
        if not set(texts) <= set(SYNONYMS[batch.kind]):
            raise DomainError("column_unknown", "Выберите поле из списка.")
        row.edits = {**row.edits, **{n: t.replace("\x00", "")[:MAX_EDIT] for n, t in texts.items()}}
        decision = corrections.decisions.get(number, row.decision)
        row.decision = decision if decision in {SAME, NEW} else ""
        row.skip = corrections.skips.get(number, row.skip)
        row.save()
    return batch


@transaction.atomic
def drop_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Forget a file that was never loaded; its content is erased."""
    demand(actor.can("people.import"))
    batch = waiting_batch(batch)
    if batch.applied_at is not None:
        raise WrongState("Часть файла уже загружена. Загрузку можно только отменить.")
    before, batch.state, batch.content = batch.state, ImportState.DROPPED, b""
    batch.rows.all().delete()
    batch.save(update_fields=["state", "content"])
    audit.record(
        actor=actor,
        action="people.import_dropped",
        subject=batch,
        from_state=before,
        to_state=batch.state,
    )


def waiting_batch(batch: ImportBatch) -> ImportBatch:
    """The batch locked, if it may still be worked on: rows left for later keep it open."""
    locked: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in {ImportState.CHECKING, ImportState.APPLIED} or not locked.content:
        raise WrongState("Этот файл уже закрыт. Загрузите его снова.")
    return locked
