"""Those without a pair: filters, the terms of waiting, who supports them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.pairs.forms.pairs import PeopleChoice
from nastavnik.pairs.queries.waiting import Rules
from nastavnik.people.queries.codes import after, topic_choices
from nastavnik.people.queries.support import Specialist
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import DateField, Form
from nastavnik.shared.text import tidy
from nastavnik.shared.typography import counted

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


class WaitingFilters(FilterForm):
    """What narrows the list down; the words of the terms are the institution's own."""

    name = forms.CharField(label="Имя", max_length=120)
    wait = forms.ChoiceField(label="Сколько ждёт", choices=())
    class_name = forms.CharField(label="Класс или группа", max_length=40)
    topic = forms.ChoiceField(label="Запрос", choices=after("Все", topic_choices))
    supported = forms.BooleanField(label="На сопровождении")
    without_specialist = forms.BooleanField(label="Специалист не назначен")

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits = [
            ("long", f"от {counted(rules.waiting_days, 'дня', 'дней', 'дней')}"),
            ("longest", f"от {counted(rules.support_days, 'дня', 'дней', 'дней')}"),
        ]
        self.offer("wait", waits, empty="Все")

    def clean_class_name(self) -> str:
        return tidy(self.cleaned_data["class_name"]).upper().replace(" ", "")


class PickForm(Form):
    """Mentees ticked in the list, or named by a link."""

    p = PeopleChoice(label="Наставляемые", queryset=None, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, mentees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["p"].queryset = mentees  # type: ignore[attr-defined]


class SupportForm(PickForm):
    """Who will support the mentees."""

    specialist = forms.ChoiceField(label="Кто будет сопровождать", choices=())

    def __init__(self, *args: Any, specialists: Sequence[Specialist], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_key = {one.key: one for one in specialists}
        titles = [(one.key, one.title) for one in specialists]
        self.offer("specialist", titles, empty="Выберите")

    @property
    def chosen(self) -> Specialist:
        return self._by_key[self.cleaned_data["specialist"]]


class EndSupportForm(Form):
    reason = forms.CharField(label="Почему сопровождение больше не нужно", max_length=200)


class TalkForm(Form):
    held_on = DateField(label="Дата беседы")
