"""Forms of the way of a roadmap: who agrees, by which protocol, why it goes back or ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from nastavnik.roadmaps.models import AgreementBody
from nastavnik.roadmaps.protocols import OfferedProtocol
from nastavnik.shared.forms import DateField, Form, area


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
