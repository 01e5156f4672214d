"""A roadmap on its way from a file: read, check, apply, undo. Nothing is written before apply."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.files.refusals import FileRefused
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.engine.tables import (
    Recognised,
    read_source,
    read_text,
    recognise,
)
from nastavnik.roadmaps.engine.tables.corrections import (
    accepted,
    corrected,
)
from nastavnik.roadmaps.engine.tables.store import pack
from nastavnik.roadmaps.models import ImportState, Roadmap, RoadmapImport, RoadmapState
from nastavnik.roadmaps.services.drafting import MOST_LINES, create_from_recognised, drop_draft
from nastavnik.roadmaps.services.import_check import check_import
from nastavnik.roadmaps.services.targets import write_targets
from nastavnik.shared.errors import DomainError, file_error
from nastavnik.shared.states import WrongState
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

UNDO_HOURS = 24
LONGEST_TEXT = 6000


@dataclass
class Answers:
    """What the person said in one go: the header, one line's texts, words to replace in lines."""

    header: Mapping[str, Any] = field(default_factory=dict)
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    take: Sequence[tuple[int, str, str]] = ()


@transaction.atomic
def start_import(
    *,
    actor: Actor,
    organisation: Organisation,
    file_name: str = "",
    content: bytes = b"",
    text: str = "",
) -> RoadmapImport:
    """Read a file in a child process, or a pasted text, and keep it for the check.

    The same file that already waits is taken up where it was left.
    Raises: DomainError (`file_…`) with advice for what cannot be read or holds no roadmap.
    """
    demand(policies.can_edit(actor))
    where = "file" if content or not text else "text"
    digest = hashlib.sha256(content or text.encode("utf-8", "replace")).hexdigest()
    waiting = RoadmapImport.objects.filter(
        file_digest=digest, state=ImportState.CHECKING, organisation=organisation
    ).first()
    if waiting is not None:
        known: RoadmapImport = waiting
        return known
    try:
        source = read_source(file_name, content) if where == "file" else read_text(text)
        recognise(source)
    except FileRefused as refused:
        raise file_error(refused, field=where) from refused
    batch = RoadmapImport(
        organisation=organisation,
        file_name=file_name[-200:],
        file_digest=digest,
        content=pack(source),
        created_by=actor.label,
    )
    batch.save()
    record(
        actor=actor, action="roadmaps.import_started", subject=batch, details={"file": file_name}
    )
    return batch


@transaction.atomic
def save_answers(*, actor: Actor, batch: RoadmapImport, answers: Answers) -> RoadmapImport:
    """Keep what was said in the check; no roadmap is written yet."""
    demand(policies.can_edit(actor))
    batch = _waiting(batch)
    kept = dict(batch.answers)
    before = kept.get("plan")
    if answers.header:
        chosen = dict(answers.header)
        kept["plan"] = chosen.pop("plan", before)
        kept["header"] = chosen
    if kept.get("plan") != before:
        # Another table has other lines: answers about the former ones mean nothing there.
        kept["lines"] = {}
        for name in ("title", "targets"):
            kept.get("header", {}).pop(name, None)
    else:
        kept["lines"] = _merged(kept.get("lines", {}), answers, batch)
    batch.answers = kept
    batch.save(update_fields=["answers"])
    return batch


