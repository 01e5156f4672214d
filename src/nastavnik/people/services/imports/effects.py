"""What a loaded file wrote, row by row: enough to take it back and to tell what came of it."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nastavnik.people.models import ImportBatch


@dataclass(slots=True)
class Effect:
    """One row of the file. `made` lists new rows by model, `changes` is model → field → [was, became].

    `pair` is the line about the other side, `pair_refs` the rows that pairs made of it.
    """

    row: int
    person: int = 0
    is_new: bool = False
    made: dict[str, list[int]] = field(default_factory=dict)
    changes: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    profile: int = 0
    pair: dict[str, Any] | None = None
    pair_refs: list[list[Any]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.is_new or self.made or self.changes or self.pair_refs)


_FIELDS = tuple(Effect.__dataclass_fields__)


def load_effects(batch: ImportBatch) -> list[Effect]:
    if not batch.effects:
        return []
    return [Effect(**plain) for plain in json.loads(zlib.decompress(bytes(batch.effects)))]


def dump_effects(effects: Iterable[Effect]) -> bytes:
    plain = [{name: getattr(effect, name) for name in _FIELDS} for effect in effects]
    text = json.dumps(plain, separators=(",", ":"))
    return zlib.compress(text.encode(), level=1)
