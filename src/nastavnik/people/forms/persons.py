"""Forms of a person's card."""

from typing import Any

from django import forms

from nastavnik.people.forms.slots import SlotsField
from nastavnik.people.models import (
    Category,
    Gender,
    MenteeState,
    MentorState,
    Person,
)
from nastavnik.people.queries.codes import after, form_choices, request_choices, topic_choices
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import DateField, Form, apply_domain_error, text_field

GENDERS = [("", "Выберите"), *Gender.choices]
CATEGORIES = [("", "Выберите"), *Category.choices]
SLOTS_HINT = "Если не отметить ничего, подбор о времени не спросит"
FORMS = after("Не выбрана", form_choices)


def _line(label: str, length: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint)


class PersonForm(Form):
    """What is known about a person, whatever the part."""

    surname = _line("Фамилия", 80, required=True)
    given = _line("Имя", 80, required=True)
    patronymic = _line("Отчество", 80)
    gender = forms.ChoiceField(
        label="Пол", choices=GENDERS, help_text="Нужен, чтобы верно склонять имя в документах"
    )
    birth_date = DateField(label="Дата рождения", required=False, help_text="Например, 15.09.2012")
    birth_year = forms.IntegerField(
        label="Год рождения",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="Если полная дата неизвестна",
        widget=forms.NumberInput(attrs={"class": "input--s"}),
    )
    category = forms.ChoiceField(label="Кто это", choices=CATEGORIES)
    is_own = forms.BooleanField(label="Учится или работает в этом учреждении", required=False)
    class_name = _line("Класс или группа", 40)
    post = _line("Должность", 160)
    department = _line("Подразделение или специальность", 160)
    workplace = _line("Место работы или учёбы", 200, hint="Если не в этом учреждении")
    experience_since = DateField(
        label="Стаж с", required=False, help_text="Для педагогов: дата начала работы"
    )
    phone = _line("Телефон", 40)
    email = forms.EmailField(label="Электронная почта", required=False)
    address = _line("Адрес", 300)

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}


class NewPersonForm(PersonForm):
    """A new person may be a namesake of somebody already known."""

    is_namesake = forms.BooleanField(label="Это другой человек с таким же именем", required=False)


class MenteeForm(Form):
    strengths = text_field("Сильные стороны")
    expectations = text_field("Ожидания")
    interests = _line("Интересы", 300)
    preferred_form = forms.ChoiceField(label="Форма наставничества", choices=FORMS, required=False)
    free_slots = SlotsField(label="Свободное время", required=False, help_text=SLOTS_HINT)
    entered_on = DateField(label="Дата вхождения в программу", required=False)
    left_on = DateField(label="Дата завершения", required=False)
    results = text_field("Результаты")
    case_link = _line("Ссылка на кейс или отзыв", 300)
    passed_mark = _line("Отметка о прохождении", 120)
    note = _line("Заметка куратора", 300)


class MentorForm(Form):
    achievements = text_field("Важные для программы достижения")
    interests = _line("Интересы", 300)
    wanted_age_text = _line("Желаемый возраст наставляемых", 120)
    wanted_age_from = forms.IntegerField(
        label="Возраст от", required=False, min_value=3, max_value=80
    )
    wanted_age_to = forms.IntegerField(
        label="Возраст до", required=False, min_value=3, max_value=80
    )
    time_text = _line("Ресурс времени", 160, hint="Например, 2 часа в неделю")
    hours_per_week = forms.DecimalField(
        label="Часов в неделю", required=False, min_value=0, max_value=40, decimal_places=1
    )
    capacity = forms.IntegerField(
        label="Сколько наставляемых может вести", min_value=1, max_value=30, initial=2
    )
    preferred_form = forms.ChoiceField(label="Форма наставничества", choices=FORMS, required=False)
    only_groups = forms.BooleanField(
        label="Ведёт только группы",
        required=False,
        help_text="При подборе группа наберётся целиком или не предложится совсем",
    )
    free_slots = SlotsField(label="Свободное время", required=False, help_text=SLOTS_HINT)
    open_to_others = forms.BooleanField(label="Открыт для других учреждений", required=False)
    trained_on = DateField(label="Обучение пройдено", required=False)
    entered_on = DateField(label="Дата вхождения в программу", required=False)
    left_on = DateField(label="Дата завершения", required=False)
    results = text_field("Результаты")
    case_link = _line("Ссылка на кейс или отзыв", 300)
    note = _line("Заметка куратора", 300)


