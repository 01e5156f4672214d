"""What people type about documents."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from nastavnik.documents.kinds import FOLDERS, kinds
from nastavnik.documents.models import DocumentState
from nastavnik.documents.services.signing import Scan
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.forms import DateField, DatePartsInput, Form, area

SHOWN_STATES = [(s.value, s.label) for s in DocumentState if s != DocumentState.DROPPED]


def _kind_choices() -> list[tuple[str, str]]:
    return [("", "Любой"), *((kind.code, kind.title) for kind in kinds())]


class DocumentFilters(FilterForm):
    """Filters of the register."""

    q = forms.CharField(label="Слова или номер", max_length=100)
    state = forms.ChoiceField(label="Состояние", choices=[("", "Любое"), *SHOWN_STATES])
    kind = forms.ChoiceField(label="Вид", choices=_kind_choices)
    since = DateField(label="Дата с")
    till = DateField(label="Дата по")


class SignForm(Form):
    """Number and date; the picture of the paper may follow later."""

    number = forms.CharField(
        label="Номер",
        max_length=40,
        widget=forms.TextInput({"class": "input--s", "autocomplete": "off"}),
    )
    registered_on = DateField(label="Дата", widget=DatePartsInput)
    scan = forms.FileField(
        label="Скан бумаги", help_text="PDF, JPG или PNG, до 12 МБ", required=False
    )

    def __init__(self, *args: Any, is_numbered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_numbered:
            del self.fields["number"]

    def values(self) -> dict[str, Any]:
        """Arguments for `sign_document`."""
        return {
            "number": self.cleaned_data.get("number"),
            "registered_on": self.cleaned_data["registered_on"],
            "scan": scan_of(self.cleaned_data.get("scan")),
        }


class BatchForm(Form):
    """Several documents of one kind at once."""

    document = forms.TypedMultipleChoiceField(
        label="Документы", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    registered_on = DateField(label="Дата", widget=DatePartsInput)
    first_number = forms.IntegerField(
        label="Первый номер",
        min_value=1,
        max_value=2_000_000_000,
        required=False,
        widget=forms.TextInput(
            {"class": "input--s", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )

    def __init__(
        self, *args: Any, choices: list[tuple[int, str]], is_numbered: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("document", choices)
        if not is_numbered:
            del self.fields["first_number"]


class ReturnForm(Form):
    reason = forms.CharField(label="Что исправить", max_length=500, widget=area())


class CancelForm(Form):
    reason = forms.CharField(
        label="Почему документ отменяется",
        help_text="Войдёт в приказ: «в связи с …»",
        max_length=300,
        widget=area(2),
    )


class ScanForm(Form):
    scan = forms.FileField(label="Скан бумаги", help_text="PDF, JPG или PNG, до 12 МБ")


class TemplateForm(Form):
    file = forms.FileField(label="Шаблон Word", help_text="Файл .docx, до 4 МБ")

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(".docx"):
            raise forms.ValidationError(
                "Нужен файл Word с окончанием .docx. Сохраните шаблон в этом виде."
            )
        return file


class IntroductionForm(Form):
    """The order that introduces the target model."""

    starts_on = DateField(label="С какого дня внедряется модель", initial=timezone.localdate)
    documents_due = DateField(
        label="К какому дню подготовить положение, дорожную карту и программу"
    )
    mentoring_forms = forms.MultipleChoiceField(
        label="Формы наставничества", widget=forms.CheckboxSelectMultiple, required=False
    )
    responsible = forms.CharField(
        label="Кто отвечает за информирование", help_text="Фамилия, имя и отчество", max_length=200
    )
    post = forms.CharField(label="Должность", max_length=160)
    gender = forms.ChoiceField(
        label="Пол",
        help_text="Нужен, только если его не видно по отчеству",
        choices=[("", "По отчеству"), ("female", "Женский"), ("male", "Мужской")],
        required=False,
    )

    def __init__(self, *args: Any, forms_of_mentoring: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mentoring_forms", [(title, title) for title in forms_of_mentoring])


class FolderFilters(FilterForm):
    """The school year of «Дело»."""

    year = forms.ChoiceField(label="Учебный год", choices=())

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("year", [(year, year) for year in years], empty="Все годы")


class JournalFilters(FilterForm):
    journal = forms.ChoiceField(label="Журнал", choices=())
    year = forms.ChoiceField(label="Год", choices=())

    def __init__(
        self, *args: Any, journals: list[tuple[str, str]], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("journal", journals)
        self.offer("year", [(str(year), str(year)) for year in years])


def scan_of(file: "UploadedFile[Any] | None") -> Scan | None:
    return Scan(str(file.name), file.read()) if file else None


def folder_title(code: str) -> str:
    return f"{code} {FOLDERS[code]}"
