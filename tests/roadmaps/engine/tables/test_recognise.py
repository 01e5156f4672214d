"""What a person would see in a roadmap, the engine sees too, or says that it does not."""

import pytest

from nastavnik.roadmaps.engine.tables import (
    Cell,
    Paragraph,
    Source,
    Table,
    read_source,
    read_text,
    recognise,
)
from nastavnik.roadmaps.engine.tables.checklists import split_list
from nastavnik.roadmaps.engine.tables.clean import clean, joined
from nastavnik.roadmaps.engine.tables.columns import columns_of, field_of

from .accounting import lost_words
from .builders import HEADERS, ROWS, TITLE, word

NUMBERS = ["1", "2", "3", "4", "5"]


def codes(found):
    return {problem.code for problem in found.problems}


def read(*blocks):
    source = read_source("a.docx", word(*blocks))
    found = recognise(source)
    assert lost_words(source, found) == []
    return found


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("№ п/п", "number"), ("№", "number"), ("N", "number"), ("№ пп", "number"), ("п/п", "number"),
        ("Наименование мероприятий", "text"), ("Мероприятия", "text"), ("Действия", "text"), ("Что делаем", "text"),
        ("Срок реализации", "deadline"), ("Сроки", "deadline"), ("Дата проведения", "deadline"), ("Период", "deadline"),
        ("Дата начала", "start"), ("Срок окончания", "end"),
        ("Ответственный за исполнение", "responsible"), ("Исполнители", "responsible"), ("Кто отвечает", "responsible"),
        ("Исполнитель (-и) / Сроки", "joint"), ("Срок исполнения, ответственный", "joint"),
        ("Результат. Вид документа", "result"), ("Документационное сопровождение", "result"), ("Ключевой результат", "result"),
        ("Документы (мероприятия, ресурсы), закрепляющие результат", "result"), ("Ожидаемый результат мероприятия", "result"),
        ("Отметка о выполнении", "note"), ("Примечание", "note"), ("Фактический срок", "note"),
        ("Наименование этапа", "stage"), ("Направление", "stage"), ("Содержание деятельности и примерный план мероприятий", "content"),
        ("Проведение обучающих мероприятий", ""), ("в течение всего периода", ""), ("2021 год", ""), ("Аудитория", ""), ("", ""), ("Cрoк", "deadline"),
    ],
)  # fmt: skip
def test_a_heading_names_its_field(heading, field):
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "headings",
    [
        ["Показатель", "2021 год", "2024 год"],
        ["Параметры", "Описание"],
        ["СОГЛАСОВАНО", "УТВЕРЖДЕНО"],
        ["", ""],
    ],
)
def test_other_tables_have_no_columns_of_a_roadmap(headings):
    assert columns_of(headings) is None


def test_pages_are_joined_and_repeated_headings_and_numbers_are_dropped():
    found = read(
        *TITLE, [HEADERS, NUMBERS, *ROWS[:3]], [HEADERS, NUMBERS, *ROWS[3:6]], [NUMBERS, *ROWS[6:]]
    )

    assert [item.number for item in found.items] == [row[0] for row in ROWS]
    assert [piece.reason for piece in found.dropped].count("numbers") == 3
    assert codes(found) == set()


def test_a_row_cut_by_a_page_is_glued_in_every_cell():
    cut = ["", "программ наставничества", "", "директора", "куратора"]
    head = [
        "1.2.",
        "Назначить кураторов",
        "не позднее 30.03.2026г.",
        "Директор, заместитель",
        "Приказ о назначении",
    ]

    found = read(*TITLE, [HEADERS, *ROWS[:2], head], [cut, *ROWS[3:]])

    item = found.items[2]
    assert [item.number, item.text, item.deadline_text, item.result] == [
        ROWS[2][i] for i in (0, 1, 2, 4)
    ]
    assert item.responsible == ("Директор", "заместитель директора")
    assert len(item.source_rows) == 2


def test_a_row_broken_inside_a_page_is_glued_and_named():
    rows = [
        ["1", "Создать рабочую группу и", "май 2026", "", ""],
        ["", "назначить куратора", "", "", ""],
    ]

    found = read(*TITLE, [HEADERS, *rows, ["2", "Отчёт", "июнь 2026", "Директор", ""]])

    assert found.items[0].text == "Создать рабочую группу и назначить куратора"
    assert "glued" in codes(found)


def test_a_word_cut_at_its_hyphen_becomes_whole():
    assert joined("материально-", "технических ресурсов") == "материально-технических ресурсов"


