"""Writing the dictionaries: every change is a new version with its trace in the journal."""

import re
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.library import outside
from nastavnik.library.engine.seed import DICTIONARIES, seed
from nastavnik.library.models import (
    Entry,
    EntryVersion,
    Origin,
    OwnEntry,
    column_names,
    plain,
)
from nastavnik.library.policies import Node, can_edit
from nastavnik.library.queries import Item, UnknownEntry, forget_entries, items
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory

REQUIRED = {"topics": ("group", "request"), "requests": ("audience",)}
CODE_LENGTH = 36  # a pair keeps the code of its form in 40 signs
MIN_STEM = 2  # letters; a bare star would match every word
_LATIN = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye") | str.maketrans(
    {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ю": "yu",
        "я": "ya",
        "ъ": "",
        "ь": "",
    }
)


@transaction.atomic
def load_seed() -> int:
    """Bring the federal entries to what this release delivers; return how many versions were added.

    Entries changed by hand at the federal level stay as they are. Run after every migration, so it
    reads one query and writes only differences.
    """
    known = {
        (e.dictionary, e.code): e for e in Entry.objects.filter(territory=None, is_current=True)
    }
    fresh: list[Entry] = []
    stale: list[int] = []
    for dictionary in DICTIONARIES:
        if dictionary == "intents":  # words of the engine, not a dictionary that people edit
            continue
        for position, source in enumerate(seed(dictionary), start=1):
            new = _delivered(dictionary, position, source)
            old = known.get((dictionary, new.code))
            if old is not None:
                if old.origin != Origin.SEED or _content(old) == _content(new):
                    continue
                stale.append(old.pk)
                new.version = old.version + 1
            fresh.append(new)
    Entry.objects.filter(pk__in=stale).update(is_current=False)
    Entry.objects.bulk_create(fresh)
    forget_entries()
    return len(fresh)


@transaction.atomic
def save_entry(
    *,
    actor: Actor,
    node: Node,
    dictionary: str,
    title: str,
    attributes: dict[str, Any],
    code: str = "",
    parent: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    reason: str = "",
) -> EntryVersion:
    """Add an entry of the node's level, or a new version of it.

    A code inherited from above gives the territory its own version, which wins for everyone below.
    An organisation may not take a code that its territory already has.
    Raises PermissionRefused, DomainError.
    """
    demand(can_edit(actor, node, dictionary))
    title = tidy(title)
    if not title:
        raise DomainError("title_missing", "Впишите название.", field="title")
    if valid_from and valid_to and valid_to < valid_from:
        raise DomainError(
            "term_reversed", "Окончание раньше начала. Проверьте даты.", field="valid_to"
        )
    inherited = _visible(node, dictionary)
    attributes = {**(inherited[code].attributes if code in inherited else {}), **plain(attributes)}
    _check_attributes(dictionary, attributes)
    code = code or _new_code(title, inherited)
    base = inherited.get(code)
    if isinstance(node, Organisation) and base is not None and base.organisation_id is None:
        raise DomainError(
            "not_own", "Это запись другого уровня. Добавьте собственную запись.", field="title"
        )
    return _add_version(
        actor=actor,
        node=node,
        base=base,
        dictionary=dictionary,
        code=code,
        values={
            "title": title,
            "parent": parent,
            "attributes": attributes,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "is_active": True,
        },
        action="library.save",
        reason=reason,
    )


@transaction.atomic
def retire_entry(
    *, actor: Actor, node: Node, dictionary: str, code: str, reason: str
) -> EntryVersion:
    """Take an entry out of use at the node and below; records that hold its code stay readable."""
    base = _changeable(actor, node, dictionary, code)
    return _repeat(
        actor, node, base, changes={"is_active": False}, action="library.retire", reason=reason
    )


@transaction.atomic
def restore_entry(
    *, actor: Actor, node: Node, dictionary: str, code: str, reason: str = ""
) -> EntryVersion:
    """Put a retired entry back into use at the node."""
    base = _changeable(actor, node, dictionary, code)
    return _repeat(
        actor, node, base, changes={"is_active": True}, action="library.restore", reason=reason
    )


@transaction.atomic
def repeal_act(
    *,
    actor: Actor,
    node: Node,
    code: str,
    last_day: date,
    replaced_by: str = "",
    reason: str = "",
) -> EntryVersion:
    """Mark an act as repealed: from the day after `last_day` every template citing it warns."""
    base = _changeable(actor, node, "acts", code)
    if base.valid_from and last_day < base.valid_from:
        raise DomainError(
            "term_reversed",
            "Акт не мог утратить силу раньше, чем начал действовать.",
            field="last_day",
        )
    if replaced_by and (replaced_by == code or replaced_by not in _visible(node, "acts")):
        raise DomainError(
            "successor_unknown", "Выберите другой акт вместо этого.", field="replaced_by"
        )
    attributes = {**base.attributes, "status": "repealed", "replaced_by": replaced_by}
    changes = {"attributes": attributes, "valid_to": last_day}
    return _repeat(actor, node, base, changes=changes, action="library.repeal", reason=reason)


