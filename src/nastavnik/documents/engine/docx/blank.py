"""Build a DOCX template from a blank: a readable text file with light markup.

One line is one paragraph. `**bold**` marks bold. Fields are docxtpl's. Lines that begin so are special:

    @title TEXT        title of the file (its properties)     @kind TEXT     ПРИКАЗ, ПРОТОКОЛ
    @head TEXT         organisation, centred                  @heading TEXT  what the document is about
    @about TEXT        the same in the middle, under the name of the document
    @section TEXT      heading inside the text                @center TEXT   centred line
    @row A || B        left and right ends of one line        @sign A || B   the same with room above
    @right TEXT        block at the right: addressee, appendix mark
    @plain TEXT        no indent                              @hint TEXT     small line under a fill-in line
    @line TEXT         a line to write on                     @order TEXT    «ПРИКАЗЫВАЮ:»
    1. TEXT / 1.1. TEXT   numbered item, renumbered by Word   - TEXT         item with a dash
    @list              the next numbered item starts a new list
    @if … @elif … @else … @endif, @for … @endfor              whole paragraphs, or rows inside a table
    @table 8 46 46     column widths in per cent; first `|` row is the head, repeated on every page
    @table 40 60 plain the same without a head row            @end           end of the table
    @table 50 50 bare  without a head row and without lines   @span TEXT     a row of one cell over all columns
    @page              new page                               @landscape     sheet on its side
    @size 18           size of the text in points, for what hangs on a wall
    @footer A || B     foot of the first sheet, usually with {{ qr }}
"""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from . import layout
from .package import pack
from .wording import keep_numbers

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CELLS = re.compile(r"(?<=\s)\|(?=\s)")  # a filter, `{{ a|join }}`, has no spaces round its bar
_ITEM = re.compile(r"^(\d+)\.(\d+\.)?\s+(.*)$")
_STYLED = {
    "head": "OrganisationHead", "kind": "Title", "heading": "Heading1", "about": "Subject", "section": "Heading2",
    "center": "Centred", "right": "Addressee", "plain": "Plain", "hint": "Hint", "line": "FillLine",
    "order": "OrderWord", "row": "Row", "sign": "Signature",
}  # fmt: skip
_FLOW = {"if", "elif", "else", "endif", "for", "endfor"}


class BlankError(ValueError):
    """A mistake in the markup of a blank; for developers."""


@dataclass
class _Table:
    widths: list[int]
    has_head: bool
    is_bare: bool = False
    rows: list[str] = field(default_factory=list)