def test_a_section_is_told_from_a_task_that_has_tasks():
    rows = [
        ["1.", "Подготовка", "", "", ""],
        ["1.1", "Создать группу", "май 2026", "Директор", ""],
        ["2.", "Ведение базы", "постоянно", "Куратор", ""],
        ["2.1", "Собрать анкеты", "сентябрь 2026", "Куратор", ""],
    ]

    found = read(*TITLE, [HEADERS, *rows])

    assert [(i.number, i.is_group, i.section) for i in found.items] == [
        ("1.", True, ""),
        ("1.1", False, "1. Подготовка"),
        ("2.", False, ""),
        ("2.1", False, "2. Ведение базы"),
    ]


def test_sections_stand_in_merged_rows_and_between_tables():
    found = read(
        *TITLE,
        [HEADERS, ["I. Организация"], ["1", "Создать группу", "май 2026", "Директор", ""]],
        "II. Работа с участниками",
        [HEADERS, ["2", "Собрать анкеты", "сентябрь 2026", "Куратор", ""]],
    )

    assert [(i.number, i.is_group, i.section) for i in found.items] == [
        ("I.", True, ""),
        ("1", False, "I. Организация"),
        ("II.", True, ""),
        ("2", False, "II. Работа с участниками"),
    ]


def test_a_stage_column_makes_sections():
    rows = [
        ["Этап", "Мероприятие", "Срок"],
        ["Подготовка", "Создать группу", "май 2026"],
        ["", "Назначить куратора", "июнь 2026"],
        ["Работа", "Собрать анкеты", "сентябрь 2026"],
    ]

    found = read(*TITLE, rows)

    assert [(i.is_group, i.section, i.text) for i in found.items] == [
        (True, "", "Подготовка"),
        (False, "Подготовка", "Создать группу"),
        (False, "Подготовка", "Назначить куратора"),
        (True, "", "Работа"),
        (False, "Работа", "Собрать анкеты"),
    ]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Исполнитель / Сроки", "куратор / постоянно"), ("Сроки, исполнитель", "постоянно / куратор")],
)
def test_a_joint_cell_is_split(heading, cell):
    found = read(*TITLE, [["№", "Мероприятие", heading], ["1", "Закрепить пары/группы", cell]])

    assert [(i.responsible, i.deadline_text) for i in found.items] == [(("куратор",), "постоянно")]


def test_a_joint_cell_without_a_slash_is_a_named_doubt():
    found = read(
        *TITLE,
        [
            ["№", "Мероприятие", "Исполнитель / Сроки"],
            ["1", "Отчёт", "май 2026"],
            ["2", "Сбор", "куратор / июнь 2026"],
        ],
    )

    assert "no_slash" in codes(found)


def test_beginning_and_end_in_two_columns_are_one_deadline():
    rows = [
        ["№", "Мероприятие", "Дата начала", "Дата окончания"],
        ["1", "Сбор анкет", "01.09.2026", "30.09.2026"],
    ]

    found = read(*TITLE, rows)

    assert [(d.kind, d.start.day, d.end.day) for d in found.items[0].deadlines] == [
        ("range", 1, 30)
    ]


def test_two_deadlines_of_one_cell_are_two():
    found = read(
        *TITLE,
        [HEADERS, ["1", "Составить программу", "Сентябрь 2026", "", ""]],
        [["", "обучения", "На постоянной основе", "", ""]],
    )

    assert [deadline.kind for deadline in found.items[0].deadlines] == ["month", "permanent"]


def test_stamps_and_electronic_signatures_are_no_lines_and_no_deadlines():
    found = read(
        "УТВЕРЖДЕНО", "приказом от 31.08.2026 № 94/1", "Директор", "И.Л. Тихонова",
        *TITLE,
        [HEADERS, *ROWS[:3]],
        [["Документ подписан электронной подписью\nСертификат: 00A1B2C3D4E5F60718\nДействителен с 01.02.2026 по 01.05.2027"]],
        [HEADERS, *ROWS[3:]],
    )  # fmt: skip

    assert [item.number for item in found.items] == [row[0] for row in ROWS]
    assert [stamp.kind for stamp in found.stamps] == ["approved", "signature"]
    assert found.title == " ".join(TITLE)


