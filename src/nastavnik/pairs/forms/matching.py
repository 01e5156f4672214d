"""Forms of the review of proposals."""

from typing import Any

from django import forms

from nastavnik.matching.engine.weights import (
    DEFAULT_WEIGHTS,
    GREATEST,
    MUST,
    WEIGHT_TITLES,
    weights_fault,
)
from nastavnik.shared.forms import Form

CUT_OFF = 60


class WeightsForm(Form):
    """How much each part of the score weighs: 0–10, or a condition."""

    def __init__(self, *args: Any, weights: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = DEFAULT_WEIGHTS | (weights or {})
        choices = [*((n, str(n)) for n in range(GREATEST + 1)), (MUST, "обязательно")]
        for code, title in WEIGHT_TITLES.items():
            self.fields[code] = forms.TypedChoiceField(
                label=title[:1].upper() + title[1:],
                choices=choices,
                coerce=int,
                initial=known[code],
                error_messages={
                    "required": f"Выберите вес: {title}",
                    "invalid_choice": f"Выберите вес от 0 до 10 или «обязательно»: {title}",
                },
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and (fault := weights_fault(values)):
            raise forms.ValidationError(fault)
        return values


class CutOffForm(Form):
    least_fit = forms.IntegerField(
        label="Принять все от",
        min_value=0,
        max_value=100,
        initial=CUT_OFF,
        help_text="баллов и выше",
        widget=forms.TextInput(attrs={"class": "input--xs", "inputmode": "numeric"}),
    )


class MenteeForm(Form):
    """One proposal named by its mentee."""

    mentee = forms.IntegerField(widget=forms.HiddenInput)


class MentorForm(Form):
    mentor = forms.IntegerField(widget=forms.HiddenInput)


class CombinationForm(Form):
    """A combination and the curator's word about it."""

    mentee = forms.IntegerField(widget=forms.HiddenInput)
    mentor = forms.IntegerField(widget=forms.HiddenInput)


class ForbidForm(CombinationForm):
    reason = forms.CharField(label="Почему не предлагать", max_length=300)
