"""Forms of the kit: Russian error texts that name what to do, dates, refusals of the domain."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.text import capfirst

from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import MONTHS

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
DATE_HINT = "Например, 15.09.2026"
FAR = dt.timedelta(days=400)
_DATE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[а-яё]+)[\s./-]+(\d{4})(?:\s*г\.?)?", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def parse_russian_date(value: str) -> dt.date:
    """Read «15.09.2026», «15 9 2026», «15 сентября 2026 г.» or an ISO date; ValueError otherwise."""
    value = value.strip().casefold()
    if iso := _ISO_DATE.fullmatch(value):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(value)
    month = int(match[2]) if match[2].isdecimal() else MONTHS.index(match[2]) + 1
    return dt.date(int(match[3]), month, int(match[1]))


class DateInput(forms.DateInput):
    """One line of text: «15.09.2026»."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            attrs={"class": "input--m", "autocomplete": "off", **(attrs or {})}, format="%d.%m.%Y"
        )


class DatePartsInput(forms.Widget):
    """Day, month and year apart: the easiest on a phone."""

    template_name = "ui/widgets/date_parts.html"
    input_type = "date_parts"

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        parts = [str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year")]
        return ".".join(parts) if any(parts) else str(data.get(name, ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in ("day", "month", "year"))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        if isinstance(value, dt.date):
            parts = [str(value.day), str(value.month), str(value.year)]
        else:
            parts = [*str(value or "").split("."), "", "", ""][:3]
        context["invalid"] = (attrs or {}).get("aria-invalid") == "true"
        context["parts"] = [
            {"name": part, "label": label, "value": text, "css": css}
            for (part, label, css), text in zip(
                (
                    ("day", "День", "input--xs"),
                    ("month", "Месяц", "input--xs"),
                    ("year", "Год", "input--s"),
                ),
                parts,
                strict=True,
            )
        ]
        return context


def area(rows: int = 3) -> forms.Textarea:
    """Several lines of text."""
    return forms.Textarea(attrs={"rows": rows})


def text_field(
    label: str, *, longest: int = 4000, rows: int = 3, hint: str = ""
) -> forms.CharField:
    """A field of several lines that may stay empty."""
    return forms.CharField(
        label=label, max_length=longest, required=False, widget=area(rows), help_text=hint
    )


class DateField(forms.DateField):
    """A date as people write it in Russian."""

    widget = DateInput
    default_error_messages = {"invalid": "Впишите дату так: 15.09.2026"}

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_russian_date(str(value))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class NearDateField(DateField):
    """A day of about this year: a year mistyped is noticed, last year's papers may be finished."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and abs(value - timezone.localdate()) > FAR:
            raise forms.ValidationError("Проверьте год: до этой даты больше года")


class KeyField(forms.IntegerField):
    """The key of a row: what no row can have is refused before the database is asked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)


class KitMixin:
    """Russian texts for the errors that Django words for programmers; no browser bubbles."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _word_errors(name, field)

    def offer(self, name: str, choices: Iterable[Any], *, empty: str = "") -> None:
        """Give a field the choices that are known only now; `empty` words the choice of none."""
        field: Any = self.fields[name]
        field.choices = [*([("", empty)] if empty else []), *choices]


class Form(KitMixin, forms.Form):
    """The base of every form of ours that is not about one model."""


class ModelForm(KitMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The base of forms about one model without a tenant."""


def _word_errors(name: str, field: forms.Field) -> None:
    label = str(field.label or capfirst(name.replace("_", " ")))
    own = field.__dict__.get("error_messages", {})
    default_required = forms.Field.default_error_messages["required"]
    if own.get("required") == default_required:
        own["required"] = _required_text(field, label)
    if isinstance(field, forms.ChoiceField) and "invalid_choice" in own:
        own["invalid_choice"] = f"Выберите значение поля «{label}» из списка"
    if isinstance(field, DateField):
        own["invalid"] = f"Впишите в поле «{label}» дату так: 15.09.2026"
    if isinstance(field, forms.IntegerField):
        own["invalid"] = f"Впишите в поле «{label}» число"
    if isinstance(field, forms.EmailField):
        own["invalid"] = "Впишите адрес почты полностью, например ivanova@example.ru"


def _required_text(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return f"Выберите файл: {label}"
    if isinstance(field, forms.BooleanField):
        return f"Отметьте: {label}"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Выберите: {label}"
    return f"Заполните поле «{label}»"


def apply_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal of the domain as an error of the form, beside its field when it names one."""
    form.add_error(error.field if error.field in form.fields else None, error.message)


def field_context(
    bound: BoundField, *, label: str = "", hint: str = "", css: str = ""
) -> dict[str, Any]:
    """Everything `ui/field.html` draws; the widget gets its class and ARIA links here."""
    widget = bound.field.widget
    hint = hint or str(bound.help_text or "")
    kind = _kind_of(widget)
    described = [
        f"{bound.auto_id}_{part}"
        for part, shown in (("hint", hint), ("error", bound.errors))
        if shown
    ]
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if kind == "line":
        own = str(widget.attrs.get("class", ""))
        attrs["class"] = " ".join(part for part in ("input", own, css) if part)
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "errors": bound.errors,
        "optional": not bound.field.required and kind not in {"tick", "options"},
        "widget": "" if kind == "options" else bound.as_widget(attrs=attrs),
        "options": list(bound) if kind == "options" else (),
    }


def _kind_of(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICE_WIDGETS):
        return "options"
    if isinstance(widget, DatePartsInput) or getattr(widget, "is_group", False):
        return "group"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def error_links(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(id of the field or nothing, text) for the summary: whole form first, then by field."""
    links = [("", str(text)) for text in form.non_field_errors()]
    for bound in form:
        target = _first_control(bound)
        errors: ErrorList = bound.errors
        links.extend((target if not bound.is_hidden else "", str(text)) for text in errors)
    return links


def _first_control(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CHOICE_WIDGETS):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label)
