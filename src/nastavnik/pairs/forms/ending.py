"""Forms by which a pair ends or changes its people."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from nastavnik.pairs.forms.pairs import PersonChoice
from nastavnik.shared.forms import DateField, Form, area


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


class PastDateField(DateField):
    """A day that has come."""

    def clean(self, value: Any) -> Any:
        found: date | None = super().clean(value)
        if found is not None and found > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил")
        return found


class CompleteForm(Form):
    """The programme is done: its results are recorded instead of an order."""

    on = PastDateField(label="Последний день")
    results = forms.CharField(
        label="Результаты",
        max_length=2000,
        widget=area(4),
        help_text="Что получилось у наставляемого: запрос, с которым пришёл, и чем закончили",
    )


class ReplaceForm(Form):
    """Another mentor for the same mentees."""

    mentor = PersonChoice(label="Новый наставник", queryset=None, empty_label="Выберите")
    starts_on = DateField(label="Работает с", help_text="Не раньше приказа о замене")
    reason = forms.CharField(label="Почему меняем наставника", max_length=300)

    def __init__(self, *args: Any, mentors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = mentors  # type: ignore[attr-defined]


class ReplaceOrderForm(Form):
    starts_on = DateField(label="Новый наставник работает с")
    reason = forms.CharField(label="Причина замены", max_length=300)


class ChangeOrderForm(Form):
    """The additional order by which a group at work changes."""

    starts_on = DateField(label="Новый состав действует с", help_text="Не раньше даты приказа")


class AddForm(Form):
    """One more mentee of a group."""

    mentee = PersonChoice(label="Кого добавить", queryset=None, empty_label="Выберите")

    def __init__(self, *args: Any, mentees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentee"].queryset = mentees  # type: ignore[attr-defined]


class LeaveForm(Form):
    """Who leaves the group, when and why."""

    mentee_id = forms.TypedChoiceField(label="Кто выходит", coerce=int, choices=())
    on = PastDateField(label="Последний день")
    reason = forms.CharField(label="Причина", max_length=300)

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mentee_id", members, empty="Выберите")
