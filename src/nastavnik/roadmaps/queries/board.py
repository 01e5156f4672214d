"""The living roadmap as the page shows it: four queries whatever its length."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from nastavnik.accounts.actor import Actor
from nastavnik.roadmaps.engine.standing import Stand, Standing, Term, standing
from nastavnik.roadmaps.engine.strip import Column, Mark, Scale
from nastavnik.roadmaps.models import (
    ItemResponsible,
    ItemState,
    Occurrence,
    Roadmap,
    RoadmapItem,
)
from nastavnik.shared.typography import counted, date_words

R = TypeVar("R", ItemResponsible, Occurrence)
__all__ = ["Board", "Part", "Row", "Stand", "board_of"]
TAGS: dict[Stand, tuple[str, str]] = {
    Stand.DONE: ("Выполнен", "ok"),
    Stand.LATE: ("Просрочен", "bad"),
    Stand.SOON: ("Скоро", "wait"),
    Stand.GOING: ("В работе", "wait"),
    Stand.AHEAD: ("Не начат", ""),
    Stand.OPEN: ("Не начат", ""),
    Stand.OFF: ("Не применимо", ""),
}
ALL, MINE, NEAR, UNPROVED, OVERDUE = "all", "mine", "soon", "unproved", "late"
FILTERS: dict[str, str] = {
    ALL: "Все",
    MINE: "Мои",
    NEAR: "Ближайшие 14 дней",
    UNPROVED: "Без подтверждения",
    OVERDUE: "Просроченные",
}


@dataclass(frozen=True)
class Row:
    """One line of the board with all that the page says of it."""

    item: RoadmapItem
    standing: Standing
    responsible: tuple[ItemResponsible, ...]
    occurrences: tuple[Occurrence, ...]
    marks: tuple[Mark, ...]
    is_mine: bool
    today: date
    is_binding: bool = True
    """Whether the plan is in force; the days of any other are only shown."""

    @property
    def tag(self) -> tuple[str, str]:
        """(word, kind) of the state; a line worked at and due soon says both."""
        if self.standing.stand is Stand.SOON and self.item.state == ItemState.NOT_STARTED:
            return ("Скоро", "wait")
        if self.standing.stand is Stand.SOON:
            return ("В работе", "wait")
        return TAGS[self.standing.stand]

    @property
    def who(self) -> str:
        """Names where the person is known, words of the plan otherwise."""
        names = (row.user.short_name if row.user else row.words for row in self.responsible)
        return ", ".join(dict.fromkeys(names))

    @property
    def due(self) -> str:
        """«до 30 сентября», «4 срока, ближайший 25 ноября», or the words of the plan."""
        day = self.standing.due_on
        dated = [row for row in self.occurrences if row.due_on is not None]
        if day is None or not dated:
            return self.item.deadline_text
        if len(dated) == 1:
            return f"до {date_words(day, today=self.today)}"
        times = counted(len(dated), "срок", "срока", "сроков")
        if self.standing.stand is Stand.DONE:
            return times
        which = "первый" if day < self.today and not self.is_binding else "ближайший"
        return f"{times}, {which} {date_words(day, today=self.today)}"

    @property
    def proof(self) -> str:
        """What proves the line, or what is still missing."""
        item = self.item
        if item.state == ItemState.NOT_APPLICABLE:
            return item.not_applicable_reason
        if item.state == ItemState.DONE_BY_HAND:
            return item.hand_words
        if item.evidence_words:
            return item.evidence_words
        return wanted(item.result)

    @property
    def late_words(self) -> str:
        return f"на {counted(self.standing.late_days, 'день', 'дня', 'дней')}"

    @property
    def has_question(self) -> bool:
        """The deadline was not understood or waits for an event, or nobody answers for the line."""
        return self.lacks_term or self.lacks_people

    @property
    def lacks_term(self) -> bool:
        return not self.item.is_group and not self.item.has_term

    @property
    def lacks_people(self) -> bool:
        return not self.item.is_group and not self.responsible

    @property
    def is_unproved(self) -> bool:
        """Somebody should have brought a proof by now, and there is none."""
        begun = self.standing.stand in {Stand.LATE, Stand.SOON, Stand.GOING}
        return begun and not self.item.evidence_words

    @property
    def label(self) -> str:
        """The strip in words."""
        words = self.due or "срок не указан"
        return f"{words}, {self.tag[0].lower()}"


def wanted(result: str) -> str:
    """«нужно: протокол совета»: what is expected is not mistaken for what there is."""
    if not result:
        return ""
    is_word = result[1:2].islower()
    return f"нужно: {result[:1].lower() + result[1:] if is_word else result}"


@dataclass(frozen=True)
class Part:
    """Lines of one section in their order; the first section may have no title."""

    title: str
    rows: tuple[Row, ...]


_CHOSEN: dict[str, Callable[[Row], bool]] = {
    ALL: lambda _row: True,
    MINE: lambda row: row.is_mine,
    NEAR: lambda row: row.standing.stand is Stand.SOON,
    UNPROVED: lambda row: row.is_unproved,
    OVERDUE: lambda row: row.standing.stand is Stand.LATE,
}


@dataclass(frozen=True)
class Board:
    """A roadmap with every line judged on a day."""

    roadmap: Roadmap
    rows: tuple[Row, ...]
    today: date

    @cached_property
    def works(self) -> tuple[Row, ...]:
        """Lines without headings."""
        return tuple(row for row in self.rows if not row.item.is_group)

    @cached_property
    def scale(self) -> Scale:
        return Scale(self.roadmap.starts_on, self.roadmap.ends_on)

    @property
    def columns(self) -> list[Column]:
        return self.scale.columns()

    @property
    def now(self) -> int | None:
        return self.scale.now(self.today)

    def chosen(self, show: str) -> tuple[Row, ...]:
        return tuple(row for row in self.works if _CHOSEN[show](row))

    @property
    def filters(self) -> dict[str, str]:
        """Of a plan that is not in force nothing is late, near or unproved yet."""
        names = FILTERS if self.roadmap.is_binding else (ALL, MINE)
        return {show: FILTERS[show] for show in names}

    def counts(self) -> dict[str, int]:
        return {show: len(self.chosen(show)) for show in self.filters}

    def number(self, *stands: Stand) -> int:
        return sum(1 for row in self.works if row.standing.stand in stands)

    def parts(self, show: str) -> list[Part]:
        """Chosen lines under their sections; headings that are lines give their text."""
        parts: list[tuple[str, list[Row]]] = []
        title = ""
        for row in self.rows:
            if row.item.is_group:
                title = f"{row.item.number} {row.item.text}".strip()
                continue
            if not _CHOSEN[show](row):
                continue
            own = row.item.section
            name = title if not own or title.endswith(own) else own
            if not parts or parts[-1][0] != name:
                parts.append((name, []))
            parts[-1][1].append(row)
        return [Part(name, tuple(rows)) for name, rows in parts]


def board_of(roadmap: Roadmap, *, actor: Actor, today: date) -> Board:
    """Every line with those responsible and its days."""
    items = list(roadmap.items.order_by("position", "id"))
    people = _by_item(
        ItemResponsible.objects.filter(item__roadmap=roadmap).select_related("user").order_by("id")
    )
    days = _by_item(Occurrence.objects.filter(item__roadmap=roadmap).order_by("ordinal"))
    scale = Scale(roadmap.starts_on, roadmap.ends_on)
    rows = [
        row_of(
            item,
            people.get(item.pk, []),
            days.get(item.pk, []),
            actor=actor,
            today=today,
            scale=scale,
            is_binding=roadmap.is_binding,
        )
        for item in items
    ]
    return Board(roadmap, tuple(rows), today)


def item_row(item: RoadmapItem, *, actor: Actor, today: date) -> Row:
    """One line alone."""
    return row_of(
        item,
        list(item.responsible.select_related("user")),
        list(item.occurrences.all()),
        actor=actor,
        today=today,
        scale=Scale(item.roadmap.starts_on, item.roadmap.ends_on),
        is_binding=item.roadmap.is_binding,
    )


def row_of(
    item: RoadmapItem,
    people: Sequence[ItemResponsible],
    days: Sequence[Occurrence],
    *,
    actor: Actor,
    today: date,
    scale: Scale,
    is_binding: bool,
) -> Row:
    terms = terms_of(days)
    judged = standing(item.state, terms, today, is_group=item.is_group, is_binding=is_binding)
    marks = scale.marks(
        terms,
        is_done=judged.stand is Stand.DONE,
        is_going=item.state == ItemState.IN_PROGRESS,
        today=today,
        is_binding=is_binding,
    )
    mine = any(
        (row.user_id is not None and row.user_id == actor.user_id)
        or (row.user_id is None and row.role in actor.roles)
        for row in people
    )
    return Row(item, judged, tuple(people), tuple(days), tuple(marks), mine, today, is_binding)


def terms_of(days: Sequence[Occurrence]) -> list[Term]:
    return [Term(row.starts_on, row.due_on, row.met_on is not None) for row in days]


def _by_item(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found
