"""Tags and filters of the kit; `{% load ui %}`. Each is described in docs/ui.md."""

import datetime as dt
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nastavnik.shared import forms as kit_forms
from nastavnik.shared import typography
from nastavnik.shared.icons import ICONS

register = template.Library()
FILTER_FIELDS_LIMIT = 2_000
_filter_fields: dict[tuple[Any, ...], SafeString] = {}

register.filter("initials", typography.initials)


@cache
def _icon(name: str, css: str) -> SafeString:
    size, body = ICONS[name]
    drawn = mark_safe(body)  # noqa: S308 -- our own constant drawing
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', css, size, size, drawn
    )


@register.simple_tag
def icon(name: str, css: str = "icon") -> SafeString:
    """`{% icon "check" %}`: an outline hidden from screen readers, so put words beside it."""
    return _icon(name, css)


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    return typography.plural(number, one, few, many)


@register.simple_tag
def counted(number: int, one: str, few: str, many: str) -> str:
    return typography.counted(number, one, few, many)


@register.filter
def date_words(value: dt.date | dt.datetime | None) -> str:
    return typography.date_words(value)


@register.filter
def nbsp_initials(value: object) -> str:
    return typography.nbsp_initials(str(value)) if value else ""


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "", css: str = "") -> SafeString:
    """`{% field form.name %}`: label, hint, error and widget of one field of any Django form."""
    context = kit_forms.field_context(bound, label=label, hint=hint, css=css)
    return render_to_string("ui/field.html", context)


@register.simple_tag
def filter_field(bound: BoundField) -> SafeString:
    """`{% filter_field bound %}`: the same for a filter; empty ones are drawn once and kept.

    What a person typed is never kept, so that no name stays in memory.
    """
    if bound.value() or bound.errors:
        return field(bound)
    look = bound.field
    choices = repr(list(getattr(look, "choices", ())))
    key = (type(look.widget), bound.auto_id, str(bound.label), str(bound.help_text), choices)
    if key not in _filter_fields:
        if len(_filter_fields) >= FILTER_FIELDS_LIMIT:
            _filter_fields.clear()
        _filter_fields[key] = field(bound)
    return _filter_fields[key]


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """`{% form_fields form %}`: the summary of errors and every field in order."""
    return render_to_string("ui/form_fields.html", {"form": form})


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """`{% error_summary form %}`: what to mend, with links to the fields; nothing when all is well."""
    return render_to_string("ui/error_summary.html", {"errors": kit_forms.error_links(form)})


@register.simple_block_tag(takes_context=True)
def dialog(context: template.Context, content: str, id: str, title: str) -> SafeString:  # noqa: A002
    """`{% dialog id="close" title="…" %}…{% enddialog %}`; a link to `#close` opens it."""
    values: dict[str, Any] = {"id": id, "title": title, "content": content}
    return render_to_string("ui/dialog.html", values)


@register.simple_tag
def table(caption: str, columns: list[str], rows: list[list[Any]]) -> SafeString:
    """`{% table caption columns rows %}`: a small table; the first cell of a row names it."""
    paired = [list(zip(row, columns, strict=True)) for row in rows]
    context = {"caption": caption, "columns": columns, "rows": paired}
    return render_to_string("ui/table.html", context)
