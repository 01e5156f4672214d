"""Asking neighbours for a mentor and answering them."""

from django import forms

from nastavnik.people.models import LoanState, SaidWay
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import DateField, Form


class AskForm(Form):
    """Which of the offers to ask about."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)


class AgreeForm(Form):
    """The mentor's own «да», noted by the curator."""

    said_way = forms.ChoiceField(
        label="Как наставник согласился",
        choices=[(way.value, way.label) for way in (SaidWay.SPOKEN, SaidWay.SHEET)],
        widget=forms.RadioSelect,
        help_text="Он согласен помочь и согласен, чтобы другое учреждение узнало его имя.",
    )
    said_on = DateField(label="Когда он согласился")


class ConfirmForm(Form):
    """The mentor has answered himself: the institution only agrees."""


class DeclineForm(Form):
    reason = forms.CharField(
        label="Почему нет",
        max_length=200,
        help_text="Эти слова увидит другая сторона. Не называйте имён и учреждения.",
    )


class LoanFilters(FilterForm):
    """What the coordinator looks at."""

    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *LoanState.choices])
    page = forms.IntegerField(min_value=1, max_value=9999)
