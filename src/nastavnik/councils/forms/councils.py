"""Forms of a council: what it is for, the end of its work, the year of its plan, its papers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.councils.models import Council
from nastavnik.documents.models import Document
from nastavnik.shared.forms import DateField, Form, text_field


class CouncilForm(Form):
    """What the council is for, how long it works, by which Regulation."""

    kind = forms.ChoiceField(label="Что создаёте", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Название",
        max_length=200,
        required=False,
        help_text="Можно не заполнять: подставим обычное",
    )
    task = text_field(
        "Задачи",
        hint="Каждая с новой строки, например «обсуждать планы учреждений». Попадут в приказ",
    )
    rhythm = forms.CharField(
        label="Собирается не реже",
        max_length=60,
        required=False,
        help_text="Например, одного раза в квартал",
    )
    starts_on = DateField(
        label="Работает с", required=False, help_text="Пусто: со дня приказа о составе"
    )
    ends_on = DateField(label="Работает по", required=False, help_text="Пусто: бессрочно")
    regulation = forms.ChoiceField(label="Положение в «Деле»", required=False)
    regulation_title = forms.CharField(
        label="Или положение на бумаге",
        max_length=200,
        required=False,
        help_text="Название, например «Положение о городском совете кураторов»",
    )
    regulation_number = forms.CharField(label="Номер положения", max_length=40, required=False)
    regulation_on = DateField(label="Дата положения", required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]] = (),
        papers: Sequence[Document] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._papers = {str(paper.pk): paper for paper in papers}
        fields: Any = self.fields
        known = [(key, str(paper)) for key, paper in self._papers.items()]
        self.offer("regulation", known, empty="не выбрано")
        if kinds:
            self.offer("kind", [(code, label[:1].upper() + label[1:]) for code, label in kinds])
        else:
            del fields["kind"]
            fields["name"].required = True
            fields["name"].help_text = ""
        if not papers:
            del fields["regulation"]
            fields["regulation_title"].label = "Положение"

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found["regulation"] = self._papers.get(found.get("regulation") or "")
        return found


def regulation_initial(council: Council) -> dict[str, Any]:
    names = (
        "name",
        "task",
        "rhythm",
        "starts_on",
        "ends_on",
        "regulation_title",
        "regulation_number",
        "regulation_on",
    )
    return {name: getattr(council, name) for name in names} | {
        "regulation": str(council.regulation_id or "")
    }


class WordsForm(Form):
    words = forms.CharField(
        label="Чем завершилась работа",
        max_length=300,
        help_text="Например, «задачи выполнены» или «полномочия переданы совету»",
    )


class YearForm(Form):
    """Which school year the plan is for."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2200)


class RegisterForm(Form):
    """Number and date of a paper that was signed by hand."""

    number = forms.CharField(label="Номер", max_length=40)
    registered_on = DateField(label="Дата")
