"""Files made in code; every person in them is fictional."""

import io
import zipfile

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

HEADERS = [
    "№ п/п",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Класс",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
]
PEOPLE = [
    [1, "Ветрова Анна Игоревна", "мать: Ветрова Ольга Петровна, 8-900-111-2233", 2011, "8 Б", "математика", "15.09.2026", None, "ученик-ученик"],
    [2, "Гордеев Пётр Львович", "отец: Гордеев Лев Ильич, +7 (900) 222-33-44", "2012 г.р.", "7а", "физика", "сентябрь 2026", None, None],
    [3, "Дёмина Рита Олеговна", "8 900 333 44 55", "14.03.2010", "9-В", "адаптация", None, "Ковалёв Иван Ильич № 45 от 01.10.2026", "ученик – ученик"],
]  # fmt: skip
TABLE = [HEADERS, *PEOPLE]


def xlsx(rows, *, title="Лист1", merges=(), extra=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    for name, more in (extra or {}).items():
        other = book.create_sheet(name)
        for row in more:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Лист1")
    for row in rows:
        line = TableRow()
        for value in row:
            if isinstance(value, int):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string") if value is not None else TableCell()
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def csv_text(rows, delimiter=";"):
    def cell(value):
        text = "" if value is None else str(value)
        return f'"{text}"' if delimiter in text else text

    return "\r\n".join(delimiter.join(map(cell, row)) for row in rows) + "\r\n"


def repacked(data, changes, *, compress=zipfile.ZIP_DEFLATED):
    """A zip with some entries replaced or added (bytes), or dropped (None)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", compress) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, body in changes.items():
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()
