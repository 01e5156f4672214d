"""Forms of the review of proposals."""

from typing import Any

from django import forms

from nastavnik.matching.engine.problem import DEFAULT_WEIGHTS, WEIGHT_TITLES
from nastavnik.shared.forms import Form

CUT_OFF = 60


class WeightsForm(Form):
    """How much each part of the score may give; together 100."""

    def __init__(self, *args: Any, weights: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = weights or DEFAULT_WEIGHTS
        for code, title in WEIGHT_TITLES.items():
            self.fields[code] = forms.IntegerField(
                label=title[:1].upper() + title[1:],
                min_value=0,
                max_value=100,
                initial=known.get(code, DEFAULT_WEIGHTS[code]),
                widget=forms.TextInput(attrs={"class": "input--xs", "inputmode": "numeric"}),
                error_messages={
                    "required": f"Впишите число: {title}",
                    "invalid": f"Впишите целое число от 0 до 100: {title}",
                    "min_value": f"Не меньше 0: {title}",
                    "max_value": f"Не больше 100: {title}",
                },
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and sum(values.values()) != 100:
            total = sum(values.values())
            raise forms.ValidationError(f"Вместе должно быть 100, а сейчас {total}.")
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
