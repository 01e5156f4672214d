"""Where a line stands on a day, and how its days are drawn."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.difference import Face, difference
from nastavnik.roadmaps.engine.standing import Stand, Standing, Term, standing
from nastavnik.roadmaps.engine.strip import WIDTH, Mark, Scale

TODAY = date(2026, 11, 10)
YEAR = Scale(date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("state", "terms", "expected"),
    [
        ("not_started", [], Standing(Stand.OPEN)),
        ("in_progress", [Term(None, None)], Standing(Stand.GOING)),
        ("done", [Term(None, date(2026, 9, 1))], Standing(Stand.DONE, date(2026, 9, 1))),
        ("done_by_hand", [], Standing(Stand.DONE)),
        ("not_applicable", [Term(None, date(2026, 9, 1))], Standing(Stand.OFF)),
        (
            "not_started",
            [Term(None, date(2026, 11, 9))],
            Standing(Stand.LATE, date(2026, 11, 9), 1, 1),
        ),
        ("not_started", [Term(None, TODAY)], Standing(Stand.SOON, TODAY)),
        (
            "not_started",
            [Term(None, date(2026, 11, 24))],
            Standing(Stand.SOON, date(2026, 11, 24)),
        ),
        (
            "not_started",
            [Term(None, date(2026, 11, 25))],
            Standing(Stand.AHEAD, date(2026, 11, 25)),
        ),
        (
            "not_started",
            [Term(TODAY, date(2026, 12, 31))],
            Standing(Stand.GOING, date(2026, 12, 31)),
        ),
        (
            "in_progress",
            [Term(None, date(2026, 10, 1), is_met=True), Term(None, date(2027, 1, 1))],
            Standing(Stand.GOING, date(2027, 1, 1)),
        ),
        (
            "in_progress",
            [Term(None, date(2026, 10, 1)), Term(None, date(2026, 11, 1))],
            Standing(Stand.LATE, date(2026, 10, 1), 40, 2),
        ),
    ],
)
def test_line_is_judged(state, terms, expected) -> None:
    assert standing(state, terms, TODAY) == expected


@pytest.mark.parametrize(
    ("state", "terms", "expected"),
    [
        (
            "not_started",
            [Term(None, date(2026, 9, 30)), Term(None, date(2026, 11, 12))],
            Standing(Stand.AHEAD, date(2026, 9, 30)),
        ),
        ("in_progress", [Term(None, TODAY)], Standing(Stand.GOING, TODAY)),
        ("not_started", [Term(None, None)], Standing(Stand.OPEN)),
        ("done", [], Standing(Stand.DONE)),
    ],
)
def test_a_plan_not_in_force_only_shows_its_days(state, terms, expected) -> None:
    assert standing(state, terms, TODAY, is_binding=False) == expected


def test_a_plan_not_in_force_draws_passed_days_as_planned() -> None:
    terms = [Term(date(2026, 10, 1), date(2026, 10, 31))]

    for is_going in (True, False):
        marks = YEAR.marks(terms, is_done=False, is_going=is_going, today=TODAY, is_binding=False)
        assert [mark.kind for mark in marks] == ["plan"]


def test_heading_stands_nowhere() -> None:
    late = [Term(None, date(2020, 1, 1))]
    assert standing("not_started", late, TODAY, is_group=True) == Standing(Stand.OFF)


def test_year_has_twelve_columns_and_today_stands_to_scale() -> None:
    columns = YEAR.columns()
    assert [column.title for column in columns][:3] == ["С", "О", "Н"]
    assert (len(columns), columns[0].x, columns[-1].x + columns[-1].width) == (12, 0, WIDTH)
    assert YEAR.now(TODAY) == 70 * WIDTH // 365 - 1 + 1
    assert YEAR.now(date(2028, 1, 1)) is None


@pytest.mark.parametrize(
    ("end", "titles"),
    [
        (date(2022, 6, 30), ["янв 21", "апр", "июл", "окт", "янв 22", "апр"]),
        (date(2022, 12, 31), ["янв 21", "июл", "янв 22", "июл"]),
        (date(2024, 12, 31), ["2021", "2022", "2023", "2024"]),
    ],
)
def test_longer_roadmaps_are_drawn_by_longer_columns(end, titles) -> None:
    columns = Scale(date(2021, 1, 1), end).columns()
    assert [column.title for column in columns] == titles


@pytest.mark.parametrize(
    ("terms", "flags", "expected"),
    [
        ([Term(None, date(2026, 9, 1))], (True, False), [Mark("ok", 0, 4)]),
        ([Term(None, date(2026, 9, 1))], (False, False), [Mark("bad", 0, 4)]),
        ([Term(None, date(2027, 8, 31))], (False, False), [Mark("plan", 296, 4)]),
        ([Term(None, None)], (False, False), []),
        ([Term(date(2026, 9, 1), date(2027, 8, 31))], (False, False), [Mark("plan", 0, 300)]),
        (
            [Term(date(2026, 9, 1), date(2027, 8, 31))],
            (False, True),
            [Mark("wait", 0, 58), Mark("plan", 57, 243)],
        ),
    ],
)
def test_days_are_drawn(terms, flags, expected) -> None:
    is_done, is_going = flags
    found = YEAR.marks(terms, is_done=is_done, is_going=is_going, today=TODAY)
    assert found == expected


def test_difference_matches_by_key_then_by_words() -> None:
    before = [Face("a", text="Один"), Face("b", text="Два"), Face("", text="Три")]
    after = [Face("a", text="Один!"), Face("", text="три"), Face("z", text="Новое")]
    found = difference(before, after)
    assert [(change.after.text, change.fields) for change in found.changed] == [
        ("Один!", ("text",))
    ]
    assert [face.text for face in found.added] == ["Новое"]
    assert [face.text for face in found.removed] == ["Два"]
    assert found.same == 1
    assert not found.is_empty
    assert difference(before, before).is_empty
