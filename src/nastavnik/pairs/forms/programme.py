"""The form of the programme passport."""

from typing import Any

from django import forms as dj

from nastavnik.library.queries import forms_for, items
from nastavnik.pairs.passport import Parameter, parameters
from nastavnik.shared.forms import DateField, Form, area
from nastavnik.tenancy.models import Organisation

NETWORK_ROWS = 3


class ProgrammeForm(Form):
    """Title, period, forms, role models, the eleven parameters and partners of the network."""

    title = dj.CharField(label="Название", max_length=200)
    starts_on = DateField(label="Начало")
    ends_on = DateField(label="Окончание")
    forms = dj.MultipleChoiceField(
        label="Формы наставничества", choices=(), widget=dj.CheckboxSelectMultiple
    )
    role_models = dj.MultipleChoiceField(
        label="Ролевые модели",
        choices=(),
        widget=dj.CheckboxSelectMultiple,
        required=False,
        help_text="Для выбранных форм",
    )

    def __init__(
        self, *args: Any, organisation: Organisation, with_results: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        known = forms_for(organisation=organisation)
        titles = {form.code: form.title for form in known}
        self.offer("forms", list(titles.items()))
        models = [
            (model.code, f"{titles[model.parent]}: {model.title}")
            for model in items("role_models", organisation=organisation)
            if model.parent in titles
        ]
        self.offer("role_models", models)
        self.shown: list[Parameter] = [
            p for p in parameters() if with_results or not p.after_completion
        ]
        for parameter in self.shown:
            fields[f"p_{parameter.code}"] = dj.CharField(
                label=parameter.title,
                required=False,
                max_length=4000,
                widget=area(),
            )
        for number in range(1, NETWORK_ROWS + 1):
            fields[f"partner_{number}"] = dj.CharField(
                label=f"Партнёр сети {number}", required=False, max_length=200
            )
            fields[f"gives_{number}"] = dj.CharField(
                label="Что даёт", required=False, max_length=300
            )

    @property
    def values(self) -> dict[str, Any]:
        """Keyword arguments of `save_programme`."""
        data = self.cleaned_data
        network = [
            {"partner": data[f"partner_{n}"], "gives": data[f"gives_{n}"]}
            for n in range(1, NETWORK_ROWS + 1)
            if data[f"partner_{n}"].strip()
        ]
        return {
            **{name: data[name] for name in ("title", "forms", "role_models")},
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "parameters": {p.code: data[f"p_{p.code}"] for p in self.shown},
            "network": network,
        }


class ResultsForm(Form):
    """The rows of the passport that are filled when the programme ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in parameters():
            if parameter.after_completion:
                self.fields[parameter.code] = dj.CharField(
                    label=parameter.title,
                    required=False,
                    max_length=4000,
                    widget=area(),
                )
