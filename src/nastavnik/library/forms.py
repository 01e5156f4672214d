"""Forms of the dictionaries, made from the table of attributes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms

from nastavnik.library.attributes import FIELDS, FieldSpec
from nastavnik.library.queries import Item
from nastavnik.shared.forms import DateField, Form, area

COLUMNS = ("title", "parent", "valid_from", "valid_to", "reason")
Names = Mapping[str, Mapping[str, str]]


class LinesField(forms.CharField):
    """A list of strings, one a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class EntryForm(Form):
    """One entry at one level; `entry_form` adds the fields of its dictionary."""

    title = forms.CharField(label="Название", max_length=700, widget=area(2))

    def values(self) -> dict[str, Any]:
        """Arguments of `services.save_entry`: columns apart, the rest as attributes."""
        columns = {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}
        rest = {k: v for k, v in self.cleaned_data.items() if k not in columns}
        return {**columns, "attributes": rest}


class RetireForm(Form):
    """Why an entry goes out of use."""

    reason = forms.CharField(label="Причина", max_length=300)


class RepealForm(Form):
    """Since when an act is out of force and what stands in its place."""

    last_day = DateField(label="Последний день действия", help_text="Например, 31.08.2026")
    replaced_by = forms.ChoiceField(label="Какой акт действует вместо него", required=False)
    reason = forms.CharField(
        label="Основание", max_length=300, help_text="Номер и дата акта об отмене"
    )


def entry_form(
    dictionary: str, names: Names, data: Any = None, *, entry: Item | None = None
) -> EntryForm:
    """The form of a dictionary; `names` gives titles by code for every dictionary referred to."""
    declared: dict[str, Any] = {
        spec.name: _field(spec, names) for spec in FIELDS[dictionary] if spec.editable
    }
    if entry is not None:
        declared["reason"] = forms.CharField(
            label="Что изменилось и почему", max_length=300, required=False
        )
    made = cast("type[EntryForm]", type("EntryForm", (EntryForm,), declared))
    return made(data, initial=_initial(entry) if entry else {})


def repeal_form(acts: Mapping[str, str], data: Any = None) -> RepealForm:
    form = RepealForm(data)
    form.offer("replaced_by", acts.items(), empty="Не выбран")
    return form


def _initial(entry: Item) -> dict[str, Any]:
    values = {**entry.attributes, "title": entry.title, "parent": entry.parent}
    values |= {"valid_from": entry.valid_from, "valid_to": entry.valid_to}
    for spec in FIELDS[entry.dictionary]:
        if spec.kind == "date" and isinstance(values.get(spec.name), str):
            values[spec.name] = date.fromisoformat(values[spec.name])
    return values


def _field(spec: FieldSpec, names: Names) -> forms.Field:
    common: dict[str, Any] = {
        "label": spec.label,
        "required": spec.required,
        "help_text": spec.hint,
    }
    if spec.kind in {"choice", "ref"}:
        options = spec.choices or names[spec.source].items()
        return forms.ChoiceField(**common, choices=_choices(options, empty="Выберите"))
    if spec.kind == "refs":
        ticks = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            **common, choices=list(names[spec.source].items()), widget=ticks
        )
    return _PLAIN[spec.kind](common)


_PLAIN: dict[str, Callable[[dict[str, Any]], forms.Field]] = {
    "text": lambda common: forms.CharField(**common, max_length=300),
    "long": lambda common: forms.CharField(**common, widget=area()),
    "lines": lambda common: LinesField(**common, widget=area(6)),
    "number": lambda common: forms.IntegerField(**common, min_value=0, max_value=9999),
    "flag": lambda common: forms.BooleanField(**common),
    "date": lambda common: DateField(**common),
}


def _choices(options: Iterable[tuple[str, str]], *, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *options]
