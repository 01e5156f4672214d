"""«Загрузить N из M»: write the rows that are ready, all together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import (
    ImportBatch,
    ImportState,
)
from nastavnik.people.services.imports.batches import Corrections, save_check, waiting_batch
from nastavnik.people.services.imports.checking import CheckRow, check_batch
from nastavnik.people.services.imports.effects import Effect, dump_effects, load_effects
from nastavnik.people.services.imports.pairing import PairLine, pair_importer
from nastavnik.people.services.imports.records import Incoming
from nastavnik.people.services.imports.writing import Writer
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

EARLIER_BATCHES = 20


@dataclass(frozen=True)
class Applied:
    """What one loading did, in numbers of people; `left` rows wait for later."""

    added: int
    changed: int
    unchanged: int
    left: int
    pairs: int = 0

    def as_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass
class _Slot:
    """One human being of the file: the rows about them and the record in the registers, if any."""

    rows: list[Incoming] = field(default_factory=list)
    person_id: int = 0


@transaction.atomic
def apply_import(
    *,
    actor: Actor,
    batch: ImportBatch,
    today: date,
    now: datetime,
    corrections: Corrections | None = None,
) -> Applied:
    """Write every row that is ready; the rest stays in the batch.

    The same file again finds everybody already there and changes nothing.
    Raises DomainError `nothing_ready` when no row can be loaded.
    """
    demand(actor.can("people.import"))
    if corrections is not None:
        save_check(actor=actor, batch=batch, corrections=corrections)
    batch = waiting_batch(batch)
    check = check_batch(batch, today)
    ready = [row for row in check.rows if row.is_ready]
    if not ready:
        raise DomainError("nothing_ready", "Пока нечего загружать: исправьте отмеченные строки.")
    organisation = batch.organisation
    earlier = load_effects(batch)
    mark = _journal_end()
    slots = _slots(ready, earlier)
    effects = _write(actor, organisation, batch, slots, today)
    pairs = _write_pairs(actor, organisation, batch, effects, today)
    applied = Applied(
        added=sum(effect.is_new for effect in effects),
        changed=sum(not effect.is_new and not effect.is_nothing for effect in effects),
        unchanged=sum(effect.is_nothing for effect in effects),
        left=sum(not row.is_written for row in check.rows) - len(ready),
        pairs=pairs,
    )
    batch.effects, batch.applied_at = dump_effects([*earlier, *effects]), now
    _close(actor, batch, applied, mark)
    return applied


def _slots(ready: Iterable[CheckRow], earlier: list[Effect]) -> list[_Slot]:
    """Rows grouped by human being, in the order of the file."""
    by_row: dict[int, _Slot] = {e.row: _Slot(person_id=e.person) for e in earlier}
    slots: list[_Slot] = []
    for row in ready:
        if row.incoming is None:
            continue
        slot = by_row.get(row.match.row) if row.match.answer == "twice" else None
        if slot is None:
            slot = _Slot(person_id=row.match.known.pk if row.match.known else 0)
        if not slot.rows:
            slots.append(slot)
        slot.rows.append(row.incoming)
        by_row[row.number] = slot
    return slots


def _write(
    actor: Actor, organisation: Organisation, batch: ImportBatch, slots: list[_Slot], today: date
) -> list[Effect]:
    writer = Writer(
        organisation, batch.kind, today, known_ids=[s.person_id for s in slots if s.person_id]
    )
    effects: list[Effect] = []
    for slot in slots:
        first, *others = slot.rows
        effect = Effect(first.row, pair=first.pair.as_json() if first.pair else None)
        writer.take(effect, slot.person_id, slot.rows)
        effects.append(effect)
        for other in others:
            again = Effect(other.row, pair=other.pair.as_json() if other.pair else None)
            writer.follow(again, effect)
            effects.append(again)
    writer.write()
    details = {"batch": batch.pk, "file": batch.file_name}
    audit.record_many(
        actor=actor, action="people.imported", subjects=writer.new_people, details=details
    )
    for person, changes in writer.changed_people:
        audit.record(
            actor=actor,
            action="people.import_changed",
            subject=person,
            details={**details, "changes": changes},
        )
    return effects


def _write_pairs(
    actor: Actor, organisation: Organisation, batch: ImportBatch, effects: list[Effect], today: date
) -> int:
    """Hand the named pairs over, with those of earlier files whose other side was not known yet."""
    importer = pair_importer()
    if importer is None:
        return 0
    waiting: dict[int, tuple[ImportBatch, list[Effect]]] = {}
    recent = ImportBatch.objects.filter(state=ImportState.APPLIED).exclude(pk=batch.pk)
    for other in recent.order_by("-id")[:EARLIER_BATCHES]:
        loaded = load_effects(other)
        if any(effect.pair and not effect.pair_refs for effect in loaded):
            waiting[other.pk] = (other, loaded)
    asked = [e for _, loaded in waiting.values() for e in loaded if e.pair and not e.pair_refs]
    asked += [effect for effect in effects if effect.pair]
    if not asked:
        return 0
    lines = [replace(PairLine.from_json(e.pair or {}), person_id=e.person) for e in asked]
    refs = importer.write(actor=actor, organisation=organisation, lines=lines, today=today)
    made: set[tuple[Any, ...]] = set()
    for effect, found in zip(asked, refs, strict=True):
        effect.pair_refs = [list(ref) for ref in found]
        made.update(tuple(ref) for ref in found)
    for other, loaded in waiting.values():
        other.effects = dump_effects(loaded)
        other.save(update_fields=["effects"])
    return len(made)


def _close(actor: Actor, batch: ImportBatch, applied: Applied, mark: int) -> None:
    """Add up the batch; `own` remembers which lines of the journal are the file's own."""
    before = batch.state
    totals = dict(batch.summary)
    for name, number in applied.as_json().items():
        totals[name] = number if name == "left" else totals.get(name, 0) + number
    totals["own"] = [*totals.get("own", []), [mark, _journal_end()]]
    batch.summary, batch.state = totals, ImportState.APPLIED
    batch.save(update_fields=["summary", "state", "applied_at", "effects"])
    audit.record(
        actor=actor,
        action="people.import_applied",
        subject=batch,
        from_state=before,
        to_state=batch.state,
        details=applied.as_json(),
    )


def _journal_end() -> int:
    last: int | None = AuditEvent.objects.aggregate(last=Max("id"))["last"]
    return last or 0
