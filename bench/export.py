"""A list written as xlsx the way every list is, against XlsxWriter in constant memory with bare tuples."""

import datetime as dt
import io
import os

import xlsxwriter

from bench.frame import Result, compare

ROWS = int(os.environ.get("NASTAVNIK_BENCH_ROWS", "20000"))
ROUNDS = 5
TITLES = ("№", "Имя", "Родился", "Класс", "Телефон", "Запрос", "Форма", "С", "По", "Мест")
DAY = dt.date(2026, 9, 1)


def record(number: int) -> tuple[object, ...]:
    words = (f"Иванов Пётр {number}", DAY, "7А", f"+7900{number:07d}", "подтянуть математику")
    return (number, *words, "ученик–ученик", DAY, DAY, number % 5)


def floor(records: list[tuple[object, ...]]) -> int:
    stream = io.BytesIO()
    options = {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet("Список")
    sheet.write_row(0, 0, TITLES)
    for number, values in enumerate(records, start=1):
        sheet.write_row(number, 0, values)
    book.close()
    return len(stream.getvalue())


def run() -> Result:
    from nastavnik.cli.django import setup

    setup()
    from nastavnik.shared.columns import Column
    from nastavnik.shared.exports import write_xlsx

    sources = [f"c{place}" for place in range(len(TITLES))]
    columns = [Column(name, title, (name,)) for name, title in zip(sources, TITLES, strict=True)]
    records = [record(number) for number in range(ROWS)]
    found = compare(
        "export",
        floor=lambda: floor(records),
        product=lambda: write_xlsx(io.BytesIO(), columns, records, sources, "Список"),
        n=ROWS,
        pieces_a_second="rows",
        rounds=ROUNDS,
    )
    found.more["bar"] = 0.8
    return found
