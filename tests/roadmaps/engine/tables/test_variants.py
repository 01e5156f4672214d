"""The same roadmap in other shapes: the same lines, or a named doubt; never a silent loss."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.roadmaps.engine.tables import Cell, Paragraph, Source, Table, recognise

from .accounting import lost_words
from .builders import HEADERS, ROWS, TITLE

FIELDS = ["number", "text", "deadline", "responsible", "result"]
OTHER_NAMES = {
    "number": ["№ п/п", "№", "№ пп", "N п/п", "п/п"],
    "text": ["Мероприятие", "Наименование мероприятий", "Мероприятия", "Содержание работы", "Действия"],
    "deadline": ["Срок", "Сроки реализации", "Срок исполнения", "Дата проведения", "Период", "Когда"],
    "responsible": ["Ответственный", "Ответственные исполнители", "Исполнители", "Кто отвечает", "Ответственный за исполнение"],
    "result": ["Результат", "Результат. Вид документа", "Ожидаемый результат", "Документ", "Подтверждающий документ"],
}  # fmt: skip
STRANGE = ["Ориентир", "Столбец", "Разное", "Поле", ""]
NUMBERS = [str(number) for number in range(1, 6)]


def table(rows):
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows))


def read(*tables, title=tuple(TITLE)):
    """Recognise, and check that every word stands somewhere."""
    blocks = (*map(Paragraph, title), *map(table, tables))
    source = Source("x.docx", "docx", blocks)
    found = recognise(source)
    assert lost_words(source, found) == []
    return found


def codes(found):
    return {problem.code for problem in found.problems}


def seen(found, *, without=()):
    """What a person would compare: a list of the fields of every line."""
    return [
        {
            "number": i.number,
            "text": i.text,
            "deadline": i.deadline_text,
            "responsible": i.responsible,
            "result": i.result,
            "is_group": i.is_group,
            "kinds": [(d.kind, d.start, d.end, d.recurrence) for d in i.deadlines],
        }
        | dict.fromkeys(without)
        for i in found.items
    ]


PLAIN = read([HEADERS, *ROWS])


@st.composite
def shuffled(draw):
    order = draw(st.permutations(range(5)))
    names = [draw(st.sampled_from(OTHER_NAMES[name])) for name in FIELDS]
    return order, names


@settings(max_examples=60, deadline=None)
@given(shuffled())
def test_columns_in_any_order_under_other_names_give_the_same_lines(variant):
    order, names = variant

    found = read([[row[i] for i in order] for row in [names, *ROWS]])

    assert (seen(found), codes(found)) == (seen(PLAIN), set())


@pytest.mark.parametrize("gone", ["number", "deadline", "responsible", "result"])
def test_a_dropped_column_is_missing_and_named_and_nothing_else_changes(gone):
    keep = [i for i, name in enumerate(FIELDS) if name != gone]

    found = read([[row[i] for i in keep] for row in [HEADERS, *ROWS]])

    missing = {gone, "is_group", "kinds"}
    assert seen(found, without=missing) == seen(PLAIN, without=missing)
    named = {"deadline": "no_deadline_column", "responsible": "no_responsible_column"}
    assert named.get(gone) in {None, *codes(found)}


@pytest.mark.parametrize("field", ["deadline", "responsible", "result"])
@pytest.mark.parametrize("strange", STRANGE)
def test_a_column_under_a_strange_heading_is_guessed_or_kept_apart_and_named(field, strange):
    header = [
        strange if name == field else text for name, text in zip(FIELDS, HEADERS, strict=True)
    ]

    found = read([header, *ROWS])

    assert codes(found) & {"column_guessed", "unknown_column"}
    same = {field, "kinds", "is_group"}
    assert seen(found, without=same) == seen(PLAIN, without=same)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, len(ROWS) - 1)), st.booleans(), st.booleans())
def test_pages_split_anywhere_give_the_same_lines(cuts, with_header, with_numbers):
    edges = [0, *sorted(cuts), len(ROWS)]
    pages = [ROWS[start:end] for start, end in itertools.pairwise(edges)]
    more = ([HEADERS] if with_header else []) + ([NUMBERS] if with_numbers else [])
    tables = [[HEADERS, NUMBERS, *pages[0]], *([*more, *page] for page in pages[1:])]

    found = read(*tables)

    assert (seen(found), codes(found)) == (seen(PLAIN), set())


def halves(row, places):
    """A row cut by a page break: each cell at a blank, or wholly above the break."""
    first, second = [row[0]], [""]
    for text, place in zip(row[1:], places, strict=True):
        words = text.split(" ")
        at = min(place, len(words))
        first.append(" ".join(words[:at]))
        second.append(" ".join(words[at:]))
    return first, second


@settings(max_examples=80, deadline=None)
@given(st.integers(1, len(ROWS) - 1), st.tuples(*[st.integers(1, 9)] * 4), st.booleans())
def test_a_row_cut_by_a_page_is_one_line_again(index, places, with_header):
    first, second = halves(ROWS[index], places)
    rest = [second, *ROWS[index + 1 :]] if any(second) else ROWS[index + 1 :]
    tables = [[HEADERS, *ROWS[:index], first], [*([HEADERS] if with_header else []), *rest]]

    found = read(*(rows for rows in tables if rows))

    assert [line["number"] for line in seen(found)] == [row[0] for row in ROWS]
    same = {"deadline", "responsible", "kinds", "text", "result"}
    assert seen(found, without=same) == seen(PLAIN, without=same)
    glued, whole = found.items[index], PLAIN.items[index]
    for text, expected in (
        (glued.text, whole.text),
        (glued.deadline_text, whole.deadline_text),
        (glued.result, whole.result),
    ):
        assert text.split() == expected.split()
    assert " ".join(glued.responsible).split() == " ".join(whole.responsible).split()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, len(ROWS) - 1), st.integers(1, 5))
def test_a_row_broken_inside_a_page_is_glued_or_named(index, place):
    first, second = halves(ROWS[index], (place, 99, 99, 99))
    if not any(second):
        return

    found = read([HEADERS, *ROWS[:index], first, second, *ROWS[index + 1 :]])

    if len(found.items) == len(ROWS):
        assert found.items[index].text.split() == ROWS[index][1].split()
        assert "glued" in codes(found)
    else:
        assert codes(found) & {"section_or_part", "no_number"}


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_latin_twins_in_words_change_no_line_and_are_named(dice, times):
    twins = dict(zip("аеорсх", "aeopcx", strict=True))
    rows = [list(row) for row in ROWS]
    for _ in range(times):
        row = dice.choice(rows)
        place = dice.choice([1, 2, 3])
        letters = [i for i, sign in enumerate(row[place]) if sign in twins]
        if letters:
            at = dice.choice(letters)
            row[place] = row[place][:at] + twins[row[place][at]] + row[place][at + 1 :]

    found = read([HEADERS, *rows])

    assert [line["kinds"] for line in seen(found)] == [line["kinds"] for line in seen(PLAIN)]
    assert [i.deadline_text for i in found.items] == [row[2] for row in rows]
    if rows != ROWS:
        assert "mixed_alphabet" in codes(found)


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 25))
def test_random_damage_never_loses_a_word(dice, times):
    rows = [list(row) for row in [HEADERS, *ROWS]]
    for _ in range(times):
        row = dice.choice(rows)
        what = dice.randrange(5)
        if what == 0:
            dice.shuffle(row)
        elif what == 1:
            row[dice.randrange(len(row))] = ""
        elif what == 2:
            row[dice.randrange(len(row))] = dice.choice(
                ["май", "УТВЕРЖДЕНО", "1", "Приложение", "стр. 3", "______"]
            )
        elif what == 3:
            rows.insert(dice.randrange(len(rows)), [dice.choice(["", "слово", "5"]) for _ in row])
        else:
            row.append("лишнее")
    cut = dice.randrange(1, len(rows))

    source = Source(
        "x.docx",
        "docx",
        (*map(Paragraph, TITLE), table(rows[:cut]), Paragraph("Между"), table(rows[cut:])),
    )
    try:
        found = recognise(source)
    except Exception as error:  # noqa: BLE001  -- a refusal is the only other outcome
        assert type(error).__name__ == "FileRefused"  # noqa: PT017
        return
    assert lost_words(source, found) == []


def test_fifteen_variants_of_one_roadmap_agree():
    dice = random.Random(15)
    outcomes = []
    for _ in range(15):
        order = dice.sample(range(5), 5)
        names = [dice.choice(OTHER_NAMES[name]) for name in FIELDS]
        cut = dice.randrange(1, len(ROWS))
        pages = [
            [names, NUMBERS, *ROWS[:cut]],
            [*dice.choice([[], [names], [NUMBERS]]), *ROWS[cut:]],
        ]
        shown = [
            [row[i] for i in order] if row is not NUMBERS else row for page in pages for row in page
        ]
        sizes = len(pages[0])
        outcomes.append(seen(read(shown[:sizes], shown[sizes:])))

    assert outcomes == [seen(PLAIN)] * 15
