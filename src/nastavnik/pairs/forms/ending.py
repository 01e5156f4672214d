"""Forms by which a pair ends."""

from django import forms

from nastavnik.shared.forms import DateField, Form


class EndForm(Form):
    """The order that ends a pair, by the plan or early."""

    ends_on = DateField(label="Последний день")
    is_early = forms.BooleanField(label="Прекращается досрочно", required=False)
    reason = forms.CharField(label="Основание", max_length=300)
    stated_on = DateField(
        label="Дата заявления",
        required=False,
        help_text="Если просит наставник-работник: он освобождается через три рабочих дня",
    )
