"""Roadmaps made in code, of the same build as those of the field; every person is fictional."""

import io
import zipfile

import docx
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P

TITLE = ["Дорожная карта", "внедрения наставничества в школе на 2026 год"]
HEADERS = ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"]
ROWS = [
    ["1.", "Подготовка условий", "", "", ""],
    ["1.1.", "Создать рабочую группу по внедрению наставничества", "до 15 марта 2026 г.", "Директор", "Приказ о рабочей группе"],
    ["1.2.", "Назначить кураторов программ наставничества", "не позднее 30.03.2026г.", "Директор, заместитель директора", "Приказ о назначении куратора"],
    ["1.3.", "Провести собрания: - с родителями; - с учениками.", "май, август 2026 г.", "Кураторы", "Протоколы собраний"],
    ["2.", "Работа с базами участников", "", "", ""],
    ["2.1.", "Сформировать базу наставляемых и собрать согласия", "сентябрь 2026 г.", "Кураторы; классные руководители", "База наставляемых"],
    ["2.2.", "Вести базу наставников", "постоянно", "Кураторы", "База наставников"],
    ["2.3.", "Отчитаться о работе наставников", "ежеквартально", "Заместитель директора", "Отчёт"],
    ["2.4.", "Закрепить пары наставников и наставляемых", "в течение двух недель с даты определения модели", "Директор", "Приказ о парах"],
]  # fmt: skip


def word(*blocks):
    """A document of paragraphs (texts) and tables (lists of rows)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(map(len, block))
        table = document.add_table(rows=0, cols=width)
        for row in block:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                if isinstance(text, str):
                    cell.text = text
            if len(row) < width:
                cells[len(row) - 1].merge(cells[-1])
        # Two tables in a row would become one in Word without a paragraph between them.
    return saved(document)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(rows, *, title="План", merges=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    return saved(book)


def open_text(paragraphs, rows):
    document = OpenDocumentText()
    for text in paragraphs:
        document.text.addElement(P(text=text))
    document.text.addElement(open_table(rows))
    return saved(document)


def open_sheet(rows):
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(open_table(rows))
    return saved(document)


def open_table(rows):
    table = Table(name="План")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    return table


def repacked(data, changed):
    """The package with some parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()
