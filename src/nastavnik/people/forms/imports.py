"""The pages of an import: file, columns, corrections of the grid."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nastavnik.people.services.imports import Check, Corrections
from nastavnik.shared.forms import Form

MAX_BYTES = 12 * 1024 * 1024
KINDS = [
    ("mentees", "Реестр наставляемых"),
    ("mentors", "Реестр наставников"),
    ("staff", "Список сотрудников"),
]
ANSWERS = {"same", "new"}
_CELL = re.compile(r"cell-(\d{1,7})-([a-z_]{1,30})")
_ROW = re.compile(r"(same|skip)-(\d{1,7})")
_ACCEPT = re.compile(r"(\d{1,7}):([a-z_]{1,30})")


class StartForm(Form):
    """Which register, and its file."""

    kind = forms.ChoiceField(
        label="Что в файле", choices=KINDS, widget=forms.RadioSelect, initial="mentees"
    )
    file = forms.FileField(
        label="Файл",
        help_text="Excel (xlsx, xls), ODS или CSV, до 12 МБ. Заголовки могут быть любыми",
    )

    def clean_file(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if upload.size is not None and upload.size > MAX_BYTES:
            raise forms.ValidationError("Файл больше 12 МБ. Оставьте в нём один лист с реестром.")
        return upload


class MapForm(Form):
    """Sheet, header row, and one choice for every column of the table."""

    sheet = forms.ChoiceField(label="Лист", required=False)
    header_row = forms.IntegerField(
        label="Строка с заголовками",
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "input--s"}),
    )

    def __init__(
        self,
        *args: Any,
        sheets: list[str],
        columns: list[tuple[int, str]],
        fields: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("sheet", [(name, name) for name in sheets])
        for index, title in columns:
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=f"Столбец {title}",
                choices=fields,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    @property
    def mapping(self) -> dict[int, str]:
        return {
            int(name.removeprefix("column-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column-")
        }

    def clean(self) -> dict[str, Any]:
        """One field stands in one column only."""
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name, value in list(data.items()):
            if name.startswith("column-") and value:
                if value in taken:
                    self.add_error(name, "Это поле уже выбрано у другого столбца")
                taken[value] = name
        return data


class CheckForm:
    """Corrections of the grid. Names of inputs: `cell-<row>-<field>`, `same-<row>`, `skip-<row>`;
    the button `accept` names `<row>:<field>`, whose suggestion is taken.
    """

    def __init__(self, data: Mapping[str, str], check: Check) -> None:
        rows = {row.number: row for row in check.rows if not row.is_written}
        self.corrections = Corrections()
        for name, value in data.items():
            if match := _CELL.fullmatch(name):
                self._cell(rows.get(int(match[1])), match[2], value)
            elif (match := _ROW.fullmatch(name)) and int(match[2]) in rows:
                number = int(match[2])
                if match[1] == "same":
                    self.corrections.decisions[number] = value if value in ANSWERS else ""
                else:
                    self.corrections.skips[number] = value == "on"
        if match := _ACCEPT.fullmatch(data.get("accept", "")):
            row = rows.get(int(match[1]))
            if row is not None and match[2] in row.record.fields:
                suggestion = row.cell(match[2]).suggestion
                if suggestion:
                    self.corrections.edits[row.number, match[2]] = suggestion

    def _cell(self, row: Any, field: str, value: str) -> None:
        """Only what was really changed is kept."""
        if row is None:
            return
        known = row.cell(field).raw if field in row.record.fields else ""
        if value.strip() != known.strip():
            self.corrections.edits[row.number, field] = value
