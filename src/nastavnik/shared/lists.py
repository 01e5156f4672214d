"""The one pattern of tables: columns, sorting, keyset pages, chips of filters, export, print.

A list reads tuples (`values_list`) and renders them in one pass, so a page costs three queries
whatever its length: count, place of the cursor, rows. A cursor holds a row's key and never its
name, because addresses end up in logs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from nastavnik.shared.cells import head_html, rows_html
from nastavnik.shared.columns import Column
from nastavnik.shared.exports import xlsx_response
from nastavnik.shared.filters import FilterForm

Rows = QuerySet[Any, Any]
Direction = Literal["after", "before", "end"]
OnExport = Callable[[str, int], None]

PAGE_SIZE = 50
PRINT_LIMIT = 5_000
WIDE_COLUMNS = 7
_OWN_PARAMETERS = ("page", "format", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class ListSpec:
    """What a list shows. `order` is the key of a sortable column, with a minus for descending."""

    key: str
    title: str
    columns: Sequence[Column]
    order: str
    nouns: tuple[str, str, str] = ("запись", "записи", "записей")
    page_size: int = PAGE_SIZE
    can_export: bool = True

    @cached_property
    def sortable(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns if column.sort}

    @cached_property
    def sources(self) -> list[str]:
        """Fields to read: the key of the row, then every source once, in order."""
        names = dict.fromkeys(name for column in self.columns for name in column.sources)
        return ["pk", *(name for name in names if name != "pk")]


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: beside a row, or at the end. `start` is the number of its first row."""

    direction: Direction = "after"
    row: int | str | None = None
    start: int = 1

    def sign(self, salt: str) -> str:
        return signing.Signer(salt=salt).sign_object([self.direction, self.row, self.start])

    @classmethod
    def read(cls, text: str, salt: str) -> "Cursor":
        """A cursor that we did not write means the first page."""
        if not text:
            return cls()
        try:
            direction, row, start = signing.Signer(salt=salt).unsign_object(text)
        except (signing.BadSignature, ValueError):
            return cls()
        return cls(direction, row, start)


