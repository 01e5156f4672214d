"""Pairs named in a register; the app above writes them, this one only hands the lines over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from nastavnik.accounts.actor import Actor
from nastavnik.tenancy.models import Organisation

Ref = list[Any]


@dataclass(frozen=True)
class PairLine:
    """A row that names the other side: «Гущина Любовь Викторовна, № 48 от 01.10.2026».

    `person_id` is the person of the row, filled when the row is written. Without `order_number`
    the pair was never fixed by an order.
    """

    row: int
    side: Literal["mentee", "mentor"]
    partners: tuple[tuple[str, str, str], ...]
    partner_place: str = ""
    form: str = ""
    order_number: str = ""
    order_date: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    results: str = ""
    person_id: int = 0

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        plain["partners"] = [list(names) for names in self.partners]
        for name in ("order_date", "starts_on", "ends_on"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "PairLine":
        values = dict(plain)
        for name in ("order_date", "starts_on", "ends_on"):
            values[name] = date.fromisoformat(plain[name]) if plain[name] else None
        values["partners"] = tuple((str(a), str(b), str(c)) for a, b, c in plain["partners"])
        return cls(**values)


class PairImporter(Protocol):
    """What `pairs` provides."""

    def write(
        self, *, actor: Actor, organisation: Organisation, lines: Sequence[PairLine], today: date
    ) -> list[list[Ref]]:
        """For every line the rows it made: `[["pairs.pair", 12]]`; empty when a side is unknown yet."""
        ...

    def undo(self, *, actor: Actor, organisation: Organisation, refs: Collection[Ref]) -> list[str]:
        """Remove the rows, or say in sentences why they cannot be removed (and remove nothing)."""
        ...


_importers: list[PairImporter] = []


def register_pair_importer(importer: PairImporter) -> None:
    _importers[:] = [importer]


def pair_importer() -> PairImporter | None:
    return _importers[0] if _importers else None
