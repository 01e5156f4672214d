"""What the board shows."""

from django import forms

from nastavnik.roadmaps.queries.board import ALL, FILTERS
from nastavnik.shared.forms import Form


class ShowForm(Form):
    """Which lines of the board are shown."""

    show = forms.ChoiceField(choices=list(FILTERS.items()), required=False)

    @property
    def chosen(self) -> str:
        return (self.cleaned_data["show"] if self.is_valid() else "") or ALL
