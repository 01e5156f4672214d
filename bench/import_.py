"""A registry of many mentees against parsing with a cheap check and an insert.

`import-dry` reads in the child and analyses; its floor parses and checks. `import` goes through the
service into the registers of an organisation, journal and effects for undoing included; its floor
inserts the rows of the file into one table.
"""

import datetime as dt
import itertools
import os
import resource
import sqlite3
from pathlib import Path

import python_calamine
import xlsxwriter

from bench import people
from bench.frame import Result, compare

ROWS = int(os.environ.get("NASTAVNIK_BENCH_ROWS", "5000"))
WRITTEN_ROWS = int(os.environ.get("NASTAVNIK_BENCH_WRITTEN_ROWS", "2000"))
ROUNDS = 3
WRITING_ROUNDS = 3
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
SYLLABLES = (
    "ба", "ве", "го", "ду", "жи", "за", "ке", "ло", "му", "ни", "па", "ре", "со", "ту", "фи", "ха",
    "ца", "че", "ша", "эл",
)  # fmt: skip
NAMES = ("Пётр", "Илья", "Олег", "Глеб", "Денис", "Роман", "Егор")
PATRONYMICS = ("Иванович", "Петрович", "Олегович", "Ильич", "Глебович")


def surname_of(number: int) -> str:
    """A surname of its own for each number below 160,000: nobody is taken for somebody else."""
    parts = []
    for _ in range(4):
        number, at = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return "".join(parts).capitalize() + "нов"


def row(number: int) -> tuple[object, ...]:
    surname = surname_of(number)
    name = f"{NAMES[number % 7]} {PATRONYMICS[number % 5]}"
    born = dt.date(2009 + number % 5, 1, 1) + dt.timedelta(days=number % 360)
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


def write_registry(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Наставляемые")
    sheet.write_row(0, 0, HEADER)
    for number in range(1, rows + 1):
        sheet.write_row(number, 0, row(number))
    book.close()


def parse(path: Path) -> list[tuple[str, ...]]:
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
    return good


def floor(path: Path) -> int:
    good = parse(path)
    base = sqlite3.connect(path.with_suffix(".sqlite3"))
    base.execute("DROP TABLE IF EXISTS person")
    base.execute(f"CREATE TABLE person ({', '.join(f'c{at}' for at in range(len(HEADER) - 1))})")
    base.executemany(f"INSERT INTO person VALUES ({', '.join('?' * (len(HEADER) - 1))})", good)  # noqa: S608
    base.commit()
    base.close()
    return len(good)


def run() -> list[Result]:
    with people.empty_base() as folder:
        found = [dry_run(folder / "registry.xlsx"), writing(folder / "written.xlsx")]
    for result in found:
        result.more["peak_mb"] = peak_mb()
    return found


def peak_mb() -> dict[str, int]:
    """The most memory that this process and the biggest child (the reader of the file) ever held."""
    sides = {"process": resource.RUSAGE_SELF, "reader": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(who).ru_maxrss // 1024 for name, who in sides.items()}


def dry_run(path: Path) -> Result:
    from nastavnik.people.engine.sheets.reader import read_workbook
    from nastavnik.people.engine.sheets.rows import analyse

    write_registry(path, ROWS)

    def product() -> None:
        analysis = analyse(read_workbook(path), "mentees", today=TODAY)
        if len(analysis.records) != ROWS:
            raise RuntimeError(f"{len(analysis.records)} records of {ROWS}")

    if len(parse(path)) != ROWS:
        raise RuntimeError("the floor lost rows")
    found = compare("import-dry", floor=lambda: parse(path), product=product, n=ROWS, rounds=ROUNDS)
    found.more["bar"] = 1.2
    return found


def writing(path: Path) -> Result:
    """Every round writes into an organisation of its own."""
    from nastavnik.people.services.imports import import_registry
    from nastavnik.tenancy.models import Organisation, Territory

    write_registry(path, WRITTEN_ROWS)
    region = Territory.objects.create(kind="region", name="Край", slug="bench-region")
    names = (f"import-{number}" for number in itertools.count())

    def product() -> None:
        slug = next(names)
        Organisation.objects.create(
            territory=region, kind="school", slug=slug, short_name=slug, full_name=slug
        )
        applied = import_registry(
            path=str(path), kind="mentees", organisation_slug=slug, today=TODAY
        )
        if applied.added != WRITTEN_ROWS:
            raise RuntimeError(f"{applied} of {WRITTEN_ROWS}")

    found = compare(
        "import",
        floor=lambda: floor(path),
        product=product,
        n=WRITTEN_ROWS,
        pieces_a_second="rows",
        rounds=WRITING_ROUNDS,
    )
    found.more["bar"] = 0.4
    return found
