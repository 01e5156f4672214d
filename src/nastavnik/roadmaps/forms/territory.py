"""Forms of the territory's room: many at once, and remarks to the lines of one roadmap."""

from collections.abc import Iterable
from typing import Any

from django import forms

from nastavnik.roadmaps.remarks import TYPICAL
from nastavnik.shared.forms import Form, text_field

MOST_WORDS = 2000


class AgreeManyForm(Form):
    """The roadmaps that were shown as clean, by their ids: what changed since is not agreed unread."""

    roadmaps = forms.TypedMultipleChoiceField(label="Дорожные карты", coerce=int)

    def __init__(self, *args: Any, clean_ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("roadmaps", [(pk, str(pk)) for pk in clean_ids])


class RemarksForm(Form):
    """A word on the whole and a remark to each line: chips and a text make one remark."""

    words = text_field("Замечание ко всей карте", longest=MOST_WORDS, rows=2)

    def __init__(self, *args: Any, item_ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item_ids = tuple(item_ids)
        for pk in self.item_ids:
            self.fields[f"chips-{pk}"] = forms.TypedMultipleChoiceField(
                label="Частые замечания",
                required=False,
                coerce=int,
                choices=list(enumerate(TYPICAL)),
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"text-{pk}"] = text_field("Своими словами", longest=MOST_WORDS, rows=2)

    def remarks(self) -> dict[int, str]:
        """Item id → the remark; lines without one are left out."""
        told = {}
        for pk in self.item_ids:
            chips = [TYPICAL[place] for place in self.cleaned_data[f"chips-{pk}"]]
            words = " ".join([*chips, self.cleaned_data[f"text-{pk}"].strip()]).strip()
            if words:
                told[pk] = words
        return told


class GridForm(Form):
    """Which lines the grid shows."""

    lines = forms.SlugField(required=False, max_length=60)


class LetGoForm(Form):
    """The answer to a request to leave a line out; a refusal is explained."""

    agreed = forms.ChoiceField(choices=[("yes", "Не применять"), ("no", "Пункт нужен")])
    words = text_field(
        "Пояснение",
        longest=MOST_WORDS,
        rows=2,
        hint="Если пункт нужен, напишите почему: учреждение прочтёт",
    )


class WayForm(Form):
    """How to go on with the territory's own roadmap."""

    way = forms.ChoiceField(
        choices=[("board", "Открыть"), ("import", "Из Word"), ("template", "Из шаблона")]
    )
