"""Whole registries: what is a person, what is a fault, and what the person is told."""

import datetime as dt

import pytest

from nastavnik.people.engine.sheets.checks import identity_key, school_year_start
from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.rows import analyse

from .builders import HEADERS, PEOPLE, TABLE, xlsx

TODAY = dt.date(2026, 11, 22)
SHORT = ["ФИО", "Год рождения", "Класс"]


def run(rows, kind="mentees", **options):
    merges, extra = options.pop("merges", ()), options.pop("extra", None)
    return analyse(
        read_workbook(xlsx(rows, merges=merges, extra=extra), "r"), kind, today=TODAY, **options
    )


def people(analysis):
    return [str(record.value("full_name")) for record in analysis.records]


def told(analysis):
    return [(p.row, p.column, p.level, p.message.partition(": ")[2]) for p in analysis.problems]


def test_the_official_table_gives_every_field():
    analysis = run(TABLE)

    assert [column.field for column in analysis.columns] == [
        None, "full_name", "contact", "birth", "class_name", "request", "entered_on", "mentor_name", "form",
    ]  # fmt: skip
    assert (people(analysis), told(analysis)) == ([row[1] for row in PEOPLE], [])


def test_titles_numbers_sections_totals_and_signatures_are_passed_over():
    rows = [
        ["Приложение № 2"], [], ["База наставляемых на 2026-2027 учебный год"], [], HEADERS, list(range(1, 10)),
        PEOPLE[0], ["8-11 классы"], PEOPLE[1], HEADERS, list(range(1, 10)), PEOPLE[2], [4], [5],
        [None, "Итого: 3 чел."], [], [None, "Куратор ______________"], [None, "Директор", None, "/И. О. Лис/"],
    ]  # fmt: skip

    analysis = run(rows, merges=["A3:I3", "A8:I8"])

    assert (analysis.header_row, [record.row for record in analysis.records]) == (5, [7, 9, 12])
    assert [(row.row, row.reason) for row in analysis.skipped] == [
        (6, "numbers"), (8, "section"), (10, "header"), (11, "numbers"), (13, "empty"), (14, "empty"),
        (15, "total"), (17, "signature"), (18, "signature"),
    ]  # fmt: skip
    assert analysis.records[1].section == "8-11 классы"


def test_a_header_of_two_rows_tells_the_mentees_name_from_the_mentors():
    rows = [
        ["№", "Наставляемый", None, None, "Наставник", None],
        [None, "ФИО", "Год рождения", "Класс", "ФИО", "Должность"],
        [1, "Ветрова Анна Игоревна", 2011, "8Б", "Лис Пётр Ильич", "учитель"],
        [2, "Гордеев Пётр Львович", 2012, "7А", "Лис Пётр Ильич", "учитель"],
    ]

    analysis = run(rows, merges=["A1:A2", "B1:D1", "E1:F1"])

    assert people(analysis) == ["Ветрова Анна Игоревна", "Гордеев Пётр Львович"]
    assert str(analysis.records[0].value("mentor_name").names[0]) == "Лис Пётр Ильич"


def test_surname_given_name_and_patronymic_may_stand_apart():
    rows = [
        ["Фамилия", "Имя", "Отчество", "Дата рождения"],
        ["ВЕТРОВА", "анна", "Игоревна", "01.02.2011"],
    ]

    analysis = run(rows)

    assert (people(analysis), analysis.ready) == (["Ветрова Анна Игоревна"], 1)


def test_a_section_named_by_a_class_gives_the_class():
    rows = [["ФИО", "Год рождения"], ["5 А класс"], ["Ветрова Анна Игоревна", 2014]]

    assert run(rows).records[0].value("class_name") == "5А"


def test_a_person_over_two_rows_keeps_both_lists():
    rows = [
        ["ФИО наставника", "Место работы", "ФИО наставляемых"],
        ["Лис Пётр Ильич", "учитель", "Ветрова Анна Игоревна"],
        [None, None, "Гордеев Пётр Львович"],
    ]

    names = run(rows, "mentors").records[0].value("mentee_names").names

    assert [str(name) for name in names] == ["Ветрова Анна Игоревна", "Гордеев Пётр Львович"]


def test_a_pair_already_fixed_by_an_order_is_recognised():
    order = run(TABLE).records[2].order

    assert (order.number, order.date.iso) == ("45", "2026-10-01")


