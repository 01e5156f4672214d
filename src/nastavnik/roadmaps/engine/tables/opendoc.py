"""OpenDocument texts and spreadsheets → blocks."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from .markup import attribute, child, name_of, parse, rows_of
from .model import Block, Cell, Paragraph, Table
from .refusals import refuse
from .sniff import read_part

MAX_REPEAT = 200
MAX_CELLS = 100_000
_SKIPPED = {"annotation", "tracked-changes", "change-start", "change-end", "shapes", "forms"}
_ROWS = {"table-rows", "table-header-rows", "table-row-group"}


class OpenReader:
    """One pass over `content.xml`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.notes: set[str] = set()
        self._boxes: list[Paragraph] = []
        self._cells = 0

    def blocks(self) -> list[Block]:
        """Paragraphs and tables in their order; sheets are tables with a name."""
        root = parse(read_part(self._archive, "content.xml"), "content.xml")
        body = child(root, "body")
        content = next(iter(body), None) if body is not None else None
        if content is None:
            raise refuse("damaged", "content.xml")
        return list(self._read(content, ""))

    def _read(self, parent: etree._Element, bullet: str) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name in {"p", "h"}:
                text = "".join(self._pieces(element))
                boxes, self._boxes = self._boxes, []
                yield from boxes
                if text.strip():
                    yield Paragraph(bullet + text, "heading" if name == "h" else "body")
                bullet = ""
            elif name == "table":
                yield self._table(element)
            elif name in {"list", "list-item", "list-header"}:
                yield from self._read(element, "– " if name == "list-item" else "")
            elif name not in _SKIPPED and len(element):
                yield from self._read(element, "")

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        yield element.text or ""
        for piece in element:
            name = name_of(piece)
            if name == "s":
                count = attribute(piece, "c")
                yield " " * (min(int(count), 50) if count.isdecimal() and len(count) < 6 else 1)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "text-box":
                self._boxes.extend(
                    Paragraph(block.text if isinstance(block, Paragraph) else _flat(block), "box")
                    for block in self._read(piece, "")
                )
            elif name == "note":
                self._boxes.extend(
                    Paragraph(block.text, "note")
                    for block in self._read(piece, "")
                    if isinstance(block, Paragraph)
                )
            elif name not in _SKIPPED:
                yield from self._pieces(piece)
            yield piece.tail or ""

    def _table(self, element: etree._Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        open_spans: dict[int, int] = {}
        for row in rows_of(element, "table-row", _ROWS):
            cells = self._row(row, open_spans)
            rows.extend([cells] * (_repeat(row, "number-rows-repeated") if _filled(cells) else 1))
            self._cells += len(cells)
            if self._cells > MAX_CELLS or len(rows) > MAX_CELLS:
                raise refuse("too_long", attribute(element, "name"))
        return Table(tuple(rows), attribute(element, "name"))

    def _row(self, row: etree._Element, open_spans: dict[int, int]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 0
        for element in row:
            name = name_of(element)
            if name not in {"table-cell", "covered-table-cell"}:
                continue
            text = self._text(element)
            span = _repeat(element, "number-columns-spanned")
            covered = name == "covered-table-cell"
            for _ in range(_repeat(element, "number-columns-repeated") if text or covered else 1):
                goes_on = covered and open_spans.get(column, 0) > 0
                if goes_on:
                    open_spans[column] -= 1
                if not covered or goes_on:
                    cells.append(Cell(text, span, goes_on))
                if not covered:
                    open_spans[column] = _repeat(element, "number-rows-spanned") - 1
                column += 1
            if not text and not covered:
                extra = _repeat(element, "number-columns-repeated") - 1
                cells.extend([Cell("")] * extra)
                column += extra
        while cells and not cells[-1].text and not cells[-1].goes_on and len(cells) > 1:
            cells.pop()
        return tuple(cells)

    def _text(self, cell: etree._Element) -> str:
        lines = [b.text if isinstance(b, Paragraph) else _flat(b) for b in self._read(cell, "")]
        written = "\n".join(line for line in lines if line.strip())
        date = attribute(cell, "date-value")[:10]
        # A date cell shows whatever its format says; the value is what was entered.
        if attribute(cell, "value-type") == "date" and len(date) == 10:
            return ".".join(reversed(date.split("-")))
        return written


def _repeat(element: etree._Element, name: str) -> int:
    value = attribute(element, name)
    return min(max(int(value), 1), MAX_REPEAT) if value.isdecimal() and len(value) < 9 else 1


def _filled(cells: tuple[Cell, ...]) -> bool:
    return any(cell.text for cell in cells)


def _flat(table: Table) -> str:
    rows = (" ".join(cell.text for cell in row if cell.text) for row in table.rows)
    return "\n".join(row for row in rows if row)
