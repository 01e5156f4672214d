"""A registry of many mentees, read and checked, against parsing with a cheap check and an insert."""

import datetime as dt
import os
import sqlite3
import tempfile
from pathlib import Path

import python_calamine
import xlsxwriter

from bench.frame import Result, compare

ROWS = int(os.environ.get("NASTAVNIK_BENCH_ROWS", "100000"))
ROUNDS = 5
TODAY = dt.date(2026, 9, 15)
HEADER = (
    "№",
    "ФИО наставляемого",
    "Дата рождения",
    "Класс",
    "Телефон",
    "Электронная почта",
    "Запрос",
    "Законный представитель",
    "Телефон представителя",
    "Форма наставничества",
    "Дата начала",
    "Дата окончания",
    "ФИО наставника",
    "Результат",
    "Примечание",
)
SURNAMES = ("Иванов", "Петров", "Сидоров", "Кузнецов", "Смирнов", "Попов", "Волков", "Зайцев")
NAMES = ("Пётр", "Илья", "Олег", "Глеб", "Денис", "Роман", "Егор")
PATRONYMICS = ("Иванович", "Петрович", "Олегович", "Ильич", "Глебович")


def row(number: int) -> tuple[object, ...]:
    surname = f"{SURNAMES[number % 8]}"
    name = f"{NAMES[number // 8 % 7]} {PATRONYMICS[number // 56 % 5]}"
    born = dt.date(2009, 1, 1) + dt.timedelta(days=number * 7 % 1800)
    return (
        number,
        f"{surname} {name}",
        born.strftime("%d.%m.%Y"),
        f"{5 + number % 6}{'АБВГ'[number % 4]}",
        f"+7 900 {number % 10_000_000:07d}",
        f"person{number}@example.org",
        "подтянуть математику",
        f"{surname}а Анна Ивановна",
        f"8 (901) {number % 10_000_000:07d}",
        "ученик–ученик",
        "01.10.2026",
        "25.05.2027",
        "Орлова Мария Петровна",
        "",
        f"строка {number}",
    )


def write_registry(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Наставляемые")
    sheet.write_row(0, 0, HEADER)
    for number in range(1, ROWS + 1):
        sheet.write_row(number, 0, row(number))
    book.close()


def floor(path: Path) -> int:
    """What anyone would write in twenty lines; the date and the name are looked at, nothing else."""
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    good = []
    for cells in sheet.to_python()[1:]:
        name, born = str(cells[1]).strip(), str(cells[2])
        try:
            born = dt.datetime.strptime(born, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
        if len(name.split()) >= 2:
            good.append((name, born, *map(str, cells[3:])))
    base = sqlite3.connect(path.with_suffix(".sqlite3"))
    base.execute("DROP TABLE IF EXISTS person")
    base.execute(f"CREATE TABLE person ({', '.join(f'c{at}' for at in range(len(HEADER) - 1))})")
    base.executemany(f"INSERT INTO person VALUES ({', '.join('?' * (len(HEADER) - 1))})", good)  # noqa: S608
    base.commit()
    base.close()
    return len(good)


def run() -> Result:
    from nastavnik.people.engine.sheets.reader import read_workbook
    from nastavnik.people.engine.sheets.rows import analyse

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.xlsx"
        write_registry(path)

        def product() -> None:
            analysis = analyse(read_workbook(path), "mentees", today=TODAY)
            if len(analysis.records) != ROWS:
                raise RuntimeError(f"{len(analysis.records)} records of {ROWS}")

        if floor(path) != ROWS:
            raise RuntimeError("the floor lost rows")
        return compare(
            "import",
            floor=lambda: floor(path),
            product=product,
            n=ROWS,
            pieces_a_second="rows",
            rounds=ROUNDS,
        )
