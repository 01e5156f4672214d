"""Whatever a school does to the columns, the people stay or the loss is named."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.people.engine.sheets.model import Sheet, Workbook
from nastavnik.people.engine.sheets.rows import analyse

from .builders import HEADERS, PEOPLE

TODAY = dt.date(2026, 11, 22)
RENAMED = {
    "ФИО наставляемого": ["Ф.И.О. наставляемого", "ФИО ученика", "Фамилия, имя, отчество", "Ф. И. О.", "Обучающийся"],
    "Контактные данные для связи (данные представителя)": ["Контакты", "Законный представитель", "Контактные данные родителей"],
    "Год рождения наставляемого": ["Дата рождения", "Год рожд.", "Д.р.", "ГОД РОЖДЕНИЯ"],
    "Класс": ["класс", "Класс/группа", "КЛАСС "],
    "Основной запрос наставляемого": ["Запрос", "Основной запрос", "Ожидания наставляемого"],
    "Дата вхождения в программу": ["Дата вхождения", "Дата начала"],
    "ФИО наставника": ["Наставник", "Ф.И.О. наставника"],
    "Форма наставничества": ["Форма", "форма наставничества "],
}  # fmt: skip
LOSSES = {
    "ФИО наставляемого": "Не найден столбец с ФИО",
    "Год рождения наставляемого": "не указан год рождения",
}
BLANKS = [["Список"], [None], ["МБОУ СОШ (пример)"]]


def analysed(headers, columns, titles):
    order = [HEADERS.index(name) for name in columns]
    rows = [*titles, headers, *([person[i] for i in order] for person in PEOPLE)]
    width = max(map(len, rows))
    cells = [[*row, *[None] * (width - len(row))] for row in rows]
    return analyse(Workbook("r", "csv", (Sheet("Лист", cells),)), "mentees", today=TODAY)


def values(analysis, fields):
    return [[record.value(field) for field in fields] for record in analysis.records]


ORIGINAL = analysed(HEADERS, HEADERS, [])
FIELD = {column.header: column.field for column in ORIGINAL.columns if column.field}


@given(st.permutations(HEADERS), st.sets(st.sampled_from(BLANKS[0] + BLANKS[2])), st.data())
def test_shuffled_and_renamed_columns_give_the_same_records(columns, titles, data):
    headers = [data.draw(st.sampled_from([name, *RENAMED.get(name, [])])) for name in columns]

    analysis = analysed(headers, columns, [[title] for title in sorted(titles)])

    fields = sorted(FIELD.values())
    assert values(analysis, fields) == values(ORIGINAL, fields)


@given(st.permutations(HEADERS), st.sets(st.sampled_from(HEADERS[1:]), max_size=5))
def test_a_dropped_column_takes_only_itself_or_is_named(columns, dropped):
    kept = [name for name in columns if name not in dropped]

    analysis = analysed(kept, kept, [])

    messages = " ".join(problem.message for problem in analysis.problems)
    if "ФИО наставляемого" in dropped and not analysis.records:
        assert LOSSES["ФИО наставляемого"] in messages
        return
    fields = sorted(FIELD[name] for name in kept if name in FIELD)
    assert values(analysis, fields) == values(ORIGINAL, fields)
    assert (LOSSES["Год рождения наставляемого"] in messages) == (
        "Год рождения наставляемого" in dropped
    )


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=30),
                st.integers(),
                st.floats(allow_nan=False),
                st.dates(),
            ),
            min_size=4,
            max_size=4,
        ),
        max_size=12,
    )
)
def test_any_cells_are_analysed_without_an_exception(rows):
    book = Workbook(
        "r", "csv", (Sheet("Лист", [["ФИО", "Год рождения", "Класс", "Наставник"], *rows]),)
    )

    for kind in ("mentees", "mentors", "staff"):
        analysis = analyse(book, kind, today=TODAY)
        assert analysis.ready <= len(analysis.records) <= len(rows)
