"""Word, Excel, OpenDocument and pasted text give the same lines."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nastavnik.roadmaps.engine.tables import Paragraph, Table, read_source, read_text, recognise

from .accounting import lost_words
from .builders import HEADERS, ROWS, TITLE, excel, open_sheet, open_text, saved, word

TABLE = [HEADERS, *ROWS]


def lines(found):
    return [(i.number, i.text, i.deadline_text, i.responsible, i.result) for i in found.items]


def tabbed():
    return "\n".join([*TITLE, *("\t".join(row) for row in TABLE)])


WORD = recognise(read_source("a.docx", word(*TITLE, TABLE)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", excel([[line] for line in TITLE] + TABLE)),
        ("a.odt", open_text(TITLE, TABLE)),
        ("a.ods", open_sheet([[line] for line in TITLE] + TABLE)),
        ("a.txt", tabbed().encode()),
        ("a.txt", tabbed().encode("cp1251")),
        ("a.txt", tabbed().encode("utf-16")),
        ("a.csv", tabbed().replace("\t", ";").replace("; к", ", к").replace("; -", ", -").encode()),
        ("wrong.pdf", word(*TITLE, TABLE)),
    ],
)
def test_every_kind_of_file_gives_the_same_lines(name, data):
    found = recognise(read_source(name, data))

    assert [(n, d) for n, _, d, _, _ in lines(found)] == [(r[0], r[2]) for r in ROWS]
    assert (found.title, found.period) == (WORD.title, WORD.period)


def test_pasted_rows_of_word_keep_a_line_break_inside_a_cell():
    found = recognise(
        read_text(
            "№\tМероприятие\tСрок\n1\tСоздать группу\tдо 01.02.2026\nи 01.03.2026\n2\tОтчёт\tмай 2026"
        )
    )

    assert [(i.number, i.deadline_text) for i in found.items] == [
        ("1", "до 01.02.2026\nи 01.03.2026"),
        ("2", "май 2026"),
    ]


def test_pasted_cells_of_several_lines_are_put_together_again():
    found = recognise(
        read_text(
            "Дорожная карта на 2026 год\n№\tМероприятие\tСрок\tОтветственный\n"
            "1\tИздать приказ\nо кураторе\tдо 01.02.2026\tДиректор\n"
            "2\tСобрания:\n- родители;\n- ученики\tмай 2026,\nавгуст 2026\tКуратор\n"
            "Раздел 2. Работа\n"
            "3\tОтчёт\tмай 2026\tКуратор\n© Школа № 5\n"
        )
    )

    assert [(i.number, i.text, i.deadline_text, i.responsible) for i in found.items] == [
        ("1", "Издать приказ\nо кураторе", "до 01.02.2026", ("Директор",)),
        ("2", "Собрания:\n- родители;\n- ученики", "май 2026,\nавгуст 2026", ("Куратор",)),
        ("", "Раздел 2. Работа", "", ()),
        ("3", "Отчёт", "май 2026", ("Куратор",)),
    ]
    assert not found.problems


def test_a_pasted_row_that_lacks_its_last_cells_takes_nothing_from_the_next():
    found = recognise(
        read_text("№\tЧто делаем\tСрок\tКто\n1\tОтчёт\tмай 2026\n2\tСбор\tиюнь 2026\tКуратор")
    )

    assert [(i.text, i.deadline_text, i.responsible) for i in found.items] == [
        ("Отчёт", "май 2026", ()),
        ("Сбор", "июнь 2026", ("Куратор",)),
    ]


def test_numbered_lines_without_columns_become_tasks_without_dates():
    found = recognise(
        read_text(
            "План мероприятий на 2026 год\n1. Создать группу\n2. Выбрать форму\nнаставничества"
        )
    )

    assert [(i.number, i.text) for i in found.items] == [
        ("1.", "Создать группу"),
        ("2.", "Выбрать форму\nнаставничества"),
    ]
    assert (found.title, found.period.start.year) == ("План мероприятий на 2026 год", 2026)


def test_a_table_with_bars_is_read():
    found = recognise(
        read_text(
            "| № | Мероприятие | Срок |\n|---|---|---|\n| 1 | Отчёт | май 2026 |\n| 2 | Сбор | июнь 2026 |"
        )
    )

    assert [(i.number, i.deadline_text) for i in found.items] == [
        ("1", "май 2026"),
        ("2", "июнь 2026"),
    ]


def test_dates_and_merged_cells_of_excel_are_read_as_they_are_seen():
    import datetime as dt

    rows = [
        ["План мероприятий на 2026 год"],
        HEADERS,
        ["Организационный этап"],
        [1, "Создать группу", dt.date(2026, 3, 15), "Директор", "Приказ"],
        [2, "Отчёт", "май", "Куратор", "Отчёт"],
    ]

    found = recognise(read_source("a.xlsx", excel(rows, merges=["A3:E3"])))

    assert [(i.number, i.is_group, i.section, i.deadline_text) for i in found.items] == [
        ("", True, "", ""),
        ("1", False, "Организационный этап", "15.03.2026"),
        ("2", False, "Организационный этап", "май"),
    ]


def test_automatic_numbers_of_word_are_counted():
    document = docx.Document()
    document.add_paragraph(" ".join(TITLE))
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, HEADERS, strict=False):
        cell.text = text
    for text in ("Создать группу", "Выбрать куратора", "Отчитаться"):
        cells = table.add_row().cells
        cells[0].paragraphs[0].style = "List Number"
        properties = parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
        )
        cells[0].paragraphs[0]._p.get_or_add_pPr().append(properties)
        cells[1].text = text
        cells[2].text = "май 2026"
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="2.%1."/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )

    found = recognise(read_source("a.docx", saved(document)))

    assert [(i.number, i.text) for i in found.items] == [
        ("2.4.", "Создать группу"),
        ("2.5.", "Выбрать куратора"),
        ("2.6.", "Отчитаться"),
    ]


def test_text_boxes_running_titles_and_nested_tables_are_not_lost():
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "Владелец: Тихонова Ирина Львовна"
    document.add_paragraph(" ".join(TITLE))
    table = document.add_table(rows=0, cols=3)
    for row in (HEADERS[:3], ["1", "Создать группу", "май 2026"]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    inner = table.rows[1].cells[1].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "педагог", "родитель"
    source = read_source("a.docx", saved(document))

    found = recognise(source)

    assert found.items[0].text == "Создать группу\nпедагог родитель"
    assert "nested_table" in {problem.code for problem in found.problems}
    assert [stamp.kind for stamp in found.stamps] == ["signature"]
    assert lost_words(source, found) == []


def test_unaccepted_corrections_are_taken_as_corrected_and_named():
    document = docx.Document()
    document.add_paragraph(" ".join(TITLE))
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, HEADERS[1:3], strict=True):
        cell.text = text
    table.rows[1].cells[1].text = "май 2026"
    paragraph = table.rows[1].cells[0].paragraphs[0]._p
    for mark, tag, text in (("del", "delText", "Старое"), ("ins", "t", "Новое")):
        paragraph.append(
            parse_xml(f"<w:{mark} {nsdecls('w')}><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{mark}>")
        )

    found = recognise(read_source("a.docx", saved(document)))

    assert [item.text for item in found.items] == ["Новое"]
    assert "tracked_changes" in {problem.code for problem in found.problems}


def test_blocks_keep_their_order():
    source = read_source("a.docx", word("До", TABLE, "После"))

    assert [type(block) for block in source.blocks] == [Paragraph, Table, Paragraph]


def test_a_list_made_by_a_style_is_a_checklist():
    document = docx.Document()
    document.add_paragraph("Дорожная карта на 2026 год")
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (HEADERS[:3], ["1", "Подготовить:", "май"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in ("приказ", "положение"):
        table.cell(1, 1).add_paragraph(text, style="List Bullet")

    found = recognise(read_source("a.docx", saved(document)))

    assert [item.checklist for item in found.items] == [("приказ", "положение")]
