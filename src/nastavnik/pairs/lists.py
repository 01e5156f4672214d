"""The tables of pairs and groups, and of those who wait for a pair."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from nastavnik.library.queries import title_of
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.models import PairState
from nastavnik.pairs.queries.waiting import NOT_SEARCHED, Rules, Said, level
from nastavnik.pairs.rules import Blocker, told
from nastavnik.people.lists import PEOPLE_NOUNS, mentee_tag, place_words, request_cell
from nastavnik.people.models import MenteeState, Support
from nastavnik.people.queries.codes import request_title, topic_title
from nastavnik.shared.cells import link, muted, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec
from nastavnik.shared.typography import counted

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


@dataclass
class Told:
    """What the rows of the page cannot say themselves; filled before the page is drawn."""

    words: Mapping[int, Said] = field(default_factory=dict)
    supports: Mapping[int, Support] = field(default_factory=dict)


def waiting_list(
    base: str, known: Told, rules: Rules, on: date, *, can_export: bool, near: str = ""
) -> ListSpec:
    """Those without a pair; `base` leads to cards: `…/people/`, `near` to the search at neighbours."""
    return ListSpec(
        key="unpaired",
        title="Без пары",
        order="wait",
        nouns=PEOPLE_NOUNS,
        can_export=can_export,
        columns=(
            *_who_waits(base),
            *_how_long(rules, on),
            *_what_is_done(known),
            *_next_step(near),
        ),
    )


def _next_step(near: str) -> tuple[Column, ...]:
    """The search at neighbours, for those who may ask."""
    if not near:
        return ()
    cell = Column(
        "near",
        "Дальше",
        ("pk",),
        cell=lambda pk: SafeString(f'<a href="{near}search/{pk}/">Искать у соседей</a>'),
        in_export=False,
    )
    return (cell,)


def _who_waits(base: str) -> tuple[Column, ...]:
    def named(pk: int, *parts: str) -> Any:
        return link(f"{base}{pk}/", _full_name(*parts))

    def asked(text: str | None, code: str | None, topic: str | None) -> str:
        return topic_title(topic or "") or request_title(code or "") or text or ""

    return (
        Column(
            "name",
            "Наставляемый",
            ("person_id", "person__surname", "person__given", "person__patronymic"),
            cell=named,
            sort=("person__search_key",),
            export=lambda _pk, *parts: _full_name(*parts),
            head=True,
        ),
        Column(
            "place",
            "Класс или должность",
            ("person__category", "person__class_name", "person__post", "person__workplace"),
            cell=place_words,
            sort=("person__class_name", "person__post", "person__search_key"),
            export=place_words,
        ),
        Column(
            "request",
            "Запрос",
            ("main_text", "main_code", "main_topic"),
            cell=request_cell,
            export=asked,
        ),
    )


def _how_long(rules: Rules, on: date) -> tuple[Column, ...]:
    def wait(since: date, state: str) -> Any:
        days = (on - since).days
        note = MenteeState(state).label if state == MenteeState.UNPAIRED else f"с {since:%d.%m.%Y}"
        return small(tag(counted(days, "день", "дня", "дней"), level(days, rules)), note)

    return (
        Column(
            "wait",
            "Ждёт",
            ("since", "state"),
            cell=wait,
            sort=("since", "person__search_key"),
            export=lambda since, _state: (on - since).days,
        ),
        Column("since", "Ждёт с", ("since",), on_screen=False),
        Column(
            "state",
            "Состояние",
            ("state",),
            cell=mentee_tag,
            export=lambda state: MenteeState(state).label,
            on_screen=False,
        ),
    )


def _what_is_done(known: Told) -> tuple[Column, ...]:
    def outlook(pk: int) -> Any:
        said = known.words.get(pk)
        return small(said.text, said.source) if said else muted(NOT_SEARCHED)

    def specialist(pk: int) -> Any:
        found = known.supports.get(pk)
        return small(found.short_name, found.post) if found else muted("не назначен")

    return (
        Column(
            "outlook",
            "Почему без пары",
            ("pk",),
            cell=outlook,
            export=lambda pk: known.words[pk].text if pk in known.words else NOT_SEARCHED,
        ),
        Column(
            "specialist",
            "Кто сопровождает",
            ("pk",),
            cell=specialist,
            export=lambda pk: known.supports[pk].short_name if pk in known.supports else "",
        ),
    )
