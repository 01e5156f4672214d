"""The table of pairs and groups."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from nastavnik.library.queries import title_of
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.models import PairState
from nastavnik.pairs.rules import Blocker, told
from nastavnik.shared.cells import link, muted, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

NOUNS = ("пара", "пары", "пар")
STATE_TAGS: dict[str, str] = {
    PairState.PROPOSED: "info",
    PairState.AGREED: "info",
    PairState.IN_ORDER: "wait",
    PairState.ACTIVE: "ok",
    PairState.PAUSED: "bad",
    PairState.FINISHING: "wait",
    PairState.FINISHED: "",
    PairState.DECLINED: "",
    PairState.ENDED_EARLY: "",
}
_LONG_AGO = date(1900, 1, 1)
Known = Mapping[int, tuple[PairFacts, list[Blocker]]]


def state_words(state: str) -> str:
    label = PairState(state).label
    return label[:1].upper() + label[1:]


def form_words(code: str) -> str:
    return title_of("forms", code)


def pair_list(known: Known) -> ListSpec:
    """`known` is filled with the facts of the page before it is drawn."""
    return ListSpec(
        key="pairs",
        title="Пары и группы",
        order="mentor",
        nouns=NOUNS,
        columns=(*_people_columns(known), *_course_columns(known)),
    )


def _people_columns(known: Known) -> tuple[Column, ...]:
    """Who is in the pair and in which form."""

    def mentees(pk: int) -> str:
        return ", ".join(m.short_name for m in known[pk][0].mentees) if pk in known else ""

    names = ("pk", "mentor__person__surname", "mentor__person__given", "mentor__person__patronymic")
    return (
        Column(
            "mentor",
            "Наставник",
            names,
            cell=lambda pk, *parts: link(f"{pk}/", _full_name(*parts)),
            sort=("mentor__person__search_key",),
            export=lambda _pk, *parts: _full_name(*parts),
            head=True,
        ),
        Column("mentees", "Наставляемые", ("pk",), cell=mentees, export=mentees),
        Column("form", "Форма", ("form",), cell=form_words, sort=("form",), export=form_words),
    )


def _course_columns(known: Known) -> tuple[Column, ...]:
    """How far the pair is, what stands in its way, and its term."""

    def obstacles(pk: int, state: str) -> Any:
        found = told(known[pk][1]) if pk in known else []
        if not found:
            return muted("ничего" if state in WATCHED else "")
        more = f"и ещё {len(found) - 1}" if len(found) > 1 else ""
        return small(found[0].sentence, more)

    def obstacle_words(pk: int) -> str:
        return "; ".join(b.sentence for b in told(known[pk][1])) if pk in known else ""

    return (
        Column(
            "state",
            "Состояние",
            ("state",),
            cell=lambda state: tag(state_words(state), STATE_TAGS[state]),
            sort=("state",),
            export=state_words,
        ),
        Column(
            "blocker",
            "Что мешает",
            ("pk", "state"),
            cell=obstacles,
            export=lambda pk, _state: obstacle_words(pk),
        ),
        Column(
            "term",
            "Срок",
            ("starts_on", "ends_on"),
            cell=term_words,
            sort=(Coalesce("starts_on", Value(_LONG_AGO)),),
            export=term_words,
        ),
    )


def _full_name(*parts: str) -> str:
    return " ".join(part for part in parts if part)


WATCHED = frozenset({PairState.PROPOSED, PairState.AGREED, PairState.IN_ORDER, PairState.ACTIVE})


def term_words(starts_on: date | None, ends_on: date | None) -> str:
    days = [f"{day:%d.%m.%Y}" for day in (starts_on, ends_on) if day]
    return "\u00a0– ".join(days)
