"""Forms by which a roadmap is made and its lines are written."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.roadmaps.catalogue import RoadmapTemplate
from nastavnik.roadmaps.queries.people import Holder
from nastavnik.roadmaps.services.items import AGREED_FIELDS
from nastavnik.shared.forms import DateField, Form, area, text_field

ASSIGNED = {
    "head": "Руководитель",
    "curator": "Куратор",
    "responsible": "Ответственный за внедрение",
}


class LinesField(forms.CharField):
    """One entry a line; gives a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=area(), max_length=4000, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class HeaderForm(Form):
    """Title and period."""

    title = forms.CharField(
        label="Название",
        max_length=300,
        help_text="Например, «Дорожная карта внедрения наставничества на 2026/27 учебный год»",
    )
    starts_on = DateField(label="Действует с")
    ends_on = DateField(label="Действует по")
    academic = forms.BooleanField(
        label="Годы считать учебными",
        required=False,
        help_text="Тогда «в течение года» означает с сентября по август",
    )


class WizardForm(HeaderForm):
    """A roadmap from a template: which one, for which time, who answers."""

    template = forms.ChoiceField(label="Шаблон", widget=forms.RadioSelect)

    field_order = ("template", "title", "starts_on", "ends_on", "academic")

    def __init__(
        self,
        *args: Any,
        templates: Sequence[RoadmapTemplate],
        holders: Sequence[Holder],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("template", [(one.code, one.title) for one in templates])
        for role, label in ASSIGNED.items():
            own = {str(h.user.pk): h.user.full_name for h in holders if h.role == role}
            if own:
                self.fields[f"role_{role}"] = forms.ChoiceField(
                    label=f"{label} в пунктах карты",
                    choices=[*own.items(), ("", "Пока не указывать")],
                    required=False,
                    initial=next(iter(own)),
                )

    @property
    def people(self) -> dict[str, int]:
        found = {role: self.cleaned_data.get(f"role_{role}") for role in ASSIGNED}
        return {role: int(pk) for role, pk in found.items() if pk}


class ItemForm(Form):
    """A line. What was agreed is shown only while it may change."""

    number = forms.CharField(label="Номер", max_length=20, required=False)
    text = forms.CharField(label="Что сделать", max_length=4000, widget=area())
    is_group = forms.BooleanField(
        label="Это раздел", required=False, help_text="У раздела нет срока и ответственных"
    )
    section = forms.CharField(label="В каком разделе", max_length=400, required=False)
    deadline_text = forms.CharField(
        label="Срок",
        max_length=1000,
        required=False,
        help_text="Как в документе: «до 30 сентября», «ежеквартально», «в течение года»",
    )
    responsible = LinesField(
        label="Ответственные", help_text="Каждый с новой строки: должность или фамилия"
    )
    result = text_field("Результат", rows=2)
    checklist = LinesField(label="Список дел", help_text="Каждое с новой строки")
    resources_internal = text_field("Внутренние ресурсы", rows=2)
    resources_external = text_field("Внешние ресурсы", rows=2)

    mandatory = forms.BooleanField(
        label="Обязателен для всех учреждений",
        required=False,
        help_text="Пункт появится в дорожной карте каждого учреждения территории",
    )

    def __init__(
        self, *args: Any, is_open: bool = True, is_municipal: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_municipal:
            del self.fields["mandatory"]
        if not is_open:
            for name in AGREED_FIELDS.intersection(self.fields):
                del self.fields[name]


class MoveForm(Form):
    """One place up or down."""

    where = forms.ChoiceField(label="Куда", choices=[("up", "Выше"), ("down", "Ниже")])

    @property
    def is_up(self) -> bool:
        return bool(self.cleaned_data["where"] == "up")


class EventDatesForm(Form):
    """Days of the events that deadlines count from; an empty field forgets the day."""

    def __init__(self, *args: Any, events: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"event{place}": code for place, (code, _) in enumerate(events)}
        for name, (_, words) in zip(self._names, events, strict=True):
            label = words[:1].upper() + words[1:]
            self.fields[name] = DateField(label=label, required=False)

    @property
    def days(self) -> dict[str, Any]:
        return {code: self.cleaned_data[name] for name, code in self._names.items()}
