"""Forms of a gathering: the plan, what was decided, the number of its protocol."""

from collections.abc import Iterable
from typing import Any

from django import forms

from nastavnik.documents.models import Document
from nastavnik.informing.audiences import Audience, GatheringKind
from nastavnik.shared.forms import Form, NearDateField, text_field

AFTERWARDS = (
    "agenda",
    "listened",
    "decisions",
    "present_count",
    "chair",
    "secretary",
    "discussed",
)
"""What is written when the gathering is over."""


class GatheringForm(Form):
    """When an audience is told, what is decided."""

    audience = forms.ChoiceField(label="Кому рассказываем")
    kind = forms.ChoiceField(label="Где", choices=GatheringKind.choices)
    title = forms.CharField(
        label="Своё название",
        max_length=160,
        required=False,
        help_text="Если называется иначе, например: собрание трудового коллектива",
    )
    on = NearDateField(label="Дата", required=False, help_text="Можно вписать позже")
    place = forms.CharField(label="Место", max_length=200, required=False)
    agenda = text_field("Повестка", hint="Каждый вопрос с новой строки")
    listened = text_field(
        "Слушали", longest=6000, hint="Кто о чём рассказал. Пусто: в протоколе будет обычный текст"
    )
    decisions = text_field("Решили", hint="Каждое решение с новой строки")
    present_count = forms.IntegerField(
        label="Сколько человек было",
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"}),
    )
    chair = forms.CharField(
        label="Председатель",
        max_length=160,
        required=False,
        help_text="Фамилия, имя и отчество полностью",
    )
    secretary = forms.CharField(
        label="Секретарь",
        max_length=160,
        required=False,
        help_text="Фамилия, имя и отчество полностью",
    )
    discussed = forms.TypedChoiceField(
        label="Какой документ обсуждали", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        audiences: Iterable[Audience] = (),
        documents: Iterable[Document] = (),
        is_new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in AFTERWARDS if is_new else ("audience",):
            del self.fields[name]
        if is_new:
            self.offer("audience", [(str(audience), audience.label) for audience in audiences])
        self._documents = {document.pk: document for document in documents}
        if not is_new:
            known = [(pk, str(document)) for pk, document in self._documents.items()]
            self.offer("discussed", known, empty="не обсуждали")

    def clean_discussed(self) -> Document | None:
        return self._documents.get(self.cleaned_data["discussed"])


class ProtocolForm(Form):
    """Number and date of a paper kept elsewhere."""

    number = forms.CharField(
        label="Номер протокола",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"}),
    )
    protocol_on = NearDateField(label="Дата протокола")
