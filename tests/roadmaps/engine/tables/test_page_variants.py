"""Pages, glued rows, noise and foreign letters, alone and together: the same lines or a named doubt."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.roadmaps.engine.tables import Paragraph, Source, recognise

from .accounting import lost_words
from .builders import HEADERS, ROWS, TITLE
from .test_variants import FIELDS, NUMBERS, OTHER_NAMES, PLAIN, codes, halves, read, seen, table

NOISE = ["", "3", "стр. 3", "Страница 2 из 7", "- 4 -", "Продолжение таблицы", "____________"]
STRANGERS = ["М.П.", "Исполнитель: 2-34-56", "Приложение к приказу", "Согласовано", "(окончание)"]
TWINS = dict(zip("аеорсхАВЕКМНОРСТХ", "aeopcxABEKMHOPCTX", strict=True))
TASKS = [index for index, row in enumerate(ROWS) if row[2]]


def blocks(*parts):
    """Recognise tables (lists of rows) with texts between them; every word stands somewhere."""
    made = [Paragraph(part) if isinstance(part, str) else table(part) for part in parts if part]
    source = Source("x.docx", "docx", (*map(Paragraph, TITLE), *made))
    found = recognise(source)
    assert lost_words(source, found) == []
    return found


@st.composite
def glued(draw):
    """Two tasks that follow one another, and how their cells were joined."""
    first = draw(st.sampled_from([i for i in TASKS if i + 1 in TASKS]))
    return first, draw(st.sampled_from(["\n", " "]))


@settings(max_examples=40, deadline=None)
@given(glued())
def test_two_rows_glued_into_one_are_named_and_no_word_is_lost(variant):
    first, sign = variant
    both = [f"{one}{sign}{other}" for one, other in zip(ROWS[first], ROWS[first + 1], strict=True)]

    found = read([HEADERS, *ROWS[:first], both, *ROWS[first + 2 :]])

    others = [*range(first), *range(first + 2, len(ROWS))]
    if len(found.items) == len(ROWS):
        assert seen(found) == seen(PLAIN)
    else:
        doubtful = {problem.row for problem in found.problems}
        assert first in doubtful
        assert [seen(found)[i if i < first else i - 1] for i in others] == [
            seen(PLAIN)[i] for i in others
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(TASKS), st.tuples(*[st.integers(1, 9)] * 4), st.booleans(), st.booleans()
)  # fmt: skip
def test_a_row_cut_by_a_page_with_headings_and_numbers_said_again_is_one_line(
    index, places, with_header, with_numbers
):
    first, second = halves(ROWS[index], places)
    rest = [second, *ROWS[index + 1 :]] if any(second) else ROWS[index + 1 :]
    again = ([HEADERS] if with_header else []) + ([NUMBERS] if with_numbers else [])

    found = blocks([HEADERS, NUMBERS, *ROWS[:index], first], "", [*again, *rest] if rest else "")

    assert [i.number for i in found.items] == [row[0] for row in ROWS]
    glued, whole = found.items[index], PLAIN.items[index]
    assert (glued.text.split(), glued.deadline_text.split()) == (
        whole.text.split(),
        whole.deadline_text.split(),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(NOISE), max_size=3),
    st.lists(st.sampled_from(STRANGERS), max_size=2),
    st.integers(1, len(ROWS) - 1),
    st.booleans(),
)
def test_noise_between_pages_changes_no_line(noise, strangers, cut, with_header):
    again = [HEADERS] if with_header else []

    found = blocks([HEADERS, *ROWS[:cut]], *noise, *strangers, [*again, *ROWS[cut:]])

    if not strangers:
        assert (seen(found), codes(found)) == (seen(PLAIN), set())
    elif seen(found) != seen(PLAIN):
        assert codes(found)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.permutations(range(5)))
def test_latin_twins_in_headings_change_nothing(data, order):
    names = [data.draw(st.sampled_from(OTHER_NAMES[name])) for name in FIELDS]
    mixed = [_mixed(data, name) for name in names]

    found = read([[row[i] for i in order] for row in [mixed, *ROWS]])

    assert seen(found) == seen(PLAIN)


def _mixed(data, text: str) -> str:
    """Some letters replaced by Latin ones that look the same; a lone «N» stays what it is."""
    places = [place for place, sign in enumerate(text) if sign in TWINS]
    chosen = data.draw(st.sets(st.sampled_from(places), max_size=4)) if places else set()
    return "".join(TWINS[sign] if n in chosen else sign for n, sign in enumerate(text))


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(range(7)),
    st.sampled_from(["Примечание", "Отметка о выполнении", "Объём средств", "Цвет"]),
    st.booleans(),
)
def test_columns_of_others_are_kept_apart(order, extra, filled):
    header = [*HEADERS, extra, ""]
    rows = [[*row, "да" if filled and row[2] else "", ""] for row in ROWS]

    found = read([[row[i] for i in order] for row in [header, *rows]])

    same = set() if codes(found) <= {"unknown_column"} else {"result"}
    assert seen(found, without=same) == seen(PLAIN, without=same)


@st.composite
def anyhow(draw):
    """Columns moved and renamed, blank rows, pages cut (one of them within a row), noise between."""
    order = draw(st.permutations(range(5)))
    names = [draw(st.sampled_from(OTHER_NAMES[name])) for name in FIELDS]
    cuts = sorted(draw(st.sets(st.integers(1, len(ROWS) - 1), max_size=4)))
    broken = draw(st.sampled_from(TASKS))
    places = draw(st.tuples(*[st.integers(1, 9)] * 4))
    repeat = draw(st.booleans())
    noise = draw(st.lists(st.sampled_from(NOISE), min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    return order, names, cuts, broken, places, repeat, noise


@settings(max_examples=100, deadline=None)
@given(anyhow())
def test_everything_at_once_gives_the_same_lines_or_a_named_doubt(variant):
    order, names, cuts, broken, places, repeat, noise = variant
    first, second = halves(ROWS[broken], places)
    pages = []
    for start, end in itertools.pairwise([0, *cuts, len(ROWS)]):
        page = [names, NUMBERS] if repeat or not pages else []
        for index in range(start, end):
            if index != broken or not any(second):
                page.append(ROWS[index])
                continue
            pages.append([*page, first])
            page = [*([names, NUMBERS] if repeat else []), second]
        pages.append(page)
    shown = [
        [[row[i] for i in order] if row is not NUMBERS else row for row in page] for page in pages
    ]
    between = itertools.chain(noise, itertools.repeat(""))

    found = blocks(*itertools.chain.from_iterable(zip(shown, between, strict=False)))

    whole = [line for n, line in enumerate(seen(PLAIN)) if n != broken]
    if len(found.items) == len(ROWS):
        assert [line for n, line in enumerate(seen(found)) if n != broken] == whole
        assert found.items[broken].text.split() == ROWS[broken][1].split()
    else:
        assert codes(found)
