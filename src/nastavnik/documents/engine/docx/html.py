"""Show a rendered DOCX as A4 sheets of HTML: what the screen shows is what prints.

Only words, tables, numbers and our own pictures pass; no attribute of the document is copied, so a
hostile file can bring neither script nor style nor address.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from .drawing import QR_NAME
from .names import MC, PPR, RPR, RUN, SECT, TBL, TC, TR, VAL, A, P, R, T, to_int, w
from .numbering import Numbering
from .package import (
    RELATIONSHIPS,
    document_part,
    ensure_safe,
    parse_xml,
    read_package,
    rels_name,
)
from .styles import Style, applied, flag_of, number_of, read_styles, value_of

_MAX_IMAGE_BYTES = 1024 * 1024
_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_HIDDEN = {w("del"), w("moveFrom"), f"{{{MC}}}Fallback"}
_SMALL_HALF_POINTS = 22
_CLASSES = {"center": "paper__head", "right": "paper__right", "end": "paper__right"}


@dataclass
class _Sheets:
    """Sheets made so far; consecutive body paragraphs share one block."""

    done: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    def text(self, html: str) -> None:
        self.body.append(html)

    def block(self, html: str) -> None:
        self.flush()
        self.blocks.append(html)

    def flush(self) -> None:
        if self.body:
            self.blocks.append(f'<div class="paper__body">{"".join(self.body)}</div>')
            self.body = []

    def new_sheet(self) -> None:
        self.flush()
        if self.blocks:
            self.done.append(f'<div class="paper__sheet">{"".join(self.blocks)}</div>')
            self.blocks = []


def to_html(docx: bytes) -> str:
    """Return one `div.paper__sheet` per sheet that the document itself begins.

    Raises: TemplateRefused if the file is no safe DOCX.
    """
    parts = read_package(docx)
    ensure_safe(parts)
    main = document_part(parts)
    return _Page(parts, main).render()


def _columns(table: etree._Element) -> str:
    """Shares of the columns in whole per cent, as a fixed layout sets them on paper."""
    layout = table.find(f"{w('tblPr')}/{w('tblLayout')}")
    if layout is None or layout.get(w("type")) != "fixed":
        return ""
    widths = [
        to_int(column.get(w("w")) or "")
        for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    ]
    total = sum(widths)
    if len(widths) < 2 or total <= 0 or min(widths) < 0:
        return ""
    columns = "".join(f'<col width="{round(100 * width / total)}%">' for width in widths)
    return f"<colgroup>{columns}</colgroup>"


def closing_row(table: etree._Element) -> etree._Element | None:
    """The last row when it holds nothing but signatures in one cell."""
    rows = [row for row in table if row.tag == TR]
    cells = rows[-1].findall(TC) if rows else []
    if len(cells) != 1:
        return None
    paragraphs = cells[0].findall(P)
    is_signed = all(_style_id(paragraph) == "Signature" for paragraph in paragraphs)
    return rows[-1] if paragraphs and is_signed else None


class _Page:
    def __init__(self, parts: Mapping[str, bytes], main: str) -> None:
        self.parts = parts
        self.root = parse_xml(parts[main])
        self.part = main
        self.styles = read_styles(parts)
        numbers = {name: style.number for name, style in self.styles.items() if style.number[0]}
        self.numbering = Numbering(parts, numbers)
        self.sheets = _Sheets()
        self.main_targets = _targets(parts, main)
        self.section_start = 0

    def render(self) -> str:
        body = self.root.find(w("body"))
        for element in _blocks(body) if body is not None else ():
            if element.tag == TBL:
                self._table_and_signatures(element)
            elif element.tag == P:
                self._paragraph(element)
            elif element.tag == SECT:
                self._end_section(element)
        self.sheets.new_sheet()
        return "\n".join(self.sheets.done)

    def _paragraph(self, element: etree._Element) -> None:
        style = self._style(element)
        breaks = any(node.get(w("type")) == "page" for node in element.iter(w("br")))
        if breaks or element.find(f"{PPR}/{w('pageBreakBefore')}") is not None:
            self.sheets.new_sheet()
        pieces = self._pieces(element, style)
        section = element.find(f"{PPR}/{SECT}")
        if any(pieces):
            self._place(pieces, style, self.numbering.label(element, _style_id(element)))
        if section is not None:
            self._end_section(section)

    def _place(self, pieces: list[str], style: Style, label: str) -> None:
        inner = (f"{escape(label)} " if label else "") + " ".join(
            piece for piece in pieces if piece
        )
        if style.level is not None:
            tag = "h2" if style.level == 0 else "h3"
            css = ' class="paper__head"' if style.align == "center" else ""
            self.sheets.block(f"<{tag}{css}>{inner}</{tag}>")
        elif len(pieces) > 1:
            cells = "".join(f"<span>{piece}</span>" for piece in pieces)
            self.sheets.block(f'<p class="paper__row">{cells}</p>')
        elif style.align in _CLASSES:
            self.sheets.block(f'<p class="{_CLASSES[style.align]}">{inner}</p>')
        elif style.left > 3000:
            self.sheets.block(f'<p class="paper__right">{inner}</p>')
        elif style.indent or label or style.align == "both":
            self.sheets.text(f"<p>{inner}</p>")
        else:
            self.sheets.block(f"<p>{inner}</p>")

    def _style(self, element: etree._Element) -> Style:
        base = self.styles.get(_style_id(element), Style())
        properties = element.find(PPR)
        return base if properties is None else applied(base, properties, None)

    def _pieces(self, element: etree._Element, style: Style) -> list[str]:
        """The text of the paragraph as HTML, cut at tabs."""
        pieces = [""]
        for run in _runs(element):
            marks = _marks(run, style)
            if marks is None:
                continue
            for node in run:
                if node.tag == w("tab"):
                    pieces.append("")
                elif node.tag == T and node.text:
                    pieces[-1] += marks.replace("\0", escape(node.text))
                elif node.tag == w("br") and node.get(w("type")) is None:
                    pieces[-1] += "<br>"
                elif node.tag in {w("drawing"), w("pict")}:
                    pieces[-1] += self._picture(node)
        return pieces

    def _picture(self, node: etree._Element) -> str:
        for blip in node.iter(f"{{{A}}}blip"):
            target = self.main_targets.get(str(blip.get(f"{{{R}}}embed", "")), "")
            content = self.parts.get(target, b"")
            kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), "")
            if not kind or len(content) > _MAX_IMAGE_BYTES:
                continue
            is_qr = any(
                item.get("name") == QR_NAME for item in node.iter() if "docPr" in str(item.tag)
            )
            css = "paper__qr" if is_qr else "paper__image"
            alt = QR_NAME if is_qr else ""
            data = base64.b64encode(content).decode()
            return f'<img class="{css}" alt="{alt}" src="data:{kind};base64,{data}">'
        return ""

    def _table_and_signatures(self, table: etree._Element) -> None:
        """A signature in the last row stands there to be printed beside it; it is no cell."""
        signed = closing_row(table)
        if signed is not None:
            table.remove(signed)
        self.sheets.block(self._table(table))
        for paragraph in signed.iterfind(f"{TC}/{P}") if signed is not None else ():
            self._paragraph(paragraph)

    def _table(self, table: etree._Element) -> str:
        rows = [row for row in table if row.tag == TR]
        heads = 0
        while heads < len(rows) and rows[heads].find(f"{w('trPr')}/{w('tblHeader')}") is not None:
            heads += 1
        html = ""
        if heads:
            html += f"<thead>{''.join(self._row(row, 'th', []) for row in rows[:heads])}</thead>"
        tail = rows[heads:]
        body = "".join(self._row(row, "td", tail[index + 1 :]) for index, row in enumerate(tail))
        css = "" if self._has_lines(table) else ' class="paper__bare"'
        return f"<table{css}>{_columns(table)}{html}<tbody>{body}</tbody></table>"

    def _has_lines(self, table: etree._Element) -> bool:
        """A table drawn without lines is a layout of stamps: the screen shows none either."""
        properties = table.find(w("tblPr"))
        return value_of(properties, "tblStyle") != "TableNormal"

    def _row(self, row: etree._Element, tag: str, below: list[etree._Element]) -> str:
        html = ""
        column = 0
        for cell in row.iter(TC):
            if cell.getparent() is not row:
                continue
            span = _span(cell)
            merge = _merge(cell)
            if merge != "continue":
                down = 1 + _merged_rows(below, column) if merge == "restart" else 1
                scope = ' scope="col"' if tag == "th" else ""
                spans = (f' colspan="{span}"' if span > 1 else "") + (
                    f' rowspan="{down}"' if down > 1 else ""
                )
                html += f"<{tag}{scope}{spans}>{self._cell(cell)}</{tag}>"
            column += span
        room = (
            ' class="paper__room"' if row.find(f"{w('trPr')}/{w('trHeight')}") is not None else ""
        )
        return f"<tr{room}>{html}</tr>"

    def _cell(self, cell: etree._Element) -> str:
        lines = []
        for element in _blocks(cell):
            if element.tag == TBL:
                lines.append(self._table(element))
            elif element.tag == P:
                label = self.numbering.label(element, _style_id(element))
                # A head cell is bold by itself.
                text = " ".join(self._pieces(element, Style()))
                if text.strip():
                    lines.append(f"{escape(label)} {text}".strip())
        return "<br>".join(lines)

    def _end_section(self, section: etree._Element) -> None:
        self.sheets.new_sheet()
        if (foot := self._first_footer(section)) and self.section_start < len(self.sheets.done):
            sheet = self.sheets.done[self.section_start].removesuffix("</div>")
            self.sheets.done[self.section_start] = (
                f'{sheet}<div class="paper__foot">{foot}</div></div>'
            )
        self.section_start = len(self.sheets.done)

    def _first_footer(self, section: etree._Element) -> str:
        """The foot of the first sheet: its words and the QR code."""
        references = {
            str(node.get(w("type"))): str(node.get(f"{{{R}}}id"))
            for node in section.iter(w("footerReference"))
        }
        kind = "first" if section.find(w("titlePg")) is not None else "default"
        name = self.main_targets.get(references.get(kind, ""), "")
        if name not in self.parts:
            return ""
        outer, self.main_targets = self.main_targets, _targets(self.parts, name)
        foot = ""
        for element in parse_xml(self.parts[name]).iter(P):
            pieces = self._pieces(element, self._style(element))
            if any(pieces):
                foot += f'<p class="paper__row">{"".join(f"<span>{piece}</span>" for piece in pieces)}</p>'
        self.main_targets = outer
        return foot


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, looking into content controls and insertions."""
    for element in parent:
        if element.tag in {P, TBL, SECT}:
            yield element
        elif element.tag not in _HIDDEN and isinstance(element.tag, str):
            yield from _blocks(element)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    in_code = False
    for run in paragraph.iter(RUN):
        ancestors = {node.tag for node in run.iterancestors()}
        if ancestors & _HIDDEN or next(run.iterancestors(P), None) is not paragraph:
            continue
        for mark in run.iter(w("fldChar")):
            in_code = mark.get(w("fldCharType")) == "begin"
        if not in_code:
            yield run


