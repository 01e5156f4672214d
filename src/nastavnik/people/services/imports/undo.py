"""«Отменить загрузку» within 24 hours: exactly what was written goes, if nobody built on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import ImportBatch, ImportState, Person
from nastavnik.people.services.imports.effects import Effect, load_effects
from nastavnik.people.services.imports.pairing import pair_importer
from nastavnik.people.services.imports.writing import CHUNK, plain
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import WrongState
from nastavnik.shared.verdict import demand

UNDO_HOURS = 24
SHOWN_BLOCKERS = 5
Ids = dict[str, set[int]]


def can_undo_until(batch: ImportBatch) -> datetime | None:
    """The last moment to take the file back; None when it was not loaded."""
    if batch.state != ImportState.APPLIED or batch.applied_at is None:
        return None
    return batch.applied_at + timedelta(hours=UNDO_HOURS)


@transaction.atomic
def undo_import(*, actor: Actor, batch: ImportBatch, now: datetime) -> int:
    """Remove what the file wrote and put back what it changed. Returns how many people went.

    Raises DomainError: `undo_late` after 24 hours, `undo_blocked` naming who was touched since.
    """
    demand(actor.can("people.import"))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    until = can_undo_until(batch)
    if until is None:
        raise WrongState("Этот файл не загружен, отменять нечего.")
    if now > until:
        raise DomainError("undo_late", "Прошло больше 24 часов, отменить загрузку уже нельзя.")
    effects = load_effects(batch)
    made, owners = _made(effects), _owners(batch, effects)
    _refuse(_touched_in_journal(batch, owners))
    _undo_pairs(actor, batch, effects)
    _refuse(_touched_rows(owners, made, effects))
    _put_back(effects)
    for label in ("people.representative", "people.menteerequest", "people.mentorcompetence"):
        _delete(label, made.get(label, set()))
    for label in ("people.menteeprofile", "people.mentorprofile", "people.person"):
        _delete(label, made.get(label, set()))
    before, batch.state, batch.effects, batch.content = batch.state, ImportState.UNDONE, b"", b""
    batch.rows.all().delete()
    batch.save(update_fields=["state", "effects", "content"])
    people = len(made.get("people.person", ()))
    audit.record(
        actor=actor,
        action="people.import_undone",
        subject=batch,
        from_state=before,
        to_state=batch.state,
        details={"people": people},
    )
    return people


def _made(effects: Iterable[Effect]) -> Ids:
    made: Ids = defaultdict(set)
    for effect in effects:
        if effect.is_new:
            made["people.person"].add(effect.person)
        for label, ids in effect.made.items():
            made[label].update(ids)
    return made


def _undo_pairs(actor: Actor, batch: ImportBatch, effects: list[Effect]) -> None:
    refs = [list(ref) for ref in dict.fromkeys(tuple(r) for e in effects for r in e.pair_refs)]
    importer = pair_importer()
    if not refs or importer is None:
        return
    blocked = importer.undo(actor=actor, organisation=batch.organisation, refs=refs)
    if blocked:
        raise DomainError(
            "undo_blocked", f"Отменить нельзя: {'; '.join(blocked[:SHOWN_BLOCKERS])}."
        )


def _owners(batch: ImportBatch, effects: list[Effect]) -> dict[str, dict[int, int]]:
    """Model → row → person, for everything that the file wrote or changed."""
    busy = [effect for effect in effects if not effect.is_nothing]
    owners = {"people.person": {effect.person: effect.person for effect in busy}}
    label = {"mentees": "people.menteeprofile", "mentors": "people.mentorprofile"}.get(batch.kind)
    if label:
        owners[label] = {effect.profile: effect.person for effect in busy if effect.profile}
    return owners


def _touched_in_journal(batch: ImportBatch, owners: dict[str, dict[int, int]]) -> set[int]:
    """People about whom the journal has lines since the loading that are not its own."""
    spans: list[list[int]] = batch.summary.get("own", [])
    touched: set[int] = set()
    for label, by_id in owners.items():
        rows = AuditEvent.objects.filter(object_type=label, id__gt=min(s[0] for s in spans))
        for begin, end in spans:
            rows = rows.exclude(id__gt=begin, id__lte=end)
        ids = rows.values_list("object_id", flat=True).distinct()
        touched.update(by_id[pk] for pk in ids if pk in by_id)
    return touched


def _touched_rows(owners: dict[str, dict[int, int]], made: Ids, effects: list[Effect]) -> set[int]:
    """People on whom something hangs, or whose changed fields hold something else by now."""
    touched = set(_changed_again(effects))
    for label, by_id in owners.items():
        touched.update(by_id[pk] for pk in _ids_in_use(label, set(by_id) & made[label], made))
    return touched


def _refuse(touched: set[int]) -> None:
    """Name who was touched; nothing to do when nobody was."""
    if not touched:
        return
    people = Person.objects.filter(pk__in=sorted(touched)[:SHOWN_BLOCKERS])
    names = [f"{surname} {given}" for surname, given in people.values_list("surname", "given")]
    more = f" и ещё {len(touched) - len(names)}" if len(touched) > len(names) else ""
    raise DomainError(
        "undo_blocked",
        f"Отменить нельзя, после загрузки с этими людьми уже работали: {'; '.join(names)}{more}.",
    )


def _ids_in_use(label: str, ids: set[int], made: Ids) -> Iterator[int]:
    """Rows of ours that rows which we did not make point at."""
    model = apps.get_model(label)
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        other: Any = relation.related_model
        own, name = made.get(other._meta.label_lower, set()), relation.field.attname
        for part in _parts(ids):
            rows = other._default_manager.filter(**{f"{name}__in": part})
            for pk, target in rows.values_list("pk", name):
                if pk not in own:
                    yield target


def _changed_again(effects: Iterable[Effect]) -> Iterator[int]:
    """People whose changed fields no longer hold what the file put there."""
    for effect, row, changes in _changed_rows(effects):
        if row is None or any(
            plain(getattr(row, f)) != became for f, (_, became) in changes.items()
        ):
            yield effect.person


def _put_back(effects: Iterable[Effect]) -> None:
    for _, row, changes in _changed_rows(effects):
        if row is None:
            continue
        for name, (was, _) in changes.items():
            setattr(row, name, row._meta.get_field(name).to_python(was))
        row.save()


def _changed_rows(effects: Iterable[Effect]) -> Iterator[tuple[Effect, Any, dict[str, list[Any]]]]:
    for effect in effects:
        for label, changes in effect.changes.items():
            pk = effect.person if label == "people.person" else effect.profile
            yield effect, apps.get_model(label)._default_manager.filter(pk=pk).first(), changes


def _delete(label: str, ids: set[int]) -> None:
    manager = apps.get_model(label)._default_manager
    for part in _parts(ids):
        manager.filter(pk__in=part).delete()


def _parts(ids: set[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
