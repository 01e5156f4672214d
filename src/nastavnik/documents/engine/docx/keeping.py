"""Keep the last rows of a table together, so that none falls alone on the next page.

Word keeps a row with the next one when its paragraphs say `keepNext`. How many rows a table gets is
known only after the data are laid in, so this works on the finished text of the main part. It looks
at the ends of tables alone and costs far less than parsing.
"""

import re

_TABLE = "<w:tbl>"
_END = "</w:tbl>"
_ROW = re.compile(r"<w:tr[ >]")
_PROPERTIES = re.compile(r"<w:pPr>(<w:pStyle [^<>]*/>)?(?!<w:pStyle|<w:keepNext)")
_BARE = re.compile(r"<w:p>(?!<w:pPr)")
_SIGNATURE = re.compile(r'<w:p(?: [^<>]*)?><w:pPr><w:pStyle w:val="Signature"/>')
_FEWEST_ROWS = 3


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
    rows = [match.start() for match in _ROW.finditer(table)]
    if len(rows) < _FEWEST_ROWS or table.count(_TABLE) > 1:
        return table
    last = _kept(table[rows[-1] :]) if is_signed else table[rows[-1] :]
    return table[: rows[-2]] + _kept(table[rows[-2] : rows[-1]]) + last


def _kept(row: str) -> str:
    row = _PROPERTIES.sub(lambda match: f"{match.group()}<w:keepNext/>", row)
    return _BARE.sub("<w:p><w:pPr><w:keepNext/></w:pPr>", row)