def _marks(run: etree._Element, style: Style) -> str | None:
    """HTML round the text of a run with a NUL for the text; None for hidden text."""
    properties = run.find(RPR)
    if flag_of(properties, "vanish"):
        return None
    html = "\0"
    size = number_of(properties, "sz", style.size)
    if 0 < size <= _SMALL_HALF_POINTS:
        html = f"<small>{html}</small>"
    for tag, is_on in (
        ("u", value_of(properties, "u") not in {"", "none"}),
        ("em", flag_of(properties, "i")),
        ("strong", flag_of(properties, "b", default=style.is_bold) and style.level is None),
    ):
        if is_on:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _style_id(paragraph: etree._Element) -> str:
    return value_of(paragraph.find(PPR), "pStyle")


def _span(cell: etree._Element) -> int:
    return max(1, min(number_of(cell.find(w("tcPr")), "gridSpan", 1), 100))


def _merge(cell: etree._Element) -> str:
    node = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return "" if node is None else str(node.get(VAL, "continue"))


def _merged_rows(below: list[etree._Element], column: int) -> int:
    count = 0
    for row in below:
        place = 0
        for cell in row.findall(TC):
            if place == column:
                if _merge(cell) != "continue":
                    return count
                count += 1
                break
            place += _span(cell)
        else:
            return count
    return count


def _targets(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Relationship ids of a part → names of the parts inside the package."""
    content = parts.get(rels_name(part))
    if content is None:
        return {}
    folder = part.rpartition("/")[0]
    found = {}
    for node in parse_xml(content).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target = str(node.get("Target", ""))
        if str(node.get("TargetMode", "")).lower() != "external":
            found[str(node.get("Id"))] = (
                target[1:] if target.startswith("/") else f"{folder}/{target}"
            )
    return found
