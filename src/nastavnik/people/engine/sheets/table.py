"""From a workbook to the rows of persons: sheet, header, columns, skipped rows, sections."""

from dataclasses import dataclass

from .columns import Column, map_columns
from .layout import Header, RowSorter, Skipped, find_header, header_at, is_numbers
from .model import CellValue, Sheet, Workbook, plain_text
from .names import parse_name
from .refusals import refuse

_JOINED = {
    "mentee_names",
    "mentor_name",
    "request",
    "contact",
    "competences",
    "interests",
    "achievements",
}


@dataclass(slots=True)
class PersonRow:
    """One person: index of the row in the sheet, its cells, the section it stands under."""

    index: int
    cells: list[CellValue]
    section: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The registry found on one sheet."""

    sheet: Sheet
    header: Header
    columns: list[Column]
    people: list[PersonRow]
    skipped: list[Skipped]
    alternatives: tuple[str, ...]

    def column_of(self, field: str) -> Column | None:
        """The column that holds the field."""
        return next((column for column in self.columns if column.field == field), None)


def find_table(
    workbook: Workbook,
    kind: str,
    *,
    mapping: dict[int, str] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Table:
    """The fullest sheet with recognisable headers, or the one that the person chose.

    Raises: FileRefused when the workbook has no filled sheet at all.
    """
    candidates = [s for s in workbook.sheets if s.rows and (sheet is None or s.name == sheet)]
    if not candidates:
        raise refuse("no_table")
    chosen, header = _choose(candidates, kind, header_row)
    body = chosen.rows[header.index + header.height :]
    if body and is_numbers([value for value in body[0] if value is not None]):
        body = body[1:]
    columns = map_columns(header.texts, body, kind, mapping)
    others = tuple(s.name for s in workbook.sheets if s.rows and s.name != chosen.name)
    people, skipped = _people(chosen, header, columns)
    return Table(chosen, header, columns, people, skipped, others)


def _choose(sheets: list[Sheet], kind: str, header_row: int | None) -> tuple[Sheet, Header]:
    ranked = []
    for order, sheet in enumerate(sheets):
        header = _header(sheet, kind, header_row)
        rank = (header.has_name, header.known > 1, not sheet.hidden, len(sheet.rows), -order)
        ranked.append((rank, sheet, header))
    _, sheet, header = max(ranked, key=lambda item: item[0])
    return sheet, header


def _header(sheet: Sheet, kind: str, header_row: int | None) -> Header:
    if header_row is not None:
        index = min(max(header_row - sheet.first_row, 0), len(sheet.rows) - 1)
        texts = [" ".join(plain_text(value).split()) for value in sheet.rows[index]]
        return header_at(sheet, kind, index) or Header(index, 1, texts, 0, has_name=False)
    found = find_header(sheet, kind)
    if found is not None:
        return found
    first = next((i for i, row in enumerate(sheet.rows) if len(row) - row.count(None) >= 1), 0)
    return Header(first, 0, [""] * sheet.width, 0, has_name=False)


def _people(
    sheet: Sheet, header: Header, columns: list[Column]
) -> tuple[list[PersonRow], list[Skipped]]:
    fields = {column.field: column.index for column in columns if column.field}
    name_columns = [fields[f] for f in ("full_name", "surname", "given") if f in fields]
    if not name_columns:
        return [], []
    return _Walk(sheet, header, columns, name_columns).run()


class _Walk:
    """One pass over the body of the table."""

    def __init__(
        self, sheet: Sheet, header: Header, columns: list[Column], name_columns: list[int]
    ) -> None:
        self._sheet = sheet
        self._start = header.index + header.height
        self._sorter = RowSorter(sheet, header, name_columns)
        self._name = name_columns[0]
        self._whole_name = any(c.field == "full_name" for c in columns)
        self._mapped = [column.index for column in columns if column.field]
        self._joined = [column.index for column in columns if column.field in _JOINED]
        self._continued = {
            row
            for box in sheet.merges
            if box.left <= self._name <= box.right
            for row in range(box.top + 1, min(box.bottom + 1, box.top + 2000))
        }
        self._people: list[PersonRow] = []
        self._skipped: list[Skipped] = []
        self._section = ""

    def run(self) -> tuple[list[PersonRow], list[Skipped]]:
        """People in their order, and every row that was passed over."""
        clean: dict[CellValue, bool] = {}
        rows = self._sheet.rows
        for index in range(self._start, len(rows)):
            row = rows[index]
            name = row[self._name]
            if name is not None and self._whole_name and index not in self._continued:
                plain = clean.get(name)
                if plain is None:
                    plain = clean[name] = parse_name(name).level == "ok"
                if plain:
                    self._people.append(PersonRow(index, row, self._section))
                    continue
            self._sort(index, row)
        return self._people, self._skipped

    def _sort(self, index: int, row: list[CellValue]) -> None:
        reason = self._sorter.reason(index, row)
        if reason == "section" and self._continues(index, row):
            reason = ""
        if not reason and all(row[column] is None for column in self._mapped):
            reason = "empty"
        text = next((plain_text(value) for value in row if value is not None), "")[:80]
        if reason:
            if reason == "section":
                self._section = text
            if reason != "empty" or text:
                self._skipped.append(Skipped(self._sheet.row_number(index), reason, text))
        elif self._continues(index, row):
            self._join(row)
            self._skipped.append(Skipped(self._sheet.row_number(index), "continuation", text))
        else:
            self._people.append(PersonRow(index, row, self._section))

    def _continues(self, index: int, row: list[CellValue]) -> bool:
        """A person's second line: the name is merged from above, or only lists go on."""
        if not self._people:
            return False
        if index in self._continued:
            return True
        filled = [column for column in self._mapped if row[column] is not None]
        listed = bool(filled) and all(column in self._joined for column in filled)
        return row[self._name] is None and listed

    def _join(self, row: list[CellValue]) -> None:
        person = self._people[-1]
        person.cells = list(person.cells)
        for column in self._mapped:
            extra, own = row[column], person.cells[column]
            if extra is None or extra == own:
                continue
            if own is None:
                person.cells[column] = extra
            elif column in self._joined:
                person.cells[column] = f"{plain_text(own)}\n{plain_text(extra)}"
