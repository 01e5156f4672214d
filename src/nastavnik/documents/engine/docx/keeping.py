"""Keep the last rows of a table together, so that none falls alone on the next page.

Word keeps a row with the next one when its paragraphs say `keepNext`. How many rows a table gets is
known only after the data are laid in, so this works on the finished text of the main part. It looks
at the ends of tables alone and costs far less than parsing.
"""

import re

_TABLE = "<w:tbl>"
_END = "</w:tbl>"
_ROWS = ("<w:tr>", "<w:tr ")
_PROPERTIES = re.compile(r"<w:pPr>(<w:pStyle [^<>]*/>)?(?!<w:pStyle|<w:keepNext)")
_BARE = re.compile(r"<w:p>(?!<w:pPr)")
_SIGNATURE = re.compile(r'<w:p(?: [^<>]*)?><w:pPr><w:pStyle w:val="Signature"/>')


def keep_last_rows(xml: str) -> str:
    """Tie the last but one row of every table to the last, and that to a signature below.

    A table with a table inside is left as it is.
    """
    pieces: list[str] = []
    done = 0
    while (start := xml.find(_TABLE, done)) >= 0:
        end = xml.find(_END, start)
        if end < 0:
            break
        end += len(_END)
        pieces += [xml[done:start], _tied(xml[start:end], is_signed=_is_signed(xml, end))]
        done = end
    return "".join(pieces) + xml[done:]


def _is_signed(xml: str, end: int) -> bool:
    return _SIGNATURE.match(xml, end) is not None


def _tied(table: str, *, is_signed: bool) -> str:
    last = _row_before(table, len(table))
    previous = _row_before(table, last)
    is_short = _row_before(table, previous) < 0
    if is_short or table.count(_TABLE) > 1:
        return table
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
