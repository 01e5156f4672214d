"""«Что если»: whom to win and how many more to take."""

from typing import Any

from django import forms

from nastavnik.library.queries import choices_of
from nastavnik.matching.engine.gap import PLACES_OF_NEW, Change, Extra
from nastavnik.matching.queries import form_rules
from nastavnik.shared.forms import Form

MOST_NEW = 30
MOST_MORE = 3
PARTNER = "employee"
_SHORT = {"inputmode": "numeric", "class": "input--xs"}


def _number(label: str, most: int, initial: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        required=False,
        widget=forms.NumberInput(attrs=_SHORT),
    )


class GapForm(Form):
    """Sent by GET: the address keeps the question, so that it can be shown and printed."""

    new = _number("Новых наставников", MOST_NEW, 0)
    category = forms.ChoiceField(label="Кто они", required=False)
    topic = forms.ChoiceField(label="Их компетенция", required=False)
    places = _number("Скольких возьмёт каждый", 10, PLACES_OF_NEW, least=1)
    partner = _number("Наставников от партнёра", MOST_NEW, 0)
    partner_topic = forms.ChoiceField(label="Компетенция от партнёра", required=False)
    more = _number("Ещё мест у каждого нынешнего наставника", MOST_MORE, 0)

    def __init__(self, *args: Any, topic: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mentors = {code for rule in form_rules() for code in rule.mentors}
        people = [pair for pair in choices_of("categories") if pair[0] in mentors]
        for name in ("topic", "partner_topic"):
            self.fields[name].choices = choices_of("topics")  # type: ignore[attr-defined]
            self.fields[name].initial = topic
        self.fields["category"].choices = people  # type: ignore[attr-defined]
        self.fields["category"].initial = next((c for c, _ in people if c == "student"), "")

    def change(self) -> Change:
        """The change that the valid form describes."""
        said = self.cleaned_data
        extras = (
            Extra(
                said["new"] or 0,
                said["category"],
                said["topic"],
                said["places"] or PLACES_OF_NEW,
            ),
            Extra(said["partner"] or 0, PARTNER, said["partner_topic"]),
        )
        return Change(tuple(extra for extra in extras if extra.count), said["more"] or 0)
