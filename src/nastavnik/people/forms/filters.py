"""Filters of the registers."""

from django import forms

from nastavnik.people.models import Category, MenteeState, MentorState
from nastavnik.people.queries.codes import after, request_choices, topic_choices
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import Form
from nastavnik.shared.text import tidy

ANY = [("", "Все")]


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class _RegisterFilters(FilterForm):
    name = forms.CharField(label="Имя", max_length=120)
    class_name = forms.CharField(label="Класс или группа", max_length=40)

    def clean_class_name(self) -> str:
        return tidy(self.cleaned_data["class_name"]).upper().replace(" ", "")


class MenteeFilters(_RegisterFilters):
    state = forms.ChoiceField(label="Состояние", choices=ANY + MenteeState.choices)
    code = forms.ChoiceField(label="Вид запроса", choices=after("Все", request_choices))
    without_consent = _tick("Нет согласия")
    without_pair = _tick("Нет пары")
    unconfirmed = _tick("Вид запроса не проверен")
    to_recheck = _tick("Пора проверить сведения")
    gone = _tick("Показать выбывших")


class MentorFilters(_RegisterFilters):
    state = forms.ChoiceField(label="Состояние", choices=ANY + MentorState.choices)
    category = forms.ChoiceField(label="Кто это", choices=ANY + Category.choices)
    topic = forms.ChoiceField(label="Чем поможет", choices=after("Все", topic_choices))
    without_consent = _tick("Нет согласия")
    without_pair = _tick("Свободен")
    to_recheck = _tick("Пора проверить сведения")
    gone = _tick("Показать выбывших")


class PeopleFilters(FilterForm):
    name = forms.CharField(label="Имя", max_length=120)
    category = forms.ChoiceField(label="Кто это", choices=ANY + Category.choices)
    archived = _tick("Показать архив")


class FindForm(FilterForm):
    q = forms.CharField(label="Фамилия, имя или отчество", max_length=120)


class RecheckForm(Form):
    """Ticked rows of a register."""

    p = forms.TypedMultipleChoiceField(coerce=int, choices=())

    def __init__(self, *args: object, allowed: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(str(pk), str(pk)) for pk in allowed])
