"""Both certificates of a mentor on one form."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BoundField

from nastavnik.people.models import CertificateKind
from nastavnik.people.services.certificates import Shown
from nastavnik.shared.forms import DateField, Form

TITLES = {
    CertificateKind.NO_CRIMINAL_RECORD: "Справка об отсутствии судимости",
    CertificateKind.MEDICAL: "Медицинская справка",
}


class CertificatesForm(Form):
    """A certificate counts as shown when anything about it is filled in."""

    checked_by = forms.CharField(label="Кто проверил", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in TITLES:
            self.fields[f"{kind}_issued_on"] = DateField(label="Дата выдачи", required=False)
            self.fields[f"{kind}_number"] = forms.CharField(
                label="Номер", max_length=60, required=False
            )
            self.fields[f"{kind}_issuer"] = forms.CharField(
                label="Кем выдана", max_length=200, required=False
            )
            self.fields[f"{kind}_valid_until"] = DateField(
                label="Действительна по",
                required=False,
                help_text="Пусто: обычный срок, 12 месяцев с даты выдачи",
            )
        self.order_fields([*list(self.fields)[1:], "checked_by"])

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Fields of each certificate under its title."""
        parts = ("issued_on", "number", "issuer", "valid_until")
        return [
            (title, [self[f"{kind}_{part}"] for part in parts]) for kind, title in TITLES.items()
        ]

    def shown(self) -> list[Shown]:
        """Certificates about which something was written."""
        data = self.cleaned_data
        found = [
            Shown(
                kind=kind,
                issued_on=data[f"{kind}_issued_on"],
                number=data[f"{kind}_number"],
                issuer=data[f"{kind}_issuer"],
                valid_until=data[f"{kind}_valid_until"],
            )
            for kind in TITLES
        ]
        return [one for one in found if one.issued_on or one.number or one.issuer]


class ManyCertificatesForm(Form):
    """One day and one issuer for several mentors."""

    kinds = forms.MultipleChoiceField(
        label="Какие справки", choices=list(TITLES.items()), widget=forms.CheckboxSelectMultiple
    )
    issued_on = DateField(label="Дата выдачи")
    issuer = forms.CharField(label="Кем выданы", max_length=200, required=False)
    valid_until = DateField(
        label="Действительны по",
        required=False,
        help_text="Пусто: обычный срок, 12 месяцев с даты выдачи",
    )
    checked_by = forms.CharField(label="Кто проверил", max_length=200)
    p = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Отметьте наставников галочками."},
    )
    field_order = ("p", "kinds")

    def __init__(self, *args: Any, allowed: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(pk, pk) for pk in allowed])

    def shown(self) -> list[Shown]:
        data = self.cleaned_data
        return [
            Shown(
                kind=CertificateKind(kind),
                issued_on=data["issued_on"],
                issuer=data["issuer"],
                valid_until=data["valid_until"],
            )
            for kind in data["kinds"]
        ]


class CertificateReasonForm(Form):
    """Why a certificate is refused or not needed."""

    reason = forms.CharField(label="Основание", max_length=200)