def test_without_a_column_for_names_the_problem_is_named_and_the_map_mends_it():
    rows = [["Кто", "Год рождения", "Класс"], ["Лис-1", 2011, "8Б"], ["Лис-2", 2011, "8Б"]]

    assert told(run(rows)) == [(1, "", "error", "")]
    assert run(rows).problems[0].message == "Не найден столбец с ФИО. Укажите его в списке"
    assert len(run(rows, mapping={0: "full_name"}).records) == 2


def test_names_are_found_by_their_look_when_the_header_is_strange():
    rows = [
        ["Гости", "Год рождения"],
        ["Ветрова Анна Игоревна", 2011],
        ["Гордеев Пётр Львович", 2012],
    ]

    assert people(run(rows)) == ["Ветрова Анна Игоревна", "Гордеев Пётр Львович"]


def test_a_table_without_any_header_gives_its_people():
    rows = [["Ветрова Анна Игоревна", 2011], ["Гордеев Пётр Львович", 2012]]

    assert people(run(rows, mapping={1: "birth"})) == [
        "Ветрова Анна Игоревна",
        "Гордеев Пётр Львович",
    ]


def test_the_map_of_the_person_moves_and_frees_columns():
    analysis = run(TABLE, mapping={5: "results", 4: ""})

    fields = {column.index: column.field for column in analysis.columns}
    assert (fields[5], fields[4]) == ("results", None)
    assert run(TABLE, mapping={7: "request"}).records[2].value("request").startswith("Ковалёв")


def test_the_fullest_sheet_is_chosen_and_the_others_are_offered():
    other = [["ФИО", "Год рождения"], ["Лис Пётр Ильич", 2011]]

    analysis = run(TABLE, extra={"Архив": other, "Заметки": [["привет"]]})

    assert (analysis.sheet, analysis.alternatives) == ("Лист1", ("Архив", "Заметки"))
    assert people(run(TABLE, extra={"Архив": other}, sheet="Архив")) == ["Лис Пётр Ильич"]


def test_the_header_row_may_be_shown_by_the_person():
    rows = [SHORT, ["Лис Пётр Ильич", 2011, "8Б"], SHORT, ["Ветрова Анна Игоревна", 2011, "8Б"]]

    assert people(run(rows, header_row=3)) == ["Ветрова Анна Игоревна"]


@pytest.mark.parametrize(
    ("birth", "level", "message"),
    [
        (2017, "error", "на 01.09.2026 ученику исполнится 9 лет или меньше. Участвовать можно с 10 лет"),
        ("02.09.2016", "error", "на 01.09.2026 ученику исполнится 9 лет. Участвовать можно с 10 лет"),
        ("октябрь 2016", "error", "на 01.09.2026 ученику исполнится 9 лет. Участвовать можно с 10 лет"),
        ("21.05.2022", "error", "на 01.09.2026 ученику исполнится 4 года. Участвовать можно с 10 лет"),
        (2016, "warning", "на 01.09.2026 ученику может быть ещё 9 лет — уточните дату рождения"),
        (2026, "error", "год рождения 2026 не может быть верным — исправьте"),
        (1960, "warning", "на 01.09.2026 наставляемому 66 лет — проверьте год рождения"),
        (None, "error", "не указан год рождения — впишите здесь"),
    ],
)  # fmt: skip
def test_the_age_of_a_mentee_is_checked_on_the_first_of_september(birth, level, message):
    assert told(run([SHORT, ["Ветрова Анна Игоревна", birth, "5А"]])) == [(2, "B", level, message)]


@pytest.mark.parametrize("birth", ["01.09.2016", "сентябрь 2016", 2015])
def test_a_child_of_ten_may_take_part(birth):
    assert run([SHORT, ["Ветрова Анна Игоревна", birth, "5А"]]).ready == 1


def test_a_teacher_among_the_mentees_needs_no_year_of_birth():
    rows = [
        ["ФИО", "Год рождения", "Форма наставничества"],
        ["Лис Пётр Ильич", None, "учитель-учитель"],
    ]

    analysis = run(rows)

    assert (analysis.ready, analysis.records[0].level) == (1, "attention")


def test_an_edit_in_the_grid_is_understood_like_the_file():
    rows = [["ФИО", "Класс"], ["Ветрова Анна Игоревна", "8 Б"], ["Гордеев Пётр Львович", "8 Б"]]

    analysis = run(rows, edits={(2, "birth"): "14.03.2011", (3, "class_name"): "9а"})

    assert [record.level for record in analysis.records] == ["ready", "blocked"]
    assert analysis.records[1].cells["class_name"].raw == "9а"