@transaction.atomic
def apply_import(
    *, actor: Actor, batch: RoadmapImport, now: datetime, people: Mapping[str, int] | None = None
) -> Roadmap:
    """Write the draft: all lines that are not left out, together or not at all.

    Goals of the file come as targets: those ticked are confirmed, the others wait for a look.

    Raises: DomainError without a period (`period_unknown`), a title or a single line.
    """
    demand(policies.can_edit(actor))
    batch = _waiting(batch)
    check = check_import(batch)
    if not check.ready:
        raise DomainError(
            "nothing_ready", "Все строки отмечены «не загружать». Оставьте хотя бы одну."
        )
    if len(check.ready) > MOST_LINES:
        raise DomainError("too_many_lines", f"В карте может быть не больше {MOST_LINES} пунктов.")
    organisation = batch.organisation
    roadmap = create_from_recognised(
        actor=actor,
        organisation=organisation,
        recognised=replace(check.found, items=tuple(line.item for line in check.ready)),
        title=check.header.title,
        period=check.header.period,
        source_file=batch.file_name or "вставленный текст",
        people=people,
        template_code=check.template.template.code if check.template else "",
    )
    write_targets(
        roadmap,
        [offer.target for offer in check.offers],
        confirmed=[offer.ticked for offer in check.offers],
    )
    batch.state, batch.roadmap, batch.applied_at = ImportState.APPLIED, roadmap, now
    batch.save(update_fields=["state", "roadmap", "applied_at"])
    return roadmap


def can_undo_until(batch: RoadmapImport) -> datetime | None:
    """The last moment to take the roadmap back; None when it is not a draft any more."""
    if batch.state != ImportState.APPLIED or batch.applied_at is None or batch.roadmap is None:
        return None
    if batch.roadmap.state != RoadmapState.DRAFT:
        return None
    return batch.applied_at + timedelta(hours=UNDO_HOURS)


@transaction.atomic
def undo_import(*, actor: Actor, batch: RoadmapImport, now: datetime) -> None:
    """Take the draft away within 24 hours; the file can be checked anew.

    Raises: DomainError `undo_late`; WrongState when the roadmap was sent further.
    """
    demand(policies.can_edit(actor))
    batch = RoadmapImport.objects.select_for_update().get(pk=batch.pk)
    until = can_undo_until(batch)
    if until is None or batch.roadmap is None:
        raise WrongState("Эту карту уже отправили дальше или убрали, отменить загрузку нельзя.")
    if now > until:
        raise DomainError("undo_late", "Прошло больше 24 часов, отменить загрузку уже нельзя.")
    drop_draft(actor=actor, roadmap=batch.roadmap)
    batch.state, batch.roadmap = ImportState.UNDONE, None
    batch.save(update_fields=["state", "roadmap"])
    record(actor=actor, action="roadmaps.import_undone", subject=batch)


@transaction.atomic
def drop_import(*, actor: Actor, batch: RoadmapImport) -> None:
    """Forget a file that became no roadmap; its content is erased."""
    demand(policies.can_edit(actor))
    batch = _waiting(batch)
    batch.state, batch.content, batch.answers = ImportState.DROPPED, b"", {}
    batch.save(update_fields=["state", "content", "answers"])
    record(actor=actor, action="roadmaps.import_dropped", subject=batch)


def _waiting(batch: RoadmapImport) -> RoadmapImport:
    locked: RoadmapImport = RoadmapImport.objects.select_for_update().get(pk=batch.pk)
    if locked.state != ImportState.CHECKING:
        raise WrongState("Этот файл уже загружен или закрыт. Загрузите его снова.")
    return locked


def _merged(kept: Mapping[str, Any], answers: Answers, batch: RoadmapImport) -> dict[str, Any]:
    lines = {index: dict(said) for index, said in kept.items()}
    for index, said in answers.lines.items():
        texts = {
            k: v.replace("\x00", "")[:LONGEST_TEXT] if isinstance(v, str) else v
            for k, v in said.items()
        }
        lines.setdefault(str(index), {}).update(texts)
    if answers.take:
        _replace_words(lines, answers.take, check_import(batch).found)
    return lines


def _replace_words(
    lines: dict[str, dict[str, Any]], words: Sequence[tuple[int, str, str]], found: Recognised
) -> None:
    """Put the right word into its line; the other doubts of the line stay open."""
    for index, wrong, right in words:
        if 0 <= index < len(found.items):
            said = lines.setdefault(str(index), {})
            said.update(accepted(corrected(found.items[index], said, found.period), wrong, right))