def _check_attributes(dictionary: str, attributes: dict[str, Any]) -> None:
    """Refuse what the suggestions could not work with: they run on these entries."""
    for name in REQUIRED.get(dictionary, ()):
        if not attributes.get(name):
            raise DomainError("attribute_missing", "Заполните это поле.", field=name)
    for name in ("patterns", "weak"):
        for pattern in attributes.get(name, ()):
            if any(len(word.strip("*|")) < MIN_STEM for word in str(pattern).split() or [""]):
                text = f"Слово «{pattern}» слишком короткое: нужно хотя бы две буквы."
                raise DomainError("pattern_short", text, field=name)
    outside.check(dictionary, attributes)


def _changeable(actor: Actor, node: Node, dictionary: str, code: str) -> Item:
    """The entry to change; an organisation changes only its own, others do not exist for it."""
    demand(can_edit(actor, node, dictionary))
    base = _visible(node, dictionary).get(code)
    if base is None:
        raise UnknownEntry(code)
    if isinstance(node, Organisation) and base.organisation_id is None:
        raise DomainError("not_own", "Это запись другого уровня, её меняет тот, кто её ведёт.")
    return base


def _repeat(
    actor: Actor, node: Node, base: Item, *, changes: dict[str, Any], action: str, reason: str
) -> EntryVersion:
    values = {
        "title": base.title,
        "parent": base.parent,
        "attributes": base.attributes,
        "valid_from": base.valid_from,
        "valid_to": base.valid_to,
        "is_active": base.is_active,
    }
    return _add_version(
        actor=actor,
        node=node,
        base=base,
        dictionary=base.dictionary,
        code=base.code,
        values=values | changes,
        action=action,
        reason=reason,
    )


def _add_version(
    *,
    actor: Actor,
    node: Node,
    base: Item | None,
    dictionary: str,
    code: str,
    values: dict[str, Any],
    action: str,
    reason: str,
) -> EntryVersion:
    rows, owner = _store(node)
    mine = rows.filter(dictionary=dictionary, code=code)
    last = mine.select_for_update().order_by("-version").first()
    mine.filter(is_current=True).update(is_current=False)
    entry: EntryVersion = rows.model(
        **owner,
        **values,
        dictionary=dictionary,
        code=code,
        position=_position(dictionary, last, base),
        version=last.version + 1 if last else 1,
        origin=Origin.EDIT,
        reason=tidy(reason)[:300],
        created_by=actor.label,
    )
    entry.full_clean()
    entry.save(force_insert=True)
    forget_entries()
    record(
        actor=actor,
        action=action,
        subject=entry,
        from_state=f"версия {last.version}" if last else "",
        to_state=f"версия {entry.version}",
        reason=reason,
        details={"dictionary": dictionary, "code": code},
    )
    return entry


def _store(node: Node) -> tuple[Any, dict[str, Any]]:
    """The rows of one owner and the values that make a row his."""
    if isinstance(node, Organisation):
        return OwnEntry.objects.filter(organisation=node), {"organisation": node}
    return Entry.objects.filter(territory=node), {"territory": node}


def _visible(node: Node, dictionary: str) -> dict[str, Item]:
    found = items(
        dictionary,
        organisation=node if isinstance(node, Organisation) else None,
        territory=node if isinstance(node, Territory) else None,
        retired=True,
    )
    return {item.code: item for item in found}


def _position(dictionary: str, last: EntryVersion | None, base: Item | None) -> int:
    if last is not None:
        return last.position
    if base is not None:
        return Entry.objects.values_list("position", flat=True).get(pk=base.pk)
    return 1000


def _new_code(title: str, taken: dict[str, Item]) -> str:
    """A readable code for a new entry: «Р-12/3 Приказ» → `r-12-3-prikaz`."""
    words = (
        re.sub(r"[^a-z0-9]+", "-", title.casefold().translate(_LATIN))
        .strip("-")[:CODE_LENGTH]
        .strip("-")
    )
    code, number = words or "entry", 2
    while code in taken:
        code, number = f"{words or 'entry'}-{number}", number + 1
    return code


def _delivered(dictionary: str, position: int, source: dict[str, Any]) -> Entry:
    own = column_names()
    return Entry(
        dictionary=dictionary,
        code=source["code"],
        parent=source.get("parent", ""),
        title=source["title"],
        attributes=plain({key: value for key, value in source.items() if key not in own}),
        position=position,
        valid_from=source.get("valid_from"),
        valid_to=source.get("valid_to"),
        origin=Origin.SEED,
        created_by="Поставка системы",
    )


def _content(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.title,
        entry.parent,
        entry.attributes,
        entry.position,
        entry.valid_from,
        entry.valid_to,
    )