def test_one_person_twice_is_asked_about_and_a_namesake_only_noted():
    rows = [
        SHORT,
        ["Ветрова Анна Игоревна", 2011, "8Б"],
        ["ВЕТРОВА АННА ИГОРЕВНА", "14.03.2011", "8Б"],
        ["Ветрова Анна Игоревна", 2013, "6Б"],
    ]

    analysis = run(rows)

    assert [(pair.rows, pair.same) for pair in analysis.duplicates] == [
        ((2, 3), True),
        ((2, 4), False),
    ]
    assert [record.level for record in analysis.records] == ["ready", "attention", "ready"]
    assert (
        analysis.problems[0].message == "Строки 2 и 3: Ветрова Анна Игоревна — это тот же человек?"
    )


def test_without_births_the_class_decides_who_is_the_same():
    rows = [["ФИО", "Класс"], *[["Ветрова Анна Игоревна", name] for name in ("8Б", "9А", "8 б")]]

    assert [(d.rows, d.same) for d in run(rows).duplicates] == [((2, 4), True), ((2, 3), False)]


def test_a_pupil_mentor_needs_a_class():
    rows = [
        ["ФИО наставника", "Место учёбы"],
        ["Лис Пётр Ильич", "ученик"],
        ["Ветрова Анна Игоревна", "ученица 9 класса"],
    ]

    assert told(run(rows, "mentors")) == [
        (
            2,
            "B",
            "error",
            "не указан класс наставника-ученика — впишите, например: ученик 10 класса",
        )
    ]


def test_a_row_without_a_name_asks_for_it():
    rows = [SHORT, ["Ветрова Анна Игоревна", 2011, "8Б"], [None, 2012, "7А"]]

    assert told(run(rows)) == [
        (3, "A", "error", "не указаны фамилия, имя и отчество — впишите здесь")
    ]


def test_a_list_of_staff_is_understood():
    rows = [
        ["№", "Сотрудник", "Занимаемая должность", "Стаж", "Телефон", "E-mail", "Отделение"],
        [
            1,
            "Лис Пётр Ильич",
            "учитель физики",
            "12 лет",
            "89001112233",
            "lis@mail.example",
            "школа",
        ],
    ]

    record = run(rows, "staff").records[0]

    assert (record.value("post"), record.value("experience").years) == ("учитель физики", 12)
    assert (record.value("phone"), record.value("email")) == ("+79001112233", "lis@mail.example")


@pytest.mark.parametrize(
    ("kind", "headers", "fields"),
    [
        (
            "mentees",
            ["№", "Ф.И. ребенка", "Дата рожд.", "Ф.И.О. родителей (законных представителей)", "Тел. родителей", "Наставник (ФИО, должность)", "Примечание"],
            [None, "full_name", "birth", "contact", "contact_phone", "mentor_name", None],
        ),
        (
            "mentors",
            ["Фамилия, имя, отчество педагога-наставника", "Должность", "Стаж", "Сот. тел.", "Чем могу помочь", "ФИО подопечных", "Реквизиты приказа о закреплении"],
            ["full_name", "post", None, "phone", "competences", "mentee_names", "order"],
        ),
        ("staff", ["Фамилия И.О.", "Занимаемая должность", "Принят на работу", "Кафедра/МО"], ["full_name", "post", "experience", "department"]),
    ],
)  # fmt: skip
def test_headers_in_the_words_of_schools_are_recognised(kind, headers, fields):
    analysis = run([headers, ["Лис Пётр Ильич"]], kind)

    assert [column.field for column in analysis.columns] == fields


def test_the_phone_of_the_parent_joins_the_contact():
    rows = [
        ["ФИО", "Год рождения", "ФИО родителя", "Телефон родителя"],
        ["Ветрова Анна Игоревна", 2011, "Ветрова Ольга Петровна", "89001112233"],
    ]

    contact = run(rows).records[0].value("contact")

    assert (str(contact.name), contact.phone) == ("Ветрова Ольга Петровна", "+79001112233")


@pytest.mark.parametrize(
    ("today", "start"), [((2026, 11, 22), 2026), ((2027, 5, 31), 2026), ((2027, 6, 1), 2027)]
)
def test_the_school_year_begins_in_september(today, start):
    assert school_year_start(dt.date(*today)) == dt.date(start, 9, 1)


def test_one_person_has_one_key():
    assert identity_key("Дёмина", "Рита ", "Олеговна", 2010) == identity_key(
        "ДЕМИНА", "Рита", "Олеговна", 2010
    )