class RequestForm(Form):
    """A request in the mentee's own words; the code may be left to the suggestion."""

    text = text_field("Запрос своими словами", longest=400, rows=2)
    code = forms.ChoiceField(
        label="Вид запроса",
        choices=after("Подобрать по словам", request_choices),
        required=False,
    )
    topic = forms.ChoiceField(
        label="Тема", choices=after("Не указана", topic_choices), required=False
    )
    source = _line("Откуда узнали", 120, hint="Например, классный руководитель")
    method = _line("Как выяснили", 120, hint="Анкета, беседа, наблюдение")
    noted_on = DateField(label="Дата", required=False)


class ConfirmRequestForm(Form):
    code = forms.ChoiceField(label="Вид запроса", choices=request_choices)
    topic = forms.ChoiceField(
        label="Тема", choices=after("Не указана", topic_choices), required=False
    )


class CompetenceForm(Form):
    text = forms.CharField(label="Чем может помочь", max_length=400, required=False)
    topic = forms.ChoiceField(
        label="Тема", choices=after("Подобрать по словам", topic_choices), required=False
    )


class ConfirmCompetenceForm(Form):
    topic = forms.ChoiceField(label="Тема", choices=topic_choices)


class RepresentativeForm(Form):
    surname = _line("Фамилия", 80, required=True)
    given = _line("Имя", 80, required=True)
    patronymic = _line("Отчество", 80)
    gender = forms.ChoiceField(label="Пол", choices=GENDERS)
    relation = _line("Кем приходится ребёнку", 60, hint="Мать, отец, опекун")
    phone = _line("Телефон", 40)
    email = forms.EmailField(label="Электронная почта", required=False)
    address = _line("Адрес", 300)
    authority_document = _line(
        "Документ о полномочиях", 200, hint="Свидетельство о рождении, акт об опеке"
    )


class MoveForm(Form):
    """A step along the state table."""

    to = forms.ChoiceField(label="Новое состояние")
    reason = forms.CharField(label="Причина", max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        states: type[MenteeState] | type[MentorState],
        allowed: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", [(value, states(value).label) for value in allowed])


class ReasonForm(Form):
    reason = forms.CharField(label="Причина", max_length=300)


class NameCasesForm(Form):
    """Six cases of the name as documents will say them."""

    nominative = _line("Кто", 250)
    genitive = _line("Кого", 250)
    dative = _line("Кому", 250)
    accusative = _line("Кого (винительный)", 250)
    instrumental = _line("Кем", 250)
    prepositional = _line("О ком", 250)


class MergeForm(Form):
    """Which of the namesakes is the same human being."""

    other = forms.TypedChoiceField(
        label="С какой записью объединить", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, candidates: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (row.pk, ", ".join(str(p) for p in (row.full_name, row.birth_year, row.about) if p))
            for row in candidates
        ]
        self.offer("other", known)


class ExportForm(Form):
    """Every export of names asks what it is for."""

    register = forms.ChoiceField(
        label="Что выгрузить",
        choices=[("mentees", "База наставляемых"), ("mentors", "База наставников")],
        widget=forms.RadioSelect,
        initial="mentees",
    )
    purpose = forms.CharField(
        label="Для чего",
        max_length=300,
        help_text="Запишем в журнал действий. Например: отчёт в управление образования",
    )


def refuse_birth(form: forms.Form, error: DomainError) -> None:
    """`birth` is one matter for the rules and two fields on the page."""
    if error.field == "birth" and "birth_date" in form.fields:
        error.field = "birth_date"
    apply_domain_error(form, error)
