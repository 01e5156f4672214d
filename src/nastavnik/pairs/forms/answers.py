"""Forms about both sides' «да»."""

from collections.abc import Collection
from typing import Any

from django import forms

from nastavnik.shared.forms import DateField, Form, KeyField


class AnswerForm(Form):
    """One person's answer noted by the curator."""

    person = KeyField(widget=forms.HiddenInput)
    is_yes = forms.TypedChoiceField(
        choices=[("yes", "Да"), ("no", "Нет")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )


class SheetForm(Form):
    """Pairs whose people signed the printed sheet; without ticks and with `all`, every pair."""

    p = forms.TypedMultipleChoiceField(coerce=int, choices=(), required=False)
    all = forms.BooleanField(required=False)
    on = DateField(label="Дата листа")
    attested = forms.BooleanField(
        label="Подтверждаю: участники этих пар сказали «да» и расписались в листе"
    )

    def __init__(self, *args: Any, allowed: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._allowed = list(allowed)
        self.offer("p", [(pk, str(pk)) for pk in allowed])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("all"):
            values["p"] = self._allowed
        elif not self.errors and not values.get("p"):
            raise forms.ValidationError("Отметьте хотя бы одну пару.")
        return values


class YesForm(Form):
    """The one question of the personal link."""

    answer = forms.TypedChoiceField(
        choices=[("yes", "Да"), ("no", "Нет")], coerce=lambda value: value == "yes"
    )
