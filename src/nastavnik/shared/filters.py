"""Forms that filter a list by the query of its address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from nastavnik.shared.columns import shown
from nastavnik.shared.forms import Form


class FilterForm(Form):
    """Bind it to `request.GET`; nothing is required, nonsense is left out and named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def values(self) -> dict[str, Any]:
        """Valid values that are not empty, by field."""
        self.is_valid()  # cleans once; nonsense is left out below
        return {name: value for name, value in self.cleaned_data.items() if not _is_empty(value)}

    def in_use(self) -> Iterable[tuple[str, str]]:
        """(field, «Класс: 7Б») for every filter in use."""
        for name, value in self.values().items():
            field = self.fields[name]
            words = str(field.label or name)
            yield name, words if value is True else f"{words}: {_words(field, value)}"


def _is_empty(value: Any) -> bool:
    return (
        value is None
        or value is False
        or value == ""
        or (hasattr(value, "__len__") and not len(value))
    )


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(value) if not hasattr(value, "__iter__") else ", ".join(map(str, value))
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # the field has already turned them into pairs
        titles = {
            str(key): str(title) for key, title in choices if not isinstance(title, (list, tuple))
        }
        keys = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(titles.get(str(key), str(key)) for key in keys)
    return shown(value)
