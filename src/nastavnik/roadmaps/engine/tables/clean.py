"""Texts as a person means them: no stray markup, no invisible signs, one kind of space."""

import re

from .model import Block, Cell, Paragraph, Table

_TAG = re.compile(
    r"</?(?:ul|ol|li|br|p|div|span|b|i|u|em|strong|sup|sub|font|table|tbody|tr|td|th|a|h[1-6])"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_SOFT_TAG = re.compile(r"</?(?:span|b|i|u|em|strong|sup|sub|font|a)\b", re.IGNORECASE)
_MARK = re.compile(r"^(?:#{1,6}\s+|\*{1,2}(?=\S))")
_INVISIBLE = dict.fromkeys(
    [
        *range(9),
        11,
        12,
        *range(14, 32),
        0xAD,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
    ]
)
_SPACES = dict.fromkeys([0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000], " ")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r" ?\n[ \n]*")
_DANGLING = re.compile(
    r"(?:[,–—(«\"/]|\b(?:и|или|в|во|на|по|с|со|к|о|об|от|до|для|при|из|за|у|не|а|их|без))$",
    re.IGNORECASE,
)
_CLOSED = (".", ";", ":", "!", "?")
_LIST_MARK = re.compile(r"^(?:[-–—•▪·*]|\d{1,2}\)|[а-яa-z]\))\s*", re.IGNORECASE)
_OWN_LINE = re.compile(r"^(?:[-–—•▪·*]\s|\d{1,2}\)|[а-яa-z]\))", re.IGNORECASE)


def tidy(blocks: list[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Blocks with clean texts, without those that hold none; notes of what was cleaned."""
    notes: set[str] = set()
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = clean(block.text, notes)
            if any(sign.isalnum() for sign in text):
                out.append(_paragraph(text, block.style))
            continue
        rows = tuple(
            tuple(Cell(clean(cell.text, notes), cell.span, cell.goes_on) for cell in row)
            for row in block.rows
        )
        if any(cell.text for row in rows for cell in row):
            out.append(Table(rows, block.name))
    return tuple(out), tuple(sorted(notes))


def _paragraph(text: str, style: str) -> Paragraph:
    heading = text.startswith("#")
    return Paragraph(_MARK.sub("", text).rstrip("*"), "heading" if heading else style)


def clean(text: str, notes: set[str] | None = None) -> str:
    """One text: tags become line breaks, invisible signs go, blanks are single."""
    if "<" in text and _TAG.search(text):
        if notes is not None:
            notes.add("markup")
        text = _TAG.sub(lambda tag: "" if _SOFT_TAG.match(tag[0]) else "\n", text)
    text = text.translate(_SPACES).translate(_INVISIBLE)
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """The text without line breaks."""
    return text.replace("\n", " ")


def joined(first: str, second: str) -> str:
    """Two halves of a cell that a page break cut.

    >>> joined("материально-", "технических ресурсов")
    'материально-технических ресурсов'
    """
    if not first or not second:
        return first or second
    if first.endswith("-") and first[-2:-1].isalpha() and second[0].islower():
        return first + second
    if _OWN_LINE.match(second) or (first.endswith(_CLOSED) and not second[0].islower()):
        return f"{first}\n{second}"
    return f"{first} {second}"


def is_unfinished(text: str) -> bool:
    """Whether the text plainly asks for its continuation: «…взаимодействие с центром и»."""
    return bool(_DANGLING.search(text)) or text.endswith("-")


def goes_on_from(text: str) -> bool:
    """Whether the text cannot be a beginning: a small letter, a closing sign."""
    bare = _LIST_MARK.sub("", text)
    return bool(bare) and (bare[0].islower() or bare[0] in ",;)»")
