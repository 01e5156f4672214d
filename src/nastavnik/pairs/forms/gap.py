"""«Что если»: whom to win and how many more to take."""

from collections.abc import Mapping
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
        widget=forms.NumberInput(attrs=_SHORT),
    )


class GapForm(Form):
    """Sent by GET: the address keeps the question, so that it can be shown and printed."""

    new = _number("Новых наставников", MOST_NEW, 0)
    category = forms.ChoiceField(label="Кто они")
    topic = forms.ChoiceField(label="Их компетенция")
    places = _number("Скольких возьмёт каждый", 10, PLACES_OF_NEW, least=1)
    partner = _number("Наставников от партнёра", MOST_NEW, 0)
    partner_topic = forms.ChoiceField(label="Компетенция от партнёра")
    more = _number("Ещё мест у каждого нынешнего наставника", MOST_MORE, 0)

    def __init__(self, data: Mapping[str, Any] | None = None, *, topic: str = "") -> None:
        """A question that leaves something out means the usual answer there."""
        super().__init__()
        mentors = {code for rule in form_rules() for code in rule.mentors}
        people = [pair for pair in choices_of("categories") if pair[0] in mentors]
        topics = choices_of("topics")
        for name in ("topic", "partner_topic"):
            self.offer(name, topics)
            self.fields[name].initial = topic or topics[0][0]
        self.offer("category", people)
        self.fields["category"].initial = next((c for c, _ in people if c == "student"), "")
        if data:
            self.is_bound = True
            usual = {name: field.initial for name, field in self.fields.items()}
            self.data = {**usual, **{name: data[name] for name in usual if name in data}}

    def change(self) -> Change:
        """The change that the valid form describes."""
        said = self.cleaned_data
        extras = (
            Extra(said["new"], said["category"], said["topic"], said["places"]),
            Extra(said["partner"], PARTNER, said["partner_topic"]),
        )
        return Change(tuple(extra for extra in extras if extra.count), said["more"])