def test_mixed_alphabets_are_named_and_do_not_hide_a_deadline():
    rows = [HEADERS, ["1", "Создать группу", "до 15 мaрта 2026 г.", "Тихоdова И.Л.", ""]]

    found = read(*TITLE, rows)

    doubts = [(p.row, p.suggestion) for p in found.problems if p.code == "mixed_alphabet"]
    assert doubts == [(0, "Тиходова"), (0, "марта")]
    assert [d.end.isoformat() for d in found.items[0].deadlines] == ["2026-03-15"]
    assert found.items[0].deadline_text == "до 15 мaрта 2026 г."


def test_goals_of_the_header_are_targets_with_a_year():
    found = read(
        "Дорожная карта",
        "Цель: к концу 2026 года не менее 10 % учеников участвуют",
        [HEADERS, *ROWS],
    )

    assert [(goal.value, goal.due.isoformat()) for goal in found.goals] == [
        ("не менее 10 %", "2026-12-31")
    ]
    assert found.title == "Дорожная карта"


def test_a_foreign_column_is_kept_apart_and_named():
    rows = [[*HEADERS, "Аудитория"], [*ROWS[1], "учителя"], [*ROWS[2], "ученики"]]

    found = read(*TITLE, rows)

    assert [(p.row, p.text) for p in found.leftovers if p.reason == "column"] == [
        (0, "учителя"),
        (1, "ученики"),
    ]
    assert "unknown_column" in codes(found)


def test_a_column_with_a_strange_heading_is_taken_by_its_content_and_named():
    rows = [
        ["№", "Мероприятие", "Ориентир"],
        ["1", "Отчёт", "май 2026"],
        ["2", "Сбор", "до 01.06.2026"],
    ]

    found = read(*TITLE, rows)

    assert [item.deadline_text for item in found.items] == ["май 2026", "до 01.06.2026"]
    assert "column_guessed" in codes(found)


def test_a_table_without_headings_is_guessed_and_named():
    found = read(*TITLE, [row for row in ROWS if row[2]])

    assert [(i.number, i.deadline_text) for i in found.items] == [
        (r[0], r[2]) for r in ROWS if r[2]
    ]
    assert "no_header" in codes(found)


def test_numbers_are_kept_as_written_and_jumps_are_named():
    rows = [
        [n, f"Дело {n}", "май 2026", "Куратор", ""] for n in ("1.1", "1.2.", "1.4", "1.4", "2.1")
    ]

    found = read(*TITLE, [HEADERS, *rows])

    assert [item.number for item in found.items] == ["1.1", "1.2.", "1.4", "1.4", "2.1"]
    assert {"number_order", "duplicate_number"} <= codes(found)


def test_the_year_comes_from_the_title_and_never_from_today():
    with_year = read(*TITLE, [HEADERS, ["1", "Отчёт", "май", "Куратор", ""]])
    without = read("Дорожная карта школы", [HEADERS, ["1", "Отчёт", "май", "Куратор", ""]])

    assert with_year.items[0].deadlines[0].end.isoformat() == "2026-05-31"
    assert (without.items[0].deadlines[0].end, codes(without)) == (
        None,
        {"no_period", "deadline_question"},
    )


def test_a_second_table_of_tasks_is_offered_and_can_be_chosen():
    source = read_source("a.docx", word(*TITLE, [HEADERS, *ROWS], "Приложение № 1", "Примерная форма дорожной карты класса",
        [["Мероприятие", "Сроки", "Ответственные"], ["Собрание", "", ""]]))  # fmt: skip

    main, form = recognise(source), recognise(source, plan=1)

    assert (len(main.items), codes(main)) == (len(ROWS), {"other_plan"})
    assert [item.text for item in form.items] == ["Собрание"]
    assert lost_words(source, main) == lost_words(source, form) == []


def test_a_list_in_a_cell_is_offered_as_a_checklist():
    assert split_list("Собрания:\n– с учениками;\n– с родителями.") == (
        "Собрания:",
        ("с учениками", "с родителями"),
    )
    assert split_list("1) Сбор анкет; 2) Выбор форм.") == ("", ("Сбор анкет", "Выбор форм"))
    assert split_list("Материально-технические условия – основа") == (
        "Материально-технические условия – основа",
        (),
    )


def test_stray_markup_goes_and_words_stay():
    assert (
        clean('Встречи:<ul style="list-style-type: none"> - первая; </ul>x < y')
        == "Встречи:\n- первая;\nx < y"
    )


def test_text_without_any_tasks_is_refused_kindly():
    from nastavnik.files.refusals import FileRefused

    with pytest.raises(FileRefused, match="не нашлось таблицы"):
        recognise(read_text("Просто письмо. До свидания."))


