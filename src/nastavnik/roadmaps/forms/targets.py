"""The form of a target of a roadmap."""

from django import forms

from nastavnik.roadmaps.models import Indicator
from nastavnik.shared.forms import DateField, Form, area


class TargetForm(Form):
    """What is promised, how much, by which day."""

    words = forms.CharField(
        label="Цель",
        max_length=2000,
        widget=area(),
        help_text="Например, «Не менее 10 % обучающихся участвуют в программах наставничества»",
    )
    value = forms.DecimalField(
        label="Значение",
        max_digits=9,
        decimal_places=2,
        min_value=0,
        localize=True,
        required=False,
        help_text="Число из цели. Если числа нет, оставьте пустым",
    )
    unit = forms.CharField(
        label="Единица",
        max_length=40,
        required=False,
        help_text="«%», «человек», «программ»",
    )
    due_on = DateField(label="К какому дню", required=False)
    indicator = forms.ChoiceField(
        label="Показатель целевой модели",
        choices=[("", "Другой или никакой"), *Indicator.choices],
        required=False,
    )
