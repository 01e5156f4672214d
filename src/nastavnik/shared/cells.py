"""Rows of a table as HTML, in one pass over tuples: the page with 50 rows stays cheap."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from nastavnik.shared.columns import Column, shown
from nastavnik.shared.icons import ICONS

_SORT_ICONS = {"ascending": "up", "descending": "down", "": "sort"}


def _safe(value: str) -> str:
    """`conditional_escape` for plain strings, without its toll for lazy ones: cells are many."""
    return value if isinstance(value, SafeString) else html.escape(str(value))


@lru_cache(maxsize=512)
def tag(text: str, kind: str = "", *, box: bool = False) -> SafeString:
    """A word with a shape for a cell: `tag("В паре", "ok")`."""
    css = f"tag tag--{kind}" if kind else "tag"
    return format_html('<span class="{}">{}</span>', f"{css} tag--box" if box else css, text)


def link(url: str, text: str) -> SafeString:
    """The name of a row that leads to its card; a relative address such as `12/` will do."""
    return SafeString(f'<a class="row-link" href="{_safe(url)}">{_safe(text)}</a>')


def small(text: str, note: str) -> SafeString:
    """A value with a quiet second line."""
    return SafeString(f"{_safe(text)}<small>{_safe(note)}</small>" if note else _safe(text))


def muted(text: str) -> SafeString:
    return SafeString(f'<span class="u-muted">{_safe(text)}</span>')


def rows_html(
    columns: Iterable[Column],
    sources: Sequence[str],
    records: Iterable[Sequence[Any]],
    *,
    pick: str = "",
) -> SafeString:
    """`<tr>…</tr>` for every record; the first value of a record is the key of its row.

    Roles are spelt out because a table drawn as cards loses them in Safari.
    """
    parts: list[str] = []
    places = [_place(column, sources) for column in columns if column.on_screen]
    box = f'<td class="pick" role="cell"><input type="checkbox" name="{escape(pick)}" value="'
    name_at = next((getter for column, _, _, getter in places if column.head), None)
    for record in records:
        parts.append('<tr role="row">')
        if pick:
            name = _plain(name_at(record)) if name_at else str(record[0])
            parts.append(
                f'{box}{_safe(str(record[0]))}" aria-label="Выбрать: {html.escape(name)}"></td>'
            )
        for _, opening, closing, getter in places:
            value = getter(record)
            parts += (
                opening,
                _safe(value if isinstance(value, str) else shown(value)),
                closing,
            )
        parts.append("</tr>\n")
    return mark_safe("".join(parts))  # noqa: S308 -- every value went through escape


def head_html(
    columns: Iterable[Column],
    sort_key: str,
    sort_url: Callable[[Column], str] | None,
    *,
    descending: bool,
) -> SafeString:
    """`<th>` for every column; the sorted one says so to screen readers."""
    cells = []
    for column in columns:
        if not column.on_screen:
            continue
        state = ("descending" if descending else "ascending") if column.key == sort_key else ""
        css = format_html(' class="{}"', column.css) if column.css else ""
        inside = format_html("{}", column.title)
        if column.css == "act":
            inside = format_html('<span class="visually-hidden">{}</span>', column.title)
        elif column.sort and sort_url is not None:
            size, drawing = ICONS[_SORT_ICONS[state]]
            sign = (
                f'<svg class="icon" viewBox="0 0 {size} {size}" aria-hidden="true">{drawing}</svg>'
            )
            inside = format_html(
                '<a class="sort" href="{}">{} {}</a>',
                sort_url(column),
                column.title,
                mark_safe(sign),  # noqa: S308 -- our own drawing
            )
        sorted_by = format_html(' aria-sort="{}"', state) if state else ""
        cells.append(
            format_html('<th scope="col" role="columnheader"{}{}>{}</th>', css, sorted_by, inside)
        )
    return mark_safe("".join(cells))  # noqa: S308 -- made of escaped parts


def getter_of(
    column: Column, sources: Sequence[str], wording: Callable[..., Any] | None
) -> Callable[[Sequence[Any]], Any]:
    """How to take the column's value out of a record."""
    places = [sources.index(name) for name in column.sources]
    if len(places) == 1:
        only = places[0]
        if wording is None:
            return lambda record: record[only]
        return lambda record: wording(record[only])
    if wording is None:
        first = places[0]
        return lambda record: record[first]
    return lambda record: wording(*(record[place] for place in places))


def _place(
    column: Column, sources: Sequence[str]
) -> tuple[Column, str, str, Callable[[Sequence[Any]], Any]]:
    css = f' class="{escape(column.css)}"' if column.css else ""
    getter = getter_of(column, sources, column.cell)
    if column.head:
        return column, f'<th scope="row" role="rowheader"{css}>', "</th>", getter
    label = "" if column.css == "act" else f' data-label="{escape(column.title)}"'
    return column, f'<td role="cell"{css}{label}>', "</td>", getter


def _plain(value: Any) -> str:
    """The words of a cell without its tags."""
    text = str(value)
    if not isinstance(value, SafeString):
        return text
    return html.unescape(re.sub(r"<[^>]+>", " ", text)).strip()
