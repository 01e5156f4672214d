"""Filters of the pages about people."""

from typing import Any

from django import template

from nastavnik.shared.columns import shown

register = template.Library()


@register.filter
def cell_words(value: Any) -> str:
    """A cell of a register: dates as 15.09.2026, nothing for an empty one."""
    return shown(value)
