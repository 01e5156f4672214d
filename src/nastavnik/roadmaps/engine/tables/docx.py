"""Word documents → blocks: paragraphs, tables, text boxes, notes, running titles."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from .markup import attribute, child, children, name_of, parse, rows_of
from .model import Block, Cell, Paragraph, Table
from .numbering import Numbering
from .refusals import refuse
from .sniff import read_part

_WRAPPERS = {
    "sdt",
    "sdtContent",
    "ins",
    "smartTag",
    "customXml",
    "moveTo",
    "AlternateContent",
    "Choice",
}
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sdtPr", "tblPr"}
_HEADINGS = ("heading", "title", "заголовок", "название")
_ASIDE = (("word/footnotes.xml", "footnote", "note"), ("word/endnotes.xml", "endnote", "note"))
MAX_SPAN = 63


class DocxReader:
    """One pass over the document; `notes` tells what a person should know of the file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.notes: set[str] = set()
        numbering = read_part(archive, "word/numbering.xml")
        root = parse(numbering, "word/numbering.xml") if numbering else None
        self._numbering = Numbering(root)
        styles = read_part(archive, "word/styles.xml") if numbering else b""
        self._lists = _lists_of(parse(styles, "word/styles.xml")) if styles else {}
        self._boxes: list[Paragraph] = []

    def blocks(self) -> list[Block]:
        """Everything that a reader of the document sees, in its order."""
        root = parse(read_part(self._archive, "word/document.xml"), "word/document.xml")
        body = child(root, "body")
        if body is None:
            raise refuse("damaged", "word/document.xml")
        blocks = list(self._read(body))
        return [*blocks, *self._aside()]

    def _read(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name == "p":
                paragraph = self._paragraph(element)
                boxes, self._boxes = self._boxes, []
                yield from boxes
                if paragraph.text.strip():
                    yield paragraph
            elif name == "tbl":
                yield self._table(element)
                boxes, self._boxes = self._boxes, []
                yield from boxes
            elif name in _WRAPPERS:
                yield from self._read(element)

    def _paragraph(self, element: etree._Element) -> Paragraph:
        properties = child(element, "pPr")
        named = attribute(child(properties, "pStyle"), "val")
        own = child(properties, "numPr")
        label = self._numbering.label(self._lists.get(named) if own is None else own)
        text = "".join(self._pieces(element))
        style = named.lower()
        heading = style.isdecimal() or style.startswith(_HEADINGS)
        words = f"{label} {text}".strip() if label and text.strip() else text or label
        return Paragraph(words, "heading" if heading else "body")

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for piece in element:
            name = name_of(piece)
            if name == "t":
                yield piece.text or ""
            elif name in {"br", "cr"}:
                yield "\n"
            elif name in {"tab", "ptab"}:
                yield "\t"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "txbxContent":
                self._box(piece)
            elif name in _SKIPPED:
                if name in {"del", "moveFrom"}:
                    self.notes.add("tracked_changes")
            elif len(piece):
                yield from self._pieces(piece)

    def _box(self, content: etree._Element) -> None:
        outer, self._boxes = self._boxes, []
        inside = [
            block.text if isinstance(block, Paragraph) else _flat(block)
            for block in self._read(content)
        ]
        outer.extend(self._boxes)
        self._boxes = outer
        outer.extend(Paragraph(text, "box") for text in inside if text.strip())

    def _table(self, element: etree._Element) -> Table:
        return Table(tuple(self._row(row) for row in rows_of(element, "tr", _WRAPPERS)))

    def _row(self, row: etree._Element) -> tuple[Cell, ...]:
        properties = child(row, "trPr")
        before = _span(child(properties, "gridBefore"))
        cells = [Cell("", before)] if before else []
        for element in self._cells(row):
            own = child(element, "tcPr")
            merge = child(own, "vMerge")
            goes_on = merge is not None and attribute(merge, "val") != "restart"
            cells.append(
                Cell(self._cell_text(element), _span(child(own, "gridSpan")) or 1, goes_on)
            )
        return tuple(cells)

    def _cells(self, parent: etree._Element) -> Iterator[etree._Element]:
        for element in parent:
            name = name_of(element)
            if name == "tc":
                yield element
            elif name in _WRAPPERS:
                yield from self._cells(element)

    def _cell_text(self, element: etree._Element) -> str:
        lines = []
        for block in self._read(element):
            if isinstance(block, Table):
                self.notes.add("nested_table")
            lines.append(block.text if isinstance(block, Paragraph) else _flat(block))
        return "\n".join(line for line in lines if line.strip())

    def _aside(self) -> Iterator[Paragraph]:
        """Running titles and notes: no lines stand there, but their words are not lost."""
        names = sorted(self._archive.namelist())
        for name in names:
            stem = name.rpartition("/")[2]
            if name.startswith("word/") and stem.startswith(("header", "footer")):
                yield from self._side_part(name, stem[:6])
        for name, element, style in _ASIDE:
            data = read_part(self._archive, name)
            for note in children(parse(data, name), element) if data else ():
                yield from self._side_blocks(note, style)

    def _side_part(self, name: str, style: str) -> Iterator[Paragraph]:
        if name.endswith(".xml"):
            yield from self._side_blocks(parse(read_part(self._archive, name), name), style)

    def _side_blocks(self, parent: etree._Element, style: str) -> Iterator[Paragraph]:
        for block in self._read(parent):
            text = block.text if isinstance(block, Paragraph) else _flat(block)
            if text.strip():
                yield Paragraph(text, style)


def _lists_of(styles: etree._Element) -> dict[str, etree._Element]:
    """List properties that a style gives to its paragraphs: «Маркированный список»."""
    found = {
        attribute(style, "styleId"): child(child(style, "pPr"), "numPr")
        for style in children(styles, "style")
    }
    return {name: properties for name, properties in found.items() if properties is not None}


def _span(element: etree._Element | None) -> int:
    value = attribute(element, "val")
    return min(int(value), MAX_SPAN) if value.isdecimal() and len(value) < 6 else 0


def _flat(table: Table) -> str:
    """A table inside a cell or a box as lines of text."""
    rows = (" ".join(cell.text for cell in row if cell.text) for row in table.rows)
    return "\n".join(row for row in rows if row)
