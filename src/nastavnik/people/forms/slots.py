"""Free hours of the week in a form: a grid of parts of the day and a line for finer times."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nastavnik.people.engine.slots import (
    DAYS,
    PARTS,
    read_slots,
    slots_in_words,
    slots_of_ticks,
    ticks_of,
)

MAX_LINE = 300
FULL_DAYS = (
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
)


class SlotsInput(forms.Widget):
    """Weekdays × parts of the day to tick, «точнее» in words; together they are the free hours."""

    template_name = "people/widgets/slots.html"
    is_group = True

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_line" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[tuple[str, ...], str]:
        listed = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or ()
        ticks = [listed] if isinstance(listed, str) else listed
        return tuple(ticks), str(data.get(f"{name}_line") or "").strip()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        is_sent = isinstance(value, tuple)
        ticks, line = value if is_sent else ticks_of(str(value or "").split())
        context["titles"] = [(title, f"{begin}–{end}") for title, begin, end in PARTS]
        context["rows"] = [
            {
                "short": short,
                "day": FULL_DAYS[day],
                "cells": [
                    {
                        "value": f"{day}.{begin}",
                        "label": f"{FULL_DAYS[day]}, {title}, {begin}–{end}",
                        "on": f"{day}.{begin}" in ticks,
                    }
                    for title, begin, end in PARTS
                ],
            }
            for day, short in enumerate(DAYS)
        ]
        context["line"] = line
        context["is_wrong"] = (attrs or {}).get("aria-invalid") == "true"
        return context


class SlotsField(forms.Field):
    """The free hours as one line of codes; words that are not understood are an error."""

    widget = SlotsInput

    def clean(self, value: Any) -> str:
        ticks, line = value
        if len(line) > MAX_LINE:
            raise ValidationError(f"Сократите строку о времени до {MAX_LINE} знаков.")
        reading = read_slots(line)
        if reading.unknown or (line and not reading.slots):
            words = ", ".join(f"«{word}»" for word in reading.unknown[:3]) or f"«{line[:40]}»"
            raise ValidationError(f"Не понято: {words}. Напишите так: «ср 15:00–17:00; пт с 14».")
        if reading.doubts:
            raise ValidationError(
                f"Уточните: {reading.doubts[0]}? Если так, напишите «{slots_in_words(reading.slots)}»."
            )
        return " ".join(sorted(slots_of_ticks(ticks) | set(reading.slots)))
