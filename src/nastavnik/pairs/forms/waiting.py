"""The terms of waiting."""

from django import forms

from nastavnik.pairs.queries.waiting import Rules
from nastavnik.shared.forms import Form

_SHORT = {"inputmode": "numeric", "class": "input--xs"}


def _days(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=365, widget=forms.NumberInput(attrs=_SHORT)
    )


class WaitingForm(Form):
    waiting_days = _days("Долго ждёт, если дней прошло")
    support_days = _days("Передать на сопровождение через, дней")

    def rules(self) -> Rules:
        return Rules(self.cleaned_data["waiting_days"], self.cleaned_data["support_days"])