@dataclass
class Listing:
    """One page of a list; made by `list_page`."""

    spec: ListSpec
    query: QueryDict
    total: int
    records: list[tuple[Any, ...]]
    sort_key: str
    descending: bool
    start: int
    has_previous: bool
    has_next: bool
    filters: FilterForm | None = None
    pick: str = ""
    empty: dict[str, str] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        """Too many columns for a sheet beside the menu: the table scrolls inside its card."""
        return sum(column.on_screen for column in self.spec.columns) > WIDE_COLUMNS

    @property
    def body(self) -> SafeString:
        return rows_html(self.spec.columns, self.spec.sources, self.records, pick=self.pick)

    @property
    def head(self) -> SafeString:
        return head_html(
            self.spec.columns, self.sort_key, self._sort_url, descending=self.descending
        )

    @property
    def end(self) -> int:
        return self.start + len(self.records) - 1

    @property
    def first_url(self) -> str:
        return self._url(page=None) if self.has_previous else ""

    @property
    def previous_url(self) -> str:
        if not self.has_previous:
            return ""
        start = max(1, self.start - self.spec.page_size)
        return self._cursor_url(Cursor("before", self.records[0][0], start))

    @property
    def next_url(self) -> str:
        if not self.has_next:
            return ""
        return self._cursor_url(Cursor("after", self.records[-1][0], self.end + 1))

    @property
    def last_url(self) -> str:
        return self._cursor_url(Cursor("end")) if self.has_next else ""

    @property
    def xlsx_url(self) -> str:
        return self._url(page=None, format="xlsx") if self.spec.can_export else ""

    @property
    def print_url(self) -> str:
        return self._url(page=None, format="print")

    @property
    def chips(self) -> list[dict[str, Any]]:
        """Filters in use, each with an address without it."""
        if self.filters is None:
            return []
        return [
            {
                "title": title,
                "url": self._url(page=None, **{name: None}),
                "remove": True,
                "count": None,
            }
            for name, title in self.filters.in_use()
        ]

    @property
    def clear_url(self) -> str:
        names = self.filters.fields if self.filters else ()
        return self._url(page=None, **dict.fromkeys(names))

    def _sort_url(self, column: Column) -> str:
        again = column.key == self.sort_key and not self.descending
        return self._url(page=None, sort=f"-{column.key}" if again else column.key)

    def _cursor_url(self, cursor: Cursor) -> str:
        return self._url(
            page=cursor.sign(_salt(self.spec, self.sort_key, descending=self.descending))
        )

    def _url(self, **changes: str | None) -> str:
        query = self.query.copy()
        for name in _OWN_PARAMETERS:
            query.pop(name, None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return f"?{query.urlencode()}"


def list_page(
    request: HttpRequest,
    spec: ListSpec,
    rows: Rows,
    *,
    filters: FilterForm | None = None,
    pick: str = "",
    empty: dict[str, str] | None = None,
    total: int | None = None,
) -> Listing:
    """Read one page of `rows`, already filtered by the caller, who may know their number.

    `pick` names the checkbox of each row for actions on many; `empty` holds title, text, url and
    button for a list without rows.
    """
    sort_key, descending = _sort_of(request, spec)
    ordered, names = _ordered(rows, spec.sortable[sort_key], descending=descending)
    cursor = Cursor.read(request.GET.get("page", ""), _salt(spec, sort_key, descending=descending))
    total = rows.count() if total is None else total
    records, more = _read(ordered, spec, names, cursor, descending=descending)
    if records is None:
        cursor = Cursor()
        records, more = _read(ordered, spec, names, cursor, descending=descending)
    records = records or []
    backwards = cursor.direction != "after"
    start = total - len(records) + 1 if cursor.direction == "end" else cursor.start
    return Listing(
        spec=spec,
        query=request.GET,
        total=total,
        records=records,
        sort_key=sort_key,
        descending=descending,
        start=start if more or not backwards or cursor.direction == "end" else 1,
        has_previous=more if backwards else cursor.row is not None,
        has_next=cursor.direction == "before" if backwards else more,
        filters=filters,
        pick=pick,
        empty=empty or {},
    )


def list_response(
    request: HttpRequest,
    spec: ListSpec,
    rows: Rows,
    *,
    template: str = "ui/list_page.html",
    context: dict[str, Any] | None = None,
    filters: FilterForm | None = None,
    pick: str = "",
    empty: dict[str, str] | None = None,
    on_export: OnExport | None = None,
) -> HttpResponseBase:
    """The page, the Excel file (`?format=xlsx`) or the sheet to print (`?format=print`) of a list.

    `on_export(kind, count)` lets the caller write the export into the journal.
    """
    wanted = request.GET.get("format", "")
    if wanted in {"xlsx", "print"} and (spec.can_export or wanted == "print"):
        if on_export is not None:
            on_export(wanted, rows.count())
        if wanted == "xlsx":
            return xlsx_response(
                spec.columns, all_records(request, spec, rows), spec.sources, spec.title
            )
        return _print_response(request, spec, rows)
    listing = list_page(request, spec, rows, filters=filters, pick=pick, empty=empty)
    return TemplateResponse(
        request, template, {**(context or {}), "listing": listing, "filters": filters}
    )


def all_records(request: HttpRequest, spec: ListSpec, rows: Rows) -> Iterator[tuple[Any, ...]]:
    """Every row in the order on the screen."""
    sort_key, descending = _sort_of(request, spec)
    ordered, _ = _ordered(rows, spec.sortable[sort_key], descending=descending)
    return ordered.values_list(*spec.sources).iterator(chunk_size=2_000)


def _print_response(request: HttpRequest, spec: ListSpec, rows: Rows) -> HttpResponseBase:
    sort_key, descending = _sort_of(request, spec)
    ordered, _ = _ordered(rows, spec.sortable[sort_key], descending=descending)
    records = list(ordered.values_list(*spec.sources)[:PRINT_LIMIT])
    query = request.GET.copy()
    query.pop("format", None)
    return TemplateResponse(
        request,
        "ui/list_print.html",
        {
            "spec": spec,
            "total": len(records),
            "head": head_html(spec.columns, "", None, descending=False),
            "body": rows_html(spec.columns, spec.sources, records),
            "back": f"?{query.urlencode()}",
        },
    )


def _sort_of(request: HttpRequest, spec: ListSpec) -> tuple[str, bool]:
    """The wished order when the list knows it, else its own."""
    wish = request.GET.get("sort", "")
    chosen = wish if wish.removeprefix("-") in spec.sortable else spec.order
    return chosen.removeprefix("-"), chosen.startswith("-")


def _salt(spec: ListSpec, sort_key: str, *, descending: bool) -> str:
    return f"list.{spec.key}.{sort_key}.{descending:d}"


def _ordered(rows: Rows, column: Column, *, descending: bool) -> tuple[Rows, list[str]]:
    """Rows in order, and the names of the fields that fix it; the key breaks ties."""
    names: list[str] = []
    for number, part in enumerate(column.sort):
        if isinstance(part, str):
            names.append(part)
        else:
            rows = rows.annotate(**{f"sort_{number}": part})
            names.append(f"sort_{number}")
    names.append("pk")
    return rows.order_by(*(_direction(name, descending=descending) for name in names)), names


def _direction(name: str, *, descending: bool) -> Combinable | Any:
    return F(name).desc() if descending else F(name).asc()


def _read(
    ordered: Rows, spec: ListSpec, names: list[str], cursor: Cursor, *, descending: bool
) -> tuple[list[tuple[Any, ...]] | None, bool]:
    """One page and whether more rows follow in its direction; None when the cursor's row is gone."""
    backwards = cursor.direction != "after"
    page = ordered.reverse() if backwards else ordered
    if cursor.row is not None:
        place = ordered.filter(pk=cursor.row).values_list(*names).first()
        if place is None:
            return None, False
        page = page.filter(_beyond(names, place, downwards=descending != backwards))
    records = list(page.values_list(*spec.sources)[: spec.page_size + 1])
    more = len(records) > spec.page_size
    records = records[: spec.page_size]
    return (records[::-1] if backwards else records), more


def _beyond(names: Sequence[str], place: Sequence[Any], *, downwards: bool) -> Q:
    """Rows strictly past `place` in lexicographic order, worded so that an index can be used."""
    sign = "lt" if downwards else "gt"
    name, value = names[0], place[0]
    if len(names) == 1:
        return Q(**{f"{name}__{sign}": value})
    rest = _beyond(names[1:], place[1:], downwards=downwards)
    return Q(**{f"{name}__{sign}e": value}) & (Q(**{f"{name}__{sign}": value}) | rest)
