"""A column of a list: which fields it reads, how it is shown, sorted and exported."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models.expressions import Combinable
from django.utils import timezone

Exported = str | int | float | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """`sources` are field paths for `values_list`; `cell(*values)` words them for the screen.

    Without `cell` the first value is shown as it is. `sort` lists field paths or expressions that
    are never NULL (wrap a nullable one in `Coalesce`); without it the column cannot be sorted.
    `export(*values)` gives the value for Excel, by default the first source. `head` marks the
    column that names the row. `css` is a class of the cell: `num`, `act`.
    """

    key: str
    title: str
    sources: Sequence[str]
    cell: Callable[..., Any] | None = None
    sort: Sequence[str | Combinable] = field(default=())
    export: Callable[..., Exported] | None = None
    head: bool = False
    css: str = ""
    on_screen: bool = True
    in_export: bool = True


def shown(value: Any) -> str:
    """The plain wording of a value: dates as 15.09.2026, да and нет, nothing for NULL."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime(
            "%d.%m.%Y, %H:%M"
        )
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)
