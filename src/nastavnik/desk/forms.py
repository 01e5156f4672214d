"""Forms of the desk."""

from typing import Any

from django import forms

from nastavnik.accounts.audiences import Audience
from nastavnik.accounts.permissions import TERRITORY_ROLES, Role
from nastavnik.accounts.policies import INVITED_ROLES
from nastavnik.desk.services.institution import CARD_FIELDS, MONTHS_LIMIT, SITTING_RULES
from nastavnik.documents.engine.grammar import Case
from nastavnik.people.models import Gender, Person
from nastavnik.shared.forms import DateField, Form, ModelForm, area
from nastavnik.tenancy.models import Organisation, Territory, TerritoryKind

GENDERS = [("", "не указан"), *Gender.choices]


class InstitutionForm(ModelForm):
    """The card of the institution."""

    head_gender = forms.ChoiceField(label="Пол руководителя", choices=GENDERS, required=False)

    class Meta:
        model = Organisation
        fields = CARD_FIELDS
        widgets = {"blank_header": area()}
        help_texts = {
            "full_name": "Как в уставе, с кавычками «ёлочками»",
            "short_name": "Например, МБОУ «СОШ № 5»",
            "city": "Место составления приказов, например «г. Лесореченск»",
            "head_post": "Например, директор или заведующий",
        }


class CasesForm(Form):
    """Six cases of the full and short names, of the head's name and post; twenty lines to check."""

    def __init__(self, *args: Any, forms_shown: dict[str, dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = forms_shown
        for group, cases in forms_shown.items():
            for case in Case:
                if case == Case.NOMINATIVE:
                    continue
                self.fields[f"{group}-{case}"] = forms.CharField(
                    label=str(case), max_length=500, initial=cases[case], required=True
                )

    def corrections(self, group: str) -> dict[str, str]:
        """Only the forms that a person changed."""
        return {
            str(case): text
            for case in Case
            if case != Case.NOMINATIVE
            and (text := self.cleaned_data[f"{group}-{case}"].strip()) != self.shown[group][case]
        }


class ContingentForm(Form):
    """Numbers of the institution or of one class on a date."""

    on_date = DateField(label="На дату")
    class_name = forms.CharField(
        label="Класс или группа",
        max_length=40,
        required=False,
        help_text="Пусто, если числа по всему учреждению",
    )
    students = forms.IntegerField(label="Обучающихся", min_value=0, max_value=50_000)
    students_10_19 = forms.IntegerField(label="Из них 10–19 лет", min_value=0, max_value=50_000)
    teachers = forms.IntegerField(label="Педагогов", min_value=0, max_value=10_000)
    young_specialists = forms.IntegerField(
        label="Молодых специалистов (стаж до 3 лет)", min_value=0, max_value=10_000
    )


class PaperRulesForm(Form):
    """The institution's own terms of papers."""

    consent_valid_to = DateField(
        label="До какого дня действуют новые согласия",
        required=False,
        help_text="Пусто: до окончания участия в программе",
    )
    certificate_months = forms.IntegerField(
        label="Сколько месяцев действует справка", min_value=1, max_value=MONTHS_LIMIT
    )
    sitting_required = forms.ChoiceField(
        label="Заседание комиссии по отбору наставников",
        choices=list(SITTING_RULES.items()),
        required=False,
        widget=forms.RadioSelect,
    )


class _StaffForm(Form):
    """Forms that choose among the staff; the choices are read for each form."""

    def __init__(self, *args: Any, staff: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in staff}
        choices = [
            (key, f"{p.full_name}, {p.post or 'без должности'}") for key, p in self.people.items()
        ]
        for field in self.fields.values():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", "выберите"), *choices]


class WorkingGroupForm(_StaffForm):
    """Who is in the working group."""

    chair = forms.ChoiceField(label="Руководитель группы")
    members = forms.MultipleChoiceField(label="Члены группы", widget=forms.CheckboxSelectMultiple)
    tasks = forms.CharField(
        label="Что поручить группе, каждое с новой строки",
        widget=area(4),
        initial=(
            "подготовить дорожную карту внедрения целевой модели наставничества\n"
            "провести опрос желающих участвовать в программе\n"
            "предложить состав наставнических пар и групп"
        ),
    )


class AppointmentForm(_StaffForm):
    """Whom to appoint curator and responsible officer."""

    curator = forms.ChoiceField(label="Куратор")
    responsible = forms.ChoiceField(
        label="Ответственный за сведения", required=False, help_text="Может быть тем же человеком"
    )
    starts_on = DateField(label="С какого дня")


class ActingHeadForm(_StaffForm):
    """Who acts for the head, for how long and on what basis."""

    person = forms.ChoiceField(label="Кто исполняет обязанности")
    starts_on = DateField(label="С какого дня")
    ends_on = DateField(label="По какой день")
    basis = forms.CharField(
        label="Основание", max_length=200, help_text="Например, приказ от 01.07.2026 № 34-к"
    )


class _PersonInvited(Form):
    """The name of somebody who gets an account."""

    surname = forms.CharField(label="Фамилия", max_length=80)
    given = forms.CharField(label="Имя", max_length=80)
    patronymic = forms.CharField(label="Отчество", max_length=80, required=False)
    gender = forms.ChoiceField(label="Пол", choices=Gender.choices, widget=forms.RadioSelect)


class InvitationForm(_PersonInvited):
    """A helper of the institution."""

    role = forms.ChoiceField(label="Роль", choices=[(r.value, r.label) for r in INVITED_ROLES])


class LeaderForm(_PersonInvited):
    """The head or the first curator of an institution, invited by its territory."""

    role = forms.ChoiceField(
        label="Роль", choices=[(r.value, r.label) for r in (Role.HEAD, Role.CURATOR)]
    )


class OfficerForm(_PersonInvited):
    """An officer of a territory."""

    role = forms.ChoiceField(
        label="Роль", choices=[(r.value, r.label) for r in Role if r in TERRITORY_ROLES]
    )
    audience = forms.ChoiceField(
        label="Направление",
        choices=[("", "Все направления"), *Audience.choices],
        required=False,
        help_text="Если координаторов несколько, каждый увидит карты своего направления",
    )


class EndRoleForm(Form):
    """Why a role ends."""

    reason = forms.CharField(label="Причина", max_length=300)


class OrganisationForm(ModelForm):
    """A new institution."""

    head_gender = forms.ChoiceField(label="Пол руководителя", choices=GENDERS, required=False)

    class Meta:
        model = Organisation
        fields = ("kind", "slug", *CARD_FIELDS[:3], *CARD_FIELDS[-5:])
        help_texts = {"slug": "Латинские буквы, цифры и дефис: school-5"}


class TerritoryForm(ModelForm):
    """A new municipality or district."""

    kind = forms.ChoiceField(
        label="Вид",
        choices=[c for c in TerritoryKind.choices if c[0] != TerritoryKind.REGION.value],
    )

    class Meta:
        model = Territory
        fields = ("kind", "name", "slug")
        help_texts = {"slug": "Латинские буквы, цифры и дефис"}
