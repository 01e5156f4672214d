"""Keep the last rows of a table together, so that none falls alone on the next page.

Word keeps a row with the next one when its paragraphs say `keepNext`. How many rows a table gets is
known only after the data are laid in, so this works on the finished text of the main part. It looks
at the ends of tables alone and costs far less than parsing.

A paragraph below a table is another matter: LibreOffice does not hold it to a table that has been
split already. So a signature right below goes into a row of its own, without lines, at the end.
"""

import re

_TABLE = "<w:tbl>"
_END = "</w:tbl>"
_ROWS = ("<w:tr>", "<w:tr ")
_PROPERTIES = re.compile(r"<w:pPr>(<w:pStyle [^<>]*/>)?(?!<w:pStyle|<w:keepNext)")
_BARE = re.compile(r"<w:p>(?!<w:pPr)")
_SIGNATURES = re.compile(
    r'(?:<w:p(?: [^<>]*)?><w:pPr><w:pStyle w:val="Signature"/>(?:(?!</?w:p[ >]).)*</w:p>)+',
    re.DOTALL,
)
_COLUMN = re.compile(r'<w:gridCol w:w="(\d+)"/>')
_NO_LINES = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
_NO_MARGINS = "".join(
    f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
)
# Word wants a paragraph after the last table; this one takes no room.
_AFTER = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)
_ENDS = ("<w:sectPr", "</w:body>", _TABLE)


def keep_last_rows(xml: str) -> str:
    """Tie the last but one row of every table to the last, and take in a signature below.

    A table with a table inside is left as it is.
    """
    pieces: list[str] = []
    done = 0
    while (start := xml.find(_TABLE, done)) >= 0:
        end = xml.find(_END, start)
        if end < 0:
            break
        end += len(_END)
        signatures = _SIGNATURES.match(xml, end)
        table = _tied(xml[start:end], is_signed=signatures is not None)
        pieces += [xml[done:start], table]
        done = end
        if signatures is not None and (row := _closing_row(table, signatures.group())):
            done = signatures.end()
            after = _AFTER if xml.startswith(_ENDS, done) else ""
            pieces[-1] = f"{table.removesuffix(_END)}{row}{_END}{after}"
    return "".join(pieces) + xml[done:]


def _closing_row(table: str, signatures: str) -> str:
    """The signatures as the last row; nothing for a table that is left as it is."""
    widths = [int(width) for width in _COLUMN.findall(table)]
    if not widths or _is_left(table):
        return ""
    cell = (
        f'<w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
        f"<w:tcBorders>{_NO_LINES}</w:tcBorders><w:tcMar>{_NO_MARGINS}</w:tcMar></w:tcPr>"
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{cell}{signatures}</w:tc></w:tr>"


def _is_left(table: str) -> bool:
    """A short table, or one with a table inside."""
    previous = _row_before(table, _row_before(table, len(table)))
    return _row_before(table, previous) < 0 or table.count(_TABLE) > 1


def _tied(table: str, *, is_signed: bool) -> str:
    if _is_left(table):
        return table
    last = _row_before(table, len(table))
    previous = _row_before(table, last)
    end = _kept(table[last:]) if is_signed else table[last:]
    return table[:previous] + _kept(table[previous:last]) + end


def _row_before(table: str, place: int) -> int:
    """Where the last row before the place begins, or -1."""
    if place < 0:
        return -1
    return max(table.rfind(start, 0, place) for start in _ROWS)


def _kept(row: str) -> str:
    row = _PROPERTIES.sub(lambda match: f"{match.group()}<w:keepNext/>", row)
    return _BARE.sub("<w:p><w:pPr><w:keepNext/></w:pPr>", row)
