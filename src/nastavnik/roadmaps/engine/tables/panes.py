"""The left pane of the check: the source as it stands, and what became of each piece of it."""

from dataclasses import dataclass

from .model import Paragraph, Recognised, Source

TAKEN, LINE, DROPPED, LEFT = "taken", "line", "dropped", "left"
_REASONS = {
    "header": "заголовки столбцов",
    "numbers": "номера столбцов",
    "text": "не вошло в карту",
    "signature": "подпись",
    "column": "столбец вне карты",
    "other_plan": "другая таблица мероприятий",
    "other_table": "другая таблица",
    "columns_differ": "не присоединено",
    "footer": "нижний колонтитул",
    "note": "сноска",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a row of the source; `line` is the index of the line that it became."""

    place: str
    texts: tuple[str, ...]
    fate: str
    words: str = ""
    line: int = -1


def pieces(source: Source, found: Recognised) -> list[Piece]:
    """All paragraphs and rows in the order of the file."""
    lines = {place: i for i, item in enumerate(found.items) for place in item.source_rows}
    dropped = {piece.place: piece.reason for piece in found.dropped}
    left = {piece.place: piece.reason for piece in found.leftovers if piece.row < 0}
    out: list[Piece] = []
    paragraphs = tables = 0
    workbook = source.kind in {"xlsx", "ods"}
    for block in source.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            rows: list[tuple[str, tuple[str, ...]]] = [(f"абзац {paragraphs}", (block.text,))]
        else:
            tables += 1
            name = f"лист «{block.name}»" if workbook else f"таблица {tables}"
            rows = [
                (f"{name}, строка {index}", tuple(cell.text for cell in row if cell.text))
                for index, row in enumerate(block.rows, 1)
            ]
        out.extend(_piece(place, texts, lines, dropped, left) for place, texts in rows if texts)
    return out


def _piece(
    place: str,
    texts: tuple[str, ...],
    lines: dict[str, int],
    dropped: dict[str, str],
    left: dict[str, str],
) -> Piece:
    if place in lines:
        return Piece(place, texts, LINE, line=lines[place])
    if place in dropped:
        return Piece(place, texts, DROPPED, _REASONS.get(dropped[place], ""))
    if place in left:
        return Piece(place, texts, LEFT, _REASONS.get(left[place], "не вошло в карту"))
    return Piece(place, texts, TAKEN, "название, цель, показатель или гриф")
