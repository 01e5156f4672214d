"""What pairs can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.pairs.models import Pair, PairState
from nastavnik.people.models.person import Category
from nastavnik.roadmaps.evidence import (
    Evidence,
    EvidenceKind,
    Parameter,
    Work,
    enough,
    register,
    register_document_work,
)
from nastavnik.shared.typography import counted


def active_pairs_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = Pair.objects.filter(state=PairState.ACTIVE).count()
    return enough(number, f"работает {counted(number, 'пара', 'пары', 'пар')}", parameters)


def pairs_of_category(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    """Active pairs and groups whose mentor is of `parameters["category"]`."""
    category = str(parameters.get("category", ""))
    rows = Pair.objects.filter(state=PairState.ACTIVE, mentor__person__category=category)
    number = rows.count()
    words = f"работает {counted(number, 'пара', 'пары', 'пар')} с таким наставником"
    return enough(number, words, parameters)


_ORDER = Work("Составить приказ о парах", "pairs:order")
_PAIRS = Work("Открыть пары и группы", "pairs:list")
_PROGRAMMES = Work("Открыть программы", "pairs:programmes")


def register_all() -> None:
    register(
        EvidenceKind.ACTIVE_PAIRS_AT_LEAST,
        active_pairs_at_least,
        title="Работает не меньше пар и групп, чем нужно",
        parameters=(Parameter("number", "Сколько пар и групп", "number", default=1),),
        work=_PAIRS,
        hint="Столько пар и групп закреплено приказом и работает сейчас.",
    )
    register(
        EvidenceKind.PAIRS_OF_CATEGORY,
        pairs_of_category,
        title="Работают пары и группы с наставником нужной категории",
        parameters=(
            Parameter("category", "Кто наставник", "choice", choices=lambda: Category.choices),
            Parameter("number", "Сколько пар и групп", "number", default=1),
        ),
        work=_PAIRS,
        hint="Например, наставник — работник предприятия или студент: столько таких пар работает.",
    )
    for kind in ("order_pairs", "order_pairs_additional"):
        register_document_work(kind, _ORDER, is_yearly=True)
    for kind in ("order_pairs_change", "order_pairs_end", "order_pairs_replace"):
        register_document_work(kind, _PAIRS, is_yearly=True)
    for kind in ("order_programme", "programme_passport"):
        register_document_work(kind, _PROGRAMMES, is_yearly=True)
    register_document_work(
        "voluntary_list", Work("Открыть добровольность", "pairs:answers"), is_yearly=True
    )
    register_document_work("letter_partners", Work("Составить письмо", "pairs:gap-letter"))
