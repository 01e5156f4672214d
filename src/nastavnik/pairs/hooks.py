"""What pairs tell the apps below at start-up: facts for registers, an importer, things to do."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.pairs import queries
from nastavnik.pairs.models import PairState
from nastavnik.pairs.queries.registers import pair_facts
from nastavnik.pairs.services.importing import Importer
from nastavnik.pairs.services.merging import follow_merge, merge_obstacle
from nastavnik.people.queries.registers import register_pair_facts
from nastavnik.people.services.imports import register_pair_importer
from nastavnik.people.services.merge import register_merge_follower, register_merge_guard
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted

PAIR_WORDS = ("пара", "пары", "пар")
PAIR_WORDS_OF = ("пары", "пар", "пар")
PAIR_WORDS_WHOM = ("пару", "пары", "пар")


def register_hooks() -> None:
    register_pair_facts(pair_facts)
    register_pair_importer(Importer())
    register_merge_guard(merge_obstacle)
    register_merge_follower(follow_merge)
    register_card(Role.CURATOR, pair_cards)


def pair_cards(request: HttpRequest) -> Iterator[Card]:
    """Paused pairs, answers that are waited for, agreed pairs without an order; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    found = queries.counts()
    org = {"org": organisation.slug}
    if number := found.get(PairState.PAUSED, 0):
        yield Card(
            title=f"Верните к работе {counted(number, *PAIR_WORDS_WHOM)}",
            text="Чего-то не хватает: согласия, справки или ответа.",
            url=f"{reverse('pairs:list', kwargs=org)}?state=paused",
            button="Посмотреть, что мешает",
            level="bad",
        )
    if number := found.get(PairState.PROPOSED, 0):
        yield Card(
            title=f"Спросите участников {counted(number, *PAIR_WORDS_OF)}",
            text="Без «да» обеих сторон пара не войдёт в приказ.",
            url=reverse("pairs:answers", kwargs=org),
            button="Открыть ответы",
            level="wait",
        )
    if number := found.get(PairState.AGREED, 0):
        yield Card(
            title=f"Составьте приказ: {counted(number, *PAIR_WORDS)}",
            text="Участники согласны, лист покажет, всё ли на месте.",
            url=reverse("pairs:order", kwargs=org),
            button="К приказу",
        )