def test_sections_of_a_plan_without_numbers_are_taken_and_named():
    rows = [
        ["Мероприятие", "Срок", "Ответственный"],
        ["Организационный этап", "", ""],
        ["Педсовет", "август", "Директор"],
        ["Практический этап", "", ""],
        ["Встречи", "в течение года", "Наставники"],
    ]

    found = read(*TITLE, rows)

    assert [(i.is_group, i.section) for i in found.items] == [
        (True, ""),
        (False, "Организационный этап"),
        (True, ""),
        (False, "Практический этап"),
    ]
    assert codes(found) == {"section_guessed"}


def test_numbers_of_stages_stay_with_stages():
    rows = [
        ["№", "Этапы", "Мероприятия", "Сроки"],
        ["1", "Подготовка", "Педсовет", "май"],
        ["", "", "Сбор анкет", "июнь"],
        ["2", "Работа", "Встречи", "август"],
    ]

    found = read(*TITLE, rows)

    assert [(i.number, i.is_group, i.section) for i in found.items] == [
        ("1", True, ""),
        ("", False, "1 Подготовка"),
        ("", False, "1 Подготовка"),
        ("2", True, ""),
        ("", False, "2 Работа"),
    ]
    assert codes(found) == {"no_responsible_column"}


def test_a_section_above_the_headings_is_no_part_of_the_title():
    found = read(*TITLE, [["Задача 1. Подготовка", "", "", "", ""], HEADERS, *ROWS[1:3]])

    assert found.title == " ".join(TITLE)
    assert [piece.text for piece in found.leftovers] == ["Задача 1. Подготовка"]


def test_a_cell_merged_over_several_rows_belongs_to_each():
    rows = [[Cell(text) for text in HEADERS[:4]]]
    for number, text in ((1, "Педсовет"), (2, "Сбор анкет")):
        more = number > 1
        dates, who = (
            Cell("" if more else "май", goes_on=more),
            Cell("" if more else "Куратор", goes_on=more),
        )
        rows.append([Cell(str(number)), Cell(text), dates, who])

    found = recognise(
        Source("x.docx", "docx", (Paragraph(" ".join(TITLE)), Table(tuple(map(tuple, rows)))))
    )

    assert [(i.deadline_text, i.responsible) for i in found.items] == [("май", ("Куратор",))] * 2


STAGE = [
    ["№", "Мероприятие", "Срок", "Ответственный"],
    ["1", "Отчёт", "май", "Куратор"],
    ["2", "Сбор", "июнь", "Директор"],
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 3, 2, 1)])
def test_stages_over_tables_are_sections_whatever_the_order_of_their_columns(order):
    other = [[row[index] for index in order] for row in STAGE]

    found = read("Дорожная карта на 2026 год", "Этап 1. Начало", STAGE, "Этап 2. Работа", other)

    rows = [("1", "Отчёт", ("Куратор",)), ("2", "Сбор", ("Директор",))]
    assert found.title == "Дорожная карта на 2026 год"
    assert [(i.section, i.number, i.text, i.responsible) for i in found.items] == [
        ("", "", "Этап 1. Начало", ()),
        *(("Этап 1. Начало", *row) for row in rows),
        ("", "", "Этап 2. Работа", ()),
        *(("Этап 2. Работа", *row) for row in rows),
    ]
    assert not found.problems


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("10.01.2026", "20.01.2026", "с 10.01.2026 по 20.01.2026"),
        ("", "до 1 марта", "до 1 марта"),
        ("", "20.01.2026", "до 20.01.2026"),
        ("с 1 марта", "по 5 мая", "с 1 марта по 5 мая"),
        ("постоянно", "", "постоянно"),
    ],
)
def test_first_and_last_days_in_columns_of_their_own_are_said_once(first, last, expected):
    rows = [["№", "Мероприятие", "Начало", "Окончание"], ["1", "Отчёт", first, last]]

    found = read("Дорожная карта на 2026 год", rows)

    assert [item.deadline_text for item in found.items] == [expected]
    assert "deadline_unknown" not in codes(found)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [("до 15.03.2021", True), ("август 2021", True), ("до 20.12.2025", False), ("март", False)],
)
def test_a_day_far_from_the_roadmap_is_doubted(deadline, expected):
    rows = [["№", "Мероприятие", "Срок"], ["1", "Отчёт", deadline]]

    found = read("Дорожная карта на 2026 год", rows)

    assert ("outside_period" in codes(found)) is expected
