"""Forms of councils: HTTP text to values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from nastavnik.councils.models import Council, CouncilMember, Office, Sitting
from nastavnik.councils.papers import MONTHS, Place
from nastavnik.councils.queries import CuratorInForce
from nastavnik.councils.services.sittings import Draft, Ruling
from nastavnik.documents.models import Document
from nastavnik.people.models import Person
from nastavnik.people.models.person import Gender
from nastavnik.shared.forms import DateField, Form

OUTSIDERS, RULINGS = 3, 4
OUTSIDE = "out"
MOST_ROWS = 20


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CouncilForm(Form):
    """What the council is for, how long it works, by which Regulation."""

    kind = forms.ChoiceField(label="Что создаёте", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Название",
        max_length=200,
        required=False,
        help_text="Можно не заполнять: подставим обычное",
    )
    task = forms.CharField(
        label="Задачи",
        max_length=4000,
        required=False,
        widget=area(),
        help_text="Каждая с новой строки, например «обсуждать планы учреждений». Попадут в приказ",
    )
    rhythm = forms.CharField(
        label="Собирается не реже",
        max_length=60,
        required=False,
        help_text="Например, одного раза в квартал",
    )
    starts_on = DateField(
        label="Работает с", required=False, help_text="Пусто: со дня приказа о составе"
    )
    ends_on = DateField(label="Работает по", required=False, help_text="Пусто: бессрочно")
    regulation = forms.ChoiceField(label="Положение в «Деле»", required=False)
    regulation_title = forms.CharField(
        label="Или положение на бумаге",
        max_length=200,
        required=False,
        help_text="Название, например «Положение о городском совете кураторов»",
    )
    regulation_number = forms.CharField(label="Номер положения", max_length=40, required=False)
    regulation_on = DateField(label="Дата положения", required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]] = (),
        papers: Sequence[Document] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._papers = {str(paper.pk): paper for paper in papers}
        fields: Any = self.fields
        fields["regulation"].choices = [
            ("", "не выбрано"),
            *((key, str(paper)) for key, paper in self._papers.items()),
        ]
        if kinds:
            fields["kind"].choices = [
                (code, label[:1].upper() + label[1:]) for code, label in kinds
            ]
        else:
            del fields["kind"]
            fields["name"].required = True
            fields["name"].help_text = ""
        if not papers:
            del fields["regulation"]
            fields["regulation_title"].label = "Положение"

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found["regulation"] = self._papers.get(found.get("regulation") or "")
        return found


class CompositionForm(Form):
    """Who belongs to the council: of the staff, curators of institutions, people from outside."""

    members = forms.MultipleChoiceField(
        label="Состав", required=False, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ChoiceField(label="Председатель")
    secretary = forms.ChoiceField(label="Секретарь", required=False)

    def __init__(
        self,
        *args: Any,
        staff: Sequence[Person],
        curators: Sequence[CuratorInForce],
        outsiders: int,
        chair_word: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {f"p{person.pk}": person for person in staff}
        self._curators = {f"u{one.user.pk}": one for one in curators}
        choices = [
            (key, f"{one.user.full_name}, {one.institution}") for key, one in self._curators.items()
        ]
        choices += [
            (key, f"{p.full_name}, {p.post or 'без должности'}") for key, p in self._people.items()
        ]
        fields: Any = self.fields
        fields["members"].choices = choices
        fields["chair"].choices = [
            ("", "выберите"),
            *choices,
            (OUTSIDE, "человек из другой организации, ниже"),
        ]
        fields["chair"].label = chair_word[:1].upper() + chair_word[1:]
        fields["secretary"].choices = [("", "не выбран"), *choices]
        self.rows = min(outsiders + OUTSIDERS, MOST_ROWS)
        for row in range(self.rows):
            self._add_outsider(row, chair_word)

    def _add_outsider(self, row: int, chair_word: str) -> None:
        fields: dict[str, forms.Field] = {
            "name": forms.CharField(label="Фамилия, имя, отчество", max_length=200, required=False),
            "post": forms.CharField(label="Должность", max_length=160, required=False),
            "workplace": forms.CharField(label="Организация", max_length=200, required=False),
            "office": forms.ChoiceField(
                label="В составе",
                required=False,
                choices=[
                    (Office.MEMBER.value, "член"),
                    (Office.CHAIR.value, chair_word),
                    (Office.SECRETARY.value, "секретарь"),
                ],
            ),
            "gender": forms.ChoiceField(
                label="Пол", required=False, choices=[("", "по имени"), *Gender.choices]
            ),
        }
        for name, field in fields.items():
            self.fields[f"out{row}-{name}"] = field

    @property
    def outsiders(self) -> list[list[BoundField]]:
        names = ("name", "post", "workplace", "office", "gender")
        return [[self[f"out{row}-{name}"] for name in names] for row in range(self.rows)]

    def places(self) -> list[Place]:
        """Everybody chosen, with the office; chair and secretary belong to it without a tick."""
        said = self.cleaned_data
        keys = list(
            dict.fromkeys(
                key
                for key in (said["chair"], said["secretary"], *said["members"])
                if key and key != OUTSIDE
            )
        )
        return [*(self._chosen(key) for key in keys), *self._typed()]

    def _chosen(self, key: str) -> Place:
        office = Office.MEMBER
        if key == self.cleaned_data["chair"]:
            office = Office.CHAIR
        elif key == self.cleaned_data["secretary"]:
            office = Office.SECRETARY
        if key in self._people:
            return Place(office=office, person=self._people[key])
        curator = self._curators[key]
        return Place(
            office=office, user=curator.user, post="куратор", workplace=curator.institution
        )

    def _typed(self) -> list[Place]:
        found = []
        for row in range(self.rows):
            said = {
                name: (self.cleaned_data.get(f"out{row}-{name}") or "").strip()
                for name in ("name", "post", "workplace", "office", "gender")
            }
            if said["name"]:
                office = said.pop("office") or Office.MEMBER
                found.append(Place(office, None, None, **said))
        return found


def composition_initial(members: Sequence[CouncilMember]) -> dict[str, Any]:
    """The composition in force as the form shows it."""
    initial: dict[str, Any] = {"members": []}
    row = 0
    for member in members:
        key = _key(member)
        if key:
            initial["members"].append(key)
            if member.office in {Office.CHAIR, Office.SECRETARY}:
                initial[member.office] = key
            continue
        for name in ("name", "post", "workplace", "office", "gender"):
            initial[f"out{row}-{name}"] = getattr(member, name)
        if member.office == Office.CHAIR:
            initial["chair"] = OUTSIDE
        row += 1
    return initial


def _key(member: CouncilMember) -> str:
    if member.person_id:
        return f"p{member.person_id}"
    return f"u{member.user_id}" if member.user_id else ""


class SittingForm(Form):
    """A sitting in the plan: on a day, or in a month while the day is not known."""

    topic = forms.CharField(
        label="Тема", max_length=300, help_text="Например, «Планы учреждений на учебный год»"
    )
    planned_on = DateField(label="Дата", required=False)
    month = forms.ChoiceField(label="Или только месяц", required=False)
    agenda = forms.CharField(
        label="Повестка",
        max_length=4000,
        required=False,
        widget=area(),
        help_text="Каждый вопрос с новой строки. Пусто: один вопрос, тема",
    )
    place = forms.CharField(label="Место", max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["month"].choices = [("", "день известен"), *_months(today)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("planned_on") and not said.get("month") and "planned_on" not in self.errors:
            self.add_error("planned_on", "Впишите дату или выберите месяц")
        return said

    def draft(self) -> Draft:
        said = dict(self.cleaned_data)
        month = said.pop("month")
        if not said["planned_on"]:
            year, number = map(int, month.split("-"))
            said |= {"planned_on": date(year, number, 1), "by_month": True}
        return Draft(**said)


def sitting_initial(sitting: Sitting) -> dict[str, Any]:
    initial = {"topic": sitting.topic, "agenda": sitting.agenda, "place": sitting.place}
    if sitting.by_month:
        return initial | {"month": f"{sitting.planned_on:%Y-%m}"}
    return initial | {"planned_on": sitting.planned_on}


def _months(today: date) -> list[tuple[str, str]]:
    """A year back and two ahead would be a long list: from three months ago to the next summer."""
    first = today.year * 12 + today.month - 4
    return [
        (f"{n // 12}-{n % 12 + 1:02d}", f"{MONTHS[n % 12]} {n // 12}")
        for n in range(first, first + 18)
    ]


class HoldForm(Form):
    """How a sitting went: who came, what was heard, what was decided."""

    held_on = DateField(label="Когда прошло")
    place = forms.CharField(label="Место", max_length=200, required=False)
    present = forms.MultipleChoiceField(label="Присутствовали", widget=forms.CheckboxSelectMultiple)
    chair = forms.ChoiceField(label="Кто вёл заседание")
    secretary = forms.ChoiceField(label="Кто вёл протокол", required=False)
    guests = forms.CharField(
        label="Приглашённые",
        max_length=2000,
        required=False,
        widget=area(2),
        help_text="Каждый с новой строки: имя и должность",
    )
    heard = forms.CharField(
        label="Слушали",
        max_length=8000,
        required=False,
        widget=area(4),
        help_text="Кто о чём рассказал, каждый вопрос с новой строки",
    )

    def __init__(
        self, *args: Any, members: Sequence[CouncilMember], rulings: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        choices = [(key, member.full_name) for key, member in self._members.items()]
        fields: Any = self.fields
        fields["present"].choices = choices
        fields["chair"].choices = choices
        fields["secretary"].choices = [("", "тот же человек"), *choices]
        self.rows = min(rulings + RULINGS, MOST_ROWS)
        for row in range(self.rows):
            self.fields[f"text-{row}"] = forms.CharField(
                label=f"Решение {row + 1}", max_length=1000, required=not row, widget=area(2)
            )
            self.fields[f"who-{row}"] = forms.CharField(
                label="Ответственный", max_length=200, required=False
            )
            self.fields[f"due-{row}"] = DateField(label="Срок", required=False)

    @property
    def rulings(self) -> list[list[BoundField]]:
        return [
            [self[f"text-{row}"], self[f"who-{row}"], self[f"due-{row}"]]
            for row in range(self.rows)
        ]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("held_on", "place", "guests", "heard")},
            "present": [self._members[key] for key in said["present"]],
            "chair": self._members[said["chair"]],
            "secretary": self._members.get(said["secretary"] or ""),
            "rulings": [
                Ruling(said[f"text-{row}"], said[f"who-{row}"], said[f"due-{row}"])
                for row in range(self.rows)
                if said[f"text-{row}"].strip()
            ],
        }


def hold_initial(sitting: Sitting, members: Sequence[CouncilMember]) -> dict[str, Any]:
    """What was written already; everybody present and the usual officers for a new record."""
    initial: dict[str, Any] = {
        "held_on": sitting.held_on or min(sitting.planned_on, timezone.localdate()),
        "place": sitting.place,
        "guests": sitting.guests,
        "heard": sitting.heard,
    }
    came = {row.member_id for row in sitting.presences.all()}
    initial["present"] = [str(m.pk) for m in members if not came or m.pk in came]
    for office in (Office.CHAIR, Office.SECRETARY):
        usual = next((m.pk for m in members if m.office == office), "")
        initial[office] = str(getattr(sitting, f"{office}_id") or usual)
    for row, decision in enumerate(sitting.decisions.all()):
        initial |= {
            f"text-{row}": decision.text,
            f"who-{row}": decision.responsible,
            f"due-{row}": decision.due_on,
        }
    return initial


class WordsForm(Form):
    words = forms.CharField(
        label="Чем завершилась работа",
        max_length=300,
        help_text="Например, «задачи выполнены» или «полномочия переданы совету»",
    )


class ReasonForm(Form):
    reason = forms.CharField(label="Почему отменяется", max_length=300)


class RegisterForm(Form):
    """Number and date of a paper that was signed by hand."""

    number = forms.CharField(label="Номер", max_length=40)
    registered_on = DateField(label="Дата")


class YearForm(Form):
    """Which school year the plan is for."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2200)


def regulation_initial(council: Council) -> dict[str, Any]:
    names = (
        "name",
        "task",
        "rhythm",
        "starts_on",
        "ends_on",
        "regulation_title",
        "regulation_number",
        "regulation_on",
    )
    return {name: getattr(council, name) for name in names} | {
        "regulation": str(council.regulation_id or "")
    }
