"""Forms of the import: a file or a text, the header, one line, one doubt."""

from enum import StrEnum
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nastavnik.roadmaps.evidence import rules
from nastavnik.roadmaps.services.import_check import Check, Line
from nastavnik.roadmaps.services.imports import LONGEST_TEXT, Answers
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import DateField, Form, apply_domain_error, area, text_field

MAX_BYTES = 12 * 1024 * 1024
MAX_PASTED = 400_000
LAST_LINE = 100_000


class EitherFile(forms.FileField):
    """One of two answers is needed, so neither is called optional."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class EitherText(forms.CharField):
    """The other answer."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else ""


class StartForm(Form):
    """A file as it is, or rows copied from it."""

    use_required_attribute = False

    file = EitherFile(
        label="Файл",
        help_text="Word (docx), Excel (xlsx), ODT, ODS или текст, до 12 МБ. Столбцы могут быть любыми. "
        "Файл можно перетащить сюда",
    )
    text = EitherText(
        label="Или вставьте скопированную таблицу",
        max_length=MAX_PASTED,
        strip=False,
        widget=area(6),
        help_text="Выделите таблицу в Word или Excel, скопируйте и вставьте сюда",
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is not None and upload.size is not None and upload.size > MAX_BYTES:
            raise forms.ValidationError("Файл больше 12 МБ. Оставьте в нём только дорожную карту.")
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("text", "").strip():
            self.add_error("file", "Выберите файл или вставьте текст таблицы")
        return data


class Button(StrEnum):
    """What the check can be asked to do; each button belongs to a form of its own."""

    HEADER = "header"
    APPLY = "apply"
    LINE = "line"
    DOUBT = "doubt"
    WORDS = "words"


class ButtonForm(Form):
    """Which button of the check was pressed."""

    action = forms.TypedChoiceField(choices=[(one, one) for one in Button], coerce=Button)

    @property
    def pressed(self) -> Button | None:
        return self.cleaned_data["action"] if self.is_valid() else None


class OpenedForm(Form):
    """Which line stands open to be changed."""

    line = forms.IntegerField(min_value=0, max_value=LAST_LINE)

    @property
    def index(self) -> int | None:
        return self.cleaned_data["line"] if self.is_valid() else None


class HeaderForm(Form):
    """Title, period, and which of several tables is the roadmap."""

    title = forms.CharField(label="Название", max_length=300)
    starts_on = DateField(label="Действует с")
    ends_on = DateField(label="по")
    academic = forms.BooleanField(
        label="Годы считать учебными",
        required=False,
        help_text="Тогда «в течение года» означает с сентября по август",
    )
    plan = forms.TypedChoiceField(label="Таблица", coerce=int)
    targets = forms.TypedMultipleChoiceField(
        label="Цели карты",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"form": "load"}),
    )

    def __init__(self, *args: Any, check: Check, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = check.found.plans
        tables = [
            (index, f"{plan.title[:90] or 'Таблица без названия'}: строк {plan.lines}")
            for index, plan in enumerate(plans)
        ]
        self.offer("plan", tables)
        if len(plans) < 2:
            del self.fields["plan"]
        self.offer("targets", [(offer.index, offer.target.words) for offer in check.offers])
        if not check.offers:
            del self.fields["targets"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Последний день не может быть раньше первого")
        return data

    @property
    def answers(self) -> Answers:
        data = self.cleaned_data
        header: dict[str, Any] = {"title": data["title"], "academic": data["academic"]}
        for name in ("starts_on", "ends_on"):
            header[name] = data[name].isoformat() if data[name] else None
        if isinstance(data.get("plan"), int):
            header["plan"] = data["plan"]
        if "targets" in data:
            header["targets"] = data["targets"]
        return Answers(header=header)


def header_initial(check: Check) -> dict[str, Any]:
    """What the form of the header shows first."""
    header = check.header
    return {
        "title": header.title,
        "starts_on": header.starts_on,
        "ends_on": header.ends_on,
        "academic": header.academic,
        "plan": check.found.chosen,
        "targets": [offer.index for offer in check.offers if offer.ticked],
    }


def refuse_period(form: HeaderForm, error: DomainError) -> None:
    """The period is one matter for the rules and two fields on the page."""
    if error.field == "period":
        error.field = "starts_on"
    apply_domain_error(form, error)


class LineForm(Form):
    """One line as it will be written."""

    line = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LAST_LINE)
    number = forms.CharField(label="Номер", max_length=20, required=False)
    text = forms.CharField(label="Что сделать", max_length=LONGEST_TEXT, widget=area(4))
    deadline_text = text_field(
        "Срок", longest=1000, rows=2, hint="Как в файле или яснее: «до 15 марта 2026 г.»"
    )
    responsible = text_field("Ответственные", longest=2000, rows=2, hint="Каждый с новой строки")
    result = text_field("Результат", longest=LONGEST_TEXT, rows=2)
    proof = forms.ChoiceField(label="Чем подтверждается", required=False)
    is_group = forms.BooleanField(label="Это раздел, а не мероприятие", required=False)
    checklist = forms.BooleanField(label="Взять перечень из текста списком дел", required=False)
    skip = forms.BooleanField(label="Не загружать эту строку", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proofs = [(rule.kind.value, rule.title) for rule in rules()]
        self.offer("proof", proofs, empty="Отмечать вручную")

    @property
    def answers(self) -> Answers:
        said = {name: value for name, value in self.cleaned_data.items() if name != "line"}
        return Answers(lines={self.cleaned_data["line"]: said | {"seen": True}})


class DoubtForm(Form):
    """A doubt answered by a button: `take` replaces one word by another, otherwise «Верно»."""

    line = forms.IntegerField(min_value=0, max_value=LAST_LINE)
    wrong = forms.CharField(required=False, max_length=200)
    right = forms.CharField(required=False, max_length=200)

    @property
    def answers(self) -> Answers:
        index, wrong = self.cleaned_data["line"], self.cleaned_data["wrong"]
        if wrong:
            return Answers(take=[(index, wrong, self.cleaned_data["right"])])
        return Answers(lines={index: {"seen": True}})


def line_initial(line: Line) -> dict[str, Any]:
    """What the form of a line shows first."""
    return {
        "line": line.index,
        "number": line.item.number,
        "text": line.whole_text,
        "deadline_text": line.item.deadline_text,
        "responsible": "\n".join(line.item.responsible),
        "result": line.item.result,
        "proof": line.item.evidence_kind,
        "is_group": line.item.is_group,
        "checklist": bool(line.item.checklist),
        "skip": line.skip,
    }
