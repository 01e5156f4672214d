"""Forms of the campaign: whom it tells, for whom the booklet is, what appeared in the media."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.informing.audiences import Audience
from nastavnik.shared.forms import Form, NearDateField


class AudiencesForm(Form):
    """Whom the campaign tells."""

    codes = forms.MultipleChoiceField(
        label="Кому рассказываем в этом году",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Sequence[Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("codes", [(str(audience), audience.label) for audience in offered])


class BookletForm(Form):
    """For whom the booklet is printed."""

    whom = forms.ChoiceField(
        choices=[("parents", "родителям"), ("staff", "педагогам")], required=False
    )

    @property
    def is_for_staff(self) -> bool:
        return self.is_valid() and self.cleaned_data["whom"] == "staff"


class PublicationForm(Form):
    """An item that has appeared."""

    title = forms.CharField(label="Заголовок", max_length=300)
    outlet = forms.CharField(
        label="Где вышло", max_length=200, help_text="Название газеты, сайта, канала"
    )
    address = forms.CharField(
        label="Ссылка или номер и страница",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    published_on = NearDateField(label="Когда вышло")
