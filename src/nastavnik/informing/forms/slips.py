"""Forms of class sheets and slips."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms

from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import ClassSheet, Side, Slip
from nastavnik.informing.models.slips import WISH_LENGTH
from nastavnik.informing.services.slips import NAME_LENGTH, Entry
from nastavnik.informing.wording import NOT_SURE, TITLES, asked_codes, sheet_title, side_choices
from nastavnik.people.forms.persons import NewPersonForm
from nastavnik.people.models import Person
from nastavnik.shared.forms import DateField, Form, KeyField

PAPER_ROWS = 12
CODE_HINT = "Не хочешь называть имя? Придумай кодовое слово, например «Лиса-12», запомни его и поставь отметку ниже."
_CHILD = {
    "side": "Что тебе ближе?",
    "name": "Фамилия и имя",
    "is_code": "Это не имя, а кодовое слово",
    "request_code": "С чем?",
    "wish": "Когда тебе удобно? Можно добавить пару слов",
}
_ADULT = {
    "side": "Что вам ближе?",
    "name": "Фамилия, имя и отчество",
    "request_code": "С чем?",
    "wish": "Когда вам удобно? Можно добавить пару слов",
}


class SlipForm(Form):
    """Two quick questions and a name or a code word; nothing else is asked."""

    side = forms.ChoiceField(widget=forms.RadioSelect)
    request_code = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    wish = forms.CharField(max_length=WISH_LENGTH, required=False)
    class_name = forms.CharField(label="Класс ребёнка", max_length=40, required=False)
    name = forms.CharField(max_length=NAME_LENGTH)
    is_code = forms.BooleanField(required=False)
    once = forms.CharField(max_length=64, widget=forms.HiddenInput)
    website = forms.CharField(label="Оставьте это поле пустым", required=False)

    def __init__(self, *args: Any, sheet: ClassSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _CHILD if sheet.is_for_children else _ADULT
        for name, label in words.items():
            self.fields[name].label = label
        self.offer("side", side_choices(sheet.audience))
        self.offer("request_code", [*asked_codes(sheet.audience), ("", NOT_SURE)])
        self.fields["wish"].widget.attrs |= {"autocomplete": "off"}
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}
        if sheet.is_for_children:
            self.fields["name"].help_text = CODE_HINT
            self.fields["name"].widget.attrs |= {"autocomplete": "off"}
        else:
            del self.fields["is_code"]
        if sheet.audience != Audience.PARENTS:
            del self.fields["class_name"]
        self._word_errors(to_child=sheet.is_for_children)

    def _word_errors(self, *, to_child: bool) -> None:
        write, choose = ("Напиши", "Выбери") if to_child else ("Напишите", "Выберите")
        or_code = " или кодовое слово" if to_child else ""
        self.fields["name"].error_messages["required"] = f"{write} имя{or_code}."
        self.fields["side"].error_messages["required"] = f"{choose}, что ближе."
        for name in ("side", "request_code"):
            self.fields[name].error_messages["invalid_choice"] = f"{choose} из списка."
        for name in ("name", "wish"):
            self.fields[name].error_messages["max_length"] = "Слишком длинно, хватит одной строки."

    @property
    def entry(self) -> Entry:
        """What was said; only of a valid form."""
        names = set(self.cleaned_data) & set(Entry.__dataclass_fields__)
        return Entry(**{name: self.cleaned_data[name] for name in names})


class SheetsForm(Form):
    """Which sheets to make."""

    classes = forms.MultipleChoiceField(
        label="Классы", required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label="Другие классы",
        max_length=400,
        required=False,
        help_text="Через запятую, например 5А, 5Б",
    )
    audiences = forms.MultipleChoiceField(
        label="Взрослые",
        required=False,
        choices=list(TITLES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    open_until = DateField(label="Записаться можно до")
    ask_whom = forms.CharField(
        label="К кому подойти с вопросом",
        max_length=160,
        required=False,
        help_text="Например: куратор Лещёва Ольга Викторовна, кабинет 12",
    )

    def __init__(
        self, *args: Any, classes: Collection[str], teaches_children: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not teaches_children:
            del self.fields["classes"], self.fields["more"]
        elif classes:
            self.offer("classes", [(name, name) for name in classes])
        else:
            del self.fields["classes"]
            self.fields["more"].label = "Классы"

    @property
    def class_names(self) -> list[str]:
        typed = self.cleaned_data.get("more", "").replace(";", ",").split(",")
        return [*self.cleaned_data.get("classes", ()), *typed]


class SheetPickForm(Form):
    """A sheet, or all of them when none is named."""

    sheet = KeyField(required=False)


class TakeForm(NewPersonForm):
    """The form of a new person with what the slip tells, or somebody who is in the base already."""

    known = forms.TypedChoiceField(
        label="Этот человек уже есть в базе?", coerce=int, required=False, empty_value=None
    )
    field_order = ("known",)
    _UNASKED = ("is_own", "department", "experience_since", "phone", "email", "address")
    _ADULT_ONLY = ("post", "workplace")

    def __init__(
        self, *args: Any, candidates: Collection[Person], is_child: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in (*self._UNASKED, *(self._ADULT_ONLY if is_child else ("class_name",))):
            del self.fields[name]
        if not candidates:
            del self.fields["known"]
            if not self.is_bound:
                del self.fields["is_namesake"]  # asked only once somebody bears the name
            return
        known = [
            (row.pk, ", ".join(str(p) for p in (row.full_name, row.birth_year, row.about) if p))
            for row in candidates
        ]
        self.offer("known", known, empty="Нет, это новый человек")
        if self.data.get("known"):
            for name in ("surname", "given", "gender", "category"):
                self.fields[name].required = False


class PaperForm(Form):
    """Slips written on paper: a row each, empty rows are skipped."""

    sheet = forms.TypedChoiceField(label="Класс или взрослые", coerce=int)

    def __init__(self, *args: Any, sheets: Collection[ClassSheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("sheet", [(row.pk, sheet_title(row)) for row in sheets])
        codes = [("", NOT_SURE)]
        for audience in dict.fromkeys(row.audience for row in sheets):
            codes += [pair for pair in asked_codes(audience) if pair not in codes]
        for number in range(PAPER_ROWS):
            for name, field in _row_fields(number + 1, codes):
                if name != "is_code":
                    field.widget.attrs["class"] = "input"
                self.fields[f"{name}-{number}"] = field

    def rows(self) -> Iterator[list[Any]]:
        """The cells of each row for the template."""
        for number in range(PAPER_ROWS):
            yield [
                self[f"{name}-{number}"]
                for name in ("name", "is_code", "side", "request_code", "wish")
            ]

    @property
    def entries(self) -> dict[int, Entry]:
        found = {}
        for number in range(PAPER_ROWS):
            values = {
                name: self.cleaned_data[f"{name}-{number}"]
                for name in ("name", "is_code", "side", "request_code", "wish")
            }
            if values["name"] or values["wish"]:
                found[number] = Entry(**values)
        return found


def _row_fields(number: int, codes: list[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    where = f"строка {number}"
    sides = [(side.value, side.label) for side in Side]
    yield (
        "name",
        forms.CharField(
            label=f"Имя или кодовое слово, {where}", max_length=NAME_LENGTH, required=False
        ),
    )
    yield "is_code", forms.BooleanField(label=f"Кодовое слово, {where}", required=False)
    yield "side", forms.ChoiceField(label=f"Чего хочет, {where}", choices=sides)
    yield (
        "request_code",
        forms.ChoiceField(label=f"С чем, {where}", choices=codes, required=False),
    )
    yield (
        "wish",
        forms.CharField(label=f"Когда удобно, {where}", max_length=WISH_LENGTH, required=False),
    )


def initial_of(slip: Slip) -> dict[str, Any]:
    """Names as the slip gives them, the surname first; a code word gives none."""
    words = [] if slip.is_code else slip.name.split()
    if len(words) == 1:
        return {"given": words[0]}
    return dict(zip(("surname", "given", "patronymic"), words, strict=False))
