"""What lacks and what a change would bring, ready for the page and for the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastavnik.library.engine.compare import closeness
from nastavnik.library.queries import title_of
from nastavnik.matching.engine.gap import Change, Coverage, TopicRow, coverage
from nastavnik.matching.engine.problem import Problem
from nastavnik.matching.explain import ShortageWords, shortage_in_words
from nastavnik.matching.queries import build_problem
from nastavnik.pairs import queries
from nastavnik.shared.typography import counted

HALF = 100
REQUESTS = ("запрос", "запроса", "запросов")
PLACES = ("место", "места", "мест")
TOPICS = ("теме", "темам", "темам")


@dataclass(frozen=True)
class GapRow:
    """A topic of the picture: requests to the left of the middle, places to the right."""

    title: str
    wanted: int
    places: int
    left: int
    wanted_width: int
    places_width: int

    @property
    def wanted_x(self) -> int:
        return HALF - self.wanted_width


@dataclass(frozen=True)
class Gap:
    """The page: now, after the change when one is asked, the picture and its sentence."""

    now: Coverage
    then: Coverage | None
    rows: tuple[GapRow, ...]
    sentence: str
    shortages: tuple[ShortageWords, ...]

    @property
    def places(self) -> int:
        return (self.then or self.now).places

    @property
    def gained(self) -> int:
        return self.then.served - self.now.served if self.then else 0


def problem_now(on: date) -> Problem:
    """Everybody who waits, and the places that are still free."""
    return build_problem(
        on=on,
        taken_mentees=queries.taken_mentees(),
        used_places=queries.all_used_places(),
        refused=queries.refused_couples(),
    )


def gap(problem: Problem, change: Change | None = None) -> Gap:
    """The picture shows the state after the change when there is one."""
    now = coverage(problem, closeness)
    then = coverage(problem, closeness, change) if change and change != Change() else None
    shown = then or now
    return Gap(
        now=now,
        then=then,
        rows=_rows(shown.rows),
        sentence=_sentence(shown.rows),
        shortages=tuple(
            shortage_in_words(dict(s.topics), len(s.mentees), s.places) for s in shown.shortages
        ),
    )


def lacking_topics(found: Gap) -> list[TopicRow]:
    """Topics of those who are left, the scarcest first."""
    return [row for row in found.now.rows if row.left]


def _rows(rows: Sequence[TopicRow]) -> tuple[GapRow, ...]:
    greatest = max((max(row.wanted, row.places) for row in rows), default=1)
    return tuple(
        GapRow(
            title=title_of("topics", row.topic),
            wanted=row.wanted,
            places=row.places,
            left=row.left,
            wanted_width=_width(row.wanted, greatest),
            places_width=_width(row.places, greatest),
        )
        for row in rows
    )


def _width(number: int, greatest: int) -> int:
    """Hundredths of half the picture; the least number that is not zero still shows."""
    return max(round(HALF * number / greatest), 1) if number else 0


def _sentence(rows: Sequence[TopicRow]) -> str:
    """The picture in words; it never cries for a topic whose people are all served elsewhere."""
    if not rows:
        return "Запросов с известной темой пока нет."
    scarce = sorted(
        (row for row in rows if row.wanted > row.places),
        key=lambda row: (not row.left, row.places - row.wanted, row.topic),
    )
    is_left = any(row.left for row in rows)
    if not scarce:
        head = "Мест хватает по каждой теме запросов"
        return f"{head}, но подходят они не всем." if is_left else f"{head}."
    head = f"Запросов больше, чем мест, по {counted(len(scarce), *TOPICS)} из {len(rows)}"
    if not is_left:
        return f"{head}, но без ответа никто не останется: помогут по другим темам запросов."
    worst = scarce[0]
    title = title_of("topics", worst.topic)
    asked, there = counted(worst.wanted, *REQUESTS), counted(worst.places, *PLACES)
    return f"{head}. Сильнее всего не хватает темы «{title}»: {asked}, {there if worst.places else 'мест нет'}."