@dataclass
class _Builder:
    title: str = ""
    body: list[str] = field(default_factory=list)
    footer: str = ""
    is_landscape: bool = False
    size: int = layout.POINTS
    lists: int = 1
    table: _Table | None = None
    after_table: bool = False
    new_page: bool = False

    @property
    def width(self) -> int:
        return layout.LANDSCAPE_WIDTH if self.is_landscape else layout.TEXT_WIDTH

    def add(self, text: str, style: str, extra: str = "") -> None:
        if self.after_table and style != "Signature":
            extra += '<w:spacing w:before="200"/>'
        if self.new_page:
            extra = "<w:pageBreakBefore/>" + extra
        self.after_table = self.new_page = False
        self.body.append(paragraph(text, style, extra))

    def line(self, raw: str) -> None:
        if self.table is not None:
            self._table_line(self.table, raw)
        elif raw.startswith("@"):
            word, _, rest = raw[1:].partition(" ")
            self._directive(word, rest.strip())
        elif match := _ITEM.match(raw):
            level = 1 if match.group(2) else 0
            self.add(match.group(3), "ListNumber", _numbered(self.lists + 1, level))
        elif raw.startswith("- "):
            self.add(raw[2:], "ListNumber", _numbered(1, 0))
        else:
            self.add(raw, "BodyText")

    def _directive(self, word: str, rest: str) -> None:
        if word in _STYLED:
            self.add(rest, _STYLED[word], self._row_tab() if word in {"row", "sign"} else "")
        elif word in _FLOW:
            self.body.append(paragraph(f"{{%p {word} {rest}".rstrip() + " %}", "Plain", ""))
        elif word == "title":
            self.title = rest
        elif word == "list":
            self.lists += 1
        elif word == "page":
            self.new_page = True
        elif word == "landscape":
            self.is_landscape = True
        elif word == "size":
            self.size = int(rest)
        elif word == "footer":
            self.footer = paragraph(rest, "Footer", self._row_tab())
        elif word == "table":
            self._room_above_table()
            numbers = [int(part) for part in rest.split() if part.isdigit()]
            widths = [self.width * number // sum(numbers) for number in numbers]
            is_bare = "bare" in rest
            self.table = _Table(
                widths, has_head=not is_bare and "plain" not in rest, is_bare=is_bare
            )
        else:
            raise BlankError(f"unknown directive @{word}")

    def _row_tab(self) -> str:
        if not self.is_landscape:
            return ""
        return (
            f'<w:tabs><w:tab w:val="clear" w:pos="{layout.TEXT_WIDTH}"/>'
            f'<w:tab w:val="right" w:pos="{self.width}"/></w:tabs>'
        )

    def _room_above_table(self) -> None:
        if self.body and "<w:spacing" not in self.body[-1]:
            self.body[-1] = self.body[-1].replace(
                "</w:pPr>", '<w:spacing w:after="120"/></w:pPr>', 1
            )

    def _table_line(self, table: _Table, raw: str) -> None:
        word = raw[1:].split(" ", maxsplit=1)[0] if raw.startswith("@") else ""
        if word == "end":
            self.body.append(_table_xml(table))
            self.table, self.after_table = None, True
        elif word in _FLOW:
            tag = "{%tr " + raw[1:].strip() + " %}"
            cell = _cell(tag, "TableText", sum(table.widths), _span_of(table))
            table.rows.append(f"<w:tr>{cell}</w:tr>")
        elif word == "span":
            cell = _cell(raw[5:].strip(), "TableHead", sum(table.widths), _span_of(table))
            table.rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>")
        elif raw.startswith("|"):
            self._table_row(
                table, [cell.strip() for cell in _CELLS.split(raw[1:].rstrip().removesuffix("|"))]
            )
        else:
            raise BlankError(f"not a table row: {raw}")

    def _table_row(self, table: _Table, cells: list[str]) -> None:
        if len(cells) != len(table.widths):
            raise BlankError(f"{len(cells)} cells for {len(table.widths)} columns: {cells}")
        is_head = table.has_head and not table.rows
        style = "TableHead" if is_head else "TableText"
        row = "".join(
            _cell(text, style, width) for text, width in zip(cells, table.widths, strict=True)
        )
        has_room = "" in cells and not table.is_bare
        height = '<w:trHeight w:val="500"/>' if has_room else ""  # room for a signature
        properties = "<w:cantSplit/>" + height + ("<w:tblHeader/>" if is_head else "")
        table.rows.append(f"<w:tr><w:trPr>{properties}</w:trPr>{row}</w:tr>")


def build_blank(source: str) -> bytes:
    """Build the template; the same source gives the same bytes.

    Raises: BlankError on a mistake in the markup.
    """
    builder = _Builder()
    for raw in source.splitlines():
        line = raw.strip()
        if line and not line.startswith("@@"):
            builder.line(line)
    if builder.table is not None:
        raise BlankError("a table is not closed by @end")
    if builder.after_table:
        builder.body.append(paragraph("", "Plain", ""))
    body = "".join(builder.body) + layout.section(landscape=builder.is_landscape)
    parts = layout.fixed_parts(builder.title, size=builder.size)
    parts["word/document.xml"] = layout.document(body)
    parts["word/numbering.xml"] = layout.numbering(builder.lists)
    parts["word/header1.xml"] = layout.header(page_number=True)
    parts["word/header2.xml"] = layout.header(page_number=False)
    parts["word/footer1.xml"] = layout.footer("")
    parts["word/footer2.xml"] = layout.footer(builder.footer)
    return pack({name: content.encode() for name, content in parts.items()})


def paragraph(text: str, style: str, extra: str) -> str:
    """One paragraph; `||` becomes a tab to the right edge, `//` a line break."""
    runs = ""
    for index, piece in enumerate(_BOLD.split(text)):
        if piece:
            runs += _run(piece, bold=index % 2 == 1)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    xml = ""
    for index, piece in enumerate(re.split(r"(\s*\|\|\s*|\s+//\s+)", text)):
        if index % 2:
            xml += "<w:tab/>" if "||" in piece else "<w:br/>"
        elif piece:
            xml += f'<w:t xml:space="preserve">{escape(keep_numbers(piece))}</w:t>'
    return f"<w:r>{properties}{xml}</w:r>"


def _numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _cell(text: str, style: str, width: int, span: str = "") -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>'
    return f"<w:tc>{properties}{paragraph(text, style, '')}</w:tc>"


def _span_of(table: _Table) -> str:
    return f'<w:gridSpan w:val="{len(table.widths)}"/>'


def _table_xml(table: _Table) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    first = "1" if table.has_head else "0"
    style = "TableNormal" if table.is_bare else "Grid"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="04A0" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(table.rows)}</w:tbl>"
    )
