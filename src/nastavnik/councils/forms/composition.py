"""The form of a composition: of the staff, curators of institutions, people from outside."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from nastavnik.councils.models import CouncilMember, Office
from nastavnik.councils.papers import Place
from nastavnik.councils.queries import CuratorInForce
from nastavnik.people.models import Person
from nastavnik.people.models.person import Gender
from nastavnik.shared.forms import Form

OUTSIDERS = 3
OUTSIDE = "out"
MOST_ROWS = 20
_CELLS = ("name", "post", "workplace", "office", "gender")


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
        self.offer("members", choices)
        outside = (OUTSIDE, "человек из другой организации, ниже")
        self.offer("chair", [*choices, outside], empty="выберите")
        fields["chair"].label = chair_word[:1].upper() + chair_word[1:]
        self.offer("secretary", choices, empty="не выбран")
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
        return [[self[f"out{row}-{name}"] for name in _CELLS] for row in range(self.rows)]

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
                name: (self.cleaned_data.get(f"out{row}-{name}") or "").strip() for name in _CELLS
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
        for name in _CELLS:
            initial[f"out{row}-{name}"] = getattr(member, name)
        if member.office == Office.CHAIR:
            initial["chair"] = OUTSIDE
        row += 1
    return initial


def _key(member: CouncilMember) -> str:
    if member.person_id:
        return f"p{member.person_id}"
    return f"u{member.user_id}" if member.user_id else ""
