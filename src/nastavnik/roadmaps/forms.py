"""Forms of roadmaps: HTTP text to values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from nastavnik.roadmaps.catalogue import RoadmapTemplate
from nastavnik.roadmaps.models import AgreementBody
from nastavnik.roadmaps.protocols import OfferedProtocol
from nastavnik.roadmaps.queries.board import ALL, FILTERS
from nastavnik.roadmaps.queries.people import Holder
from nastavnik.roadmaps.services.items import AGREED_FIELDS
from nastavnik.shared.forms import DateField, Form, KeyField, area

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


class ShowForm(Form):
    """Which lines of the board are shown."""

    show = forms.ChoiceField(choices=list(FILTERS.items()), required=False)

    @property
    def chosen(self) -> str:
        return (self.cleaned_data["show"] if self.is_valid() else "") or ALL


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
    result = forms.CharField(label="Результат", max_length=4000, required=False, widget=area(2))
    checklist = LinesField(label="Список дел", help_text="Каждое с новой строки")
    resources_internal = forms.CharField(
        label="Внутренние ресурсы", max_length=4000, required=False, widget=area(2)
    )
    resources_external = forms.CharField(
        label="Внешние ресурсы", max_length=4000, required=False, widget=area(2)
    )

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


class WordsForm(Form):
    """A word of explanation; the page names what it explains."""

    words = forms.CharField(label="Пояснение", max_length=2000, widget=area())

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.help_text = hint
        if label:
            words.label = label
            words.error_messages["required"] = f"Заполните поле «{label}»"


class HandForm(Form):
    """Done without a proof in the system."""

    words = forms.CharField(
        label="Чем подтверждается",
        max_length=2000,
        widget=area(2),
        help_text="Например, «протокол родительского собрания № 2 от 15.09, хранится у завуча»",
    )
    occurrence = forms.TypedChoiceField(
        label="За какой срок", coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, occurrences: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(occurrences) < 2:
            del self.fields["occurrence"]
        else:
            self.offer("occurrence", occurrences, empty="За все сразу")


class LinkForm(Form):
    link = forms.CharField(
        label="Адрес страницы",
        max_length=500,
        required=False,
        help_text="Например, страница раздела «Наставничество» на вашем сайте",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class ChecklistForm(Form):
    done = forms.TypedMultipleChoiceField(
        label="Сделано", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, entries: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("done", list(enumerate(entries)))


class MoveForm(Form):
    """One place up or down."""

    where = forms.ChoiceField(label="Куда", choices=[("up", "Выше"), ("down", "Ниже")])

    @property
    def is_up(self) -> bool:
        return bool(self.cleaned_data["where"] == "up")


class LetGoForm(Form):
    """Whether a line may be left out."""

    agreed = forms.ChoiceField(
        label="Решение", choices=[("yes", "Согласен: не применять"), ("no", "Пункт нужен")]
    )

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")


class CommentForm(Form):
    text = forms.CharField(label="Комментарий", max_length=4000, widget=area(2))


class AnswerForm(Form):
    comment = KeyField()
    answer = forms.CharField(label="Что сделано", max_length=500, required=False)


class SendForm(Form):
    """Who agrees."""

    by = forms.ChoiceField(
        label="Кто согласует",
        choices=[
            (AgreementBody.COORDINATOR.value, "Муниципальный координатор или центр"),
            (AgreementBody.COUNCIL.value, "Совет, по протоколу"),
        ],
        widget=forms.RadioSelect,
        initial=AgreementBody.COORDINATOR.value,
    )
    council = forms.CharField(
        label="Какой совет",
        max_length=200,
        required=False,
        help_text="Если согласует совет. Например, «педагогический совет»",
    )


class ProtocolForm(Form):
    """The paper of a council: a protocol that is registered here, or typed number and date."""

    sitting = forms.ChoiceField(label="Протокол заседания", required=False)
    number = forms.CharField(label="Номер протокола", max_length=40)
    on = DateField(label="Дата протокола")

    def __init__(self, *args: Any, offers: Sequence[OfferedProtocol] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offers = {offer.key: offer for offer in offers}
        fields: Any = self.fields
        if not offers:
            del fields["sitting"]
            return
        chosen = self.data.get("sitting", "") in self._offers
        fields["number"].required = fields["on"].required = not chosen
        fields["number"].help_text = "Если протокола нет в списке"
        known = [(offer.key, offer.label) for offer in offers]
        self.offer("sitting", known, empty="впишу номер и дату")

    @property
    def protocol(self) -> tuple[str, date]:
        """Number and date."""
        offer = self._offers.get(self.cleaned_data.get("sitting") or "")
        if offer is not None:
            return offer.number, offer.on
        return self.cleaned_data["number"], self.cleaned_data["on"]


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
