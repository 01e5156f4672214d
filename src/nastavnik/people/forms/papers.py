"""Forms about consents and certificates."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms

from nastavnik.people.consent_kinds import SHORT
from nastavnik.people.models import ConsentKind, Person, Representative
from nastavnik.people.queries.consents import REQUIRED
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import DateField, Form
from nastavnik.shared.text import tidy

ANY = [("", "Все")]
ON_PAPER = "paper"
PRINTED_KINDS = [(REQUIRED, "Обязательные: участие ребёнка, персональные данные")] + [
    (kind.value, SHORT[kind])
    for kind in (
        ConsentKind.THIRD_PARTY,
        ConsentKind.PUBLICATION,
        ConsentKind.EMPLOYEE_MENTOR,
        ConsentKind.TRANSFER_PARTNER,
    )
]


class ConsentFilters(FilterForm):
    name = forms.CharField(label="Имя", max_length=120)
    class_name = forms.ChoiceField(label="Класс или группа")
    lacks = forms.ChoiceField(
        label="Чего нет",
        choices=[
            *ANY,
            ("any", "Обязательных согласий"),
            *((k.value, SHORT[k]) for k in ConsentKind),
        ],
    )
    part = forms.ChoiceField(
        label="Кто", choices=[*ANY, ("mentee", "Наставляемые"), ("mentor", "Наставники")]
    )

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("class_name", [*ANY, *((name, name) for name in classes)])


class PickForm(Form):
    """Ticked people; those who are not in the list are refused."""

    p = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Отметьте людей галочками."},
    )

    def __init__(self, *args: Any, allowed: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(pk, pk) for pk in allowed])


class BlanksForm(Form):
    """Which blanks to print."""

    class_name = forms.ChoiceField(label="Класс или группа", required=False)
    kinds = forms.MultipleChoiceField(
        label="Какие согласия", choices=PRINTED_KINDS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "Все классы и взрослые"), *((name, name) for name in classes)]
        self.offer("class_name", names)


class _ReceiptFields(Form):
    received_on = DateField(label="Дата получения")
    file_place = forms.CharField(
        label="Место в деле",
        max_length=120,
        required=False,
        help_text="Например, папка 04, лист 12",
    )
    attested_by = forms.CharField(label="Кто проверил подписи", max_length=200)

    def clean_file_place(self) -> str:
        return tidy(self.cleaned_data["file_place"])


class ReceiveManyForm(_ReceiptFields):
    """«Оригиналы уже в деле»: one date and place for many papers."""

    kinds = forms.MultipleChoiceField(
        label="Какие согласия", choices=PRINTED_KINDS, widget=forms.CheckboxSelectMultiple
    )
    by_representative = forms.BooleanField(
        label="За несовершеннолетних подписали законные представители", required=False
    )
    child_signed = forms.BooleanField(label="Дети с 14 лет подписали и сами", required=False)
    p = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)
    field_order = ("p", "kinds", "received_on", "file_place", "attested_by")

    def __init__(self, *args: Any, allowed: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("p", [(pk, pk) for pk in allowed])


class ReceiveForm(_ReceiptFields):
    """One signed paper: who signed it, whether the child did as well."""

    signer = forms.ChoiceField(label="Кто подписал за ребёнка", widget=forms.RadioSelect)
    child_signed = forms.BooleanField(label="Подписал и сам ребёнок", required=False)
    valid_to = DateField(
        label="Действует по", required=False, help_text="Пусто: до окончания участия"
    )
    field_order = ("signer", "child_signed", "received_on", "valid_to", "file_place", "attested_by")

    def __init__(
        self,
        *args: Any,
        person: Person,
        representatives: Sequence[Representative],
        minor: bool,
        child_signs: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.representatives = {str(row.pk): row for row in representatives}
        if minor:
            known = [(key, _named(row)) for key, row in self.representatives.items()]
            self.offer(
                "signer", [*known, (ON_PAPER, "Законный представитель, имя указано в бумаге")]
            )
        else:
            del self.fields["signer"]
        if not child_signs:
            del self.fields["child_signed"]

    @property
    def representative(self) -> Representative | None:
        return self.representatives.get(self.cleaned_data.get("signer", ""))


def _named(row: Representative) -> str:
    return f"{row.full_name}, {row.relation}" if row.relation else row.full_name


class WithReasonForm(Form):
    """A refusal or a withdrawal; the reason is never demanded from the person."""

    reason = forms.CharField(label="Причина, если названа", max_length=300, required=False)


class ScanForm(Form):
    """The one tap beside the paper."""

    child_signed = forms.BooleanField(required=False)
