"""One roadmap typed in Word by many hands: columns moved, renamed, joined and left out, pages cut."""

import random
from collections.abc import Sequence

from tests.roadmaps.engine.tables.builders import word

FIELDS = ("number", "text", "deadline", "responsible", "result")
NAMES = {
    "number": ["№ п/п", "№", "N п/п"],
    "text": ["Мероприятие", "Наименование мероприятия", "Содержание работы", "Действия"],
    "deadline": ["Срок", "Сроки реализации", "Дата проведения", "Срок исполнения"],
    "responsible": ["Ответственный", "Исполнители", "Ответственные лица"],
    "result": ["Результат", "Ожидаемый результат", "Вид документа"],
}
JOINT = "Исполнитель / Сроки"
LONGEST_PAGE = 13


def typed(
    title: str, lines: Sequence[dict[str, str]], dice: random.Random, *, without: str = ""
) -> bytes:
    """The lines (texts by the names of FIELDS and their `section`) as one Word file."""
    fields = [name for name in dice.sample(FIELDS, len(FIELDS)) if name != without]
    joint = not without and dice.random() < 0.35
    if joint:
        fields.remove("deadline")
    named = {name: dice.choice(words) for name, words in NAMES.items()}
    header = [JOINT if joint and name == "responsible" else named[name] for name in fields]
    numbers = [str(place) for place in range(1, len(header) + 1)]
    rows, section = [], ""
    for line in lines:
        if line["section"] != section:
            section = line["section"]
            rows.append([section])
        cells = dict(line)
        if joint:
            cells["responsible"] = f"{line['responsible']} / {line['deadline']}"
        rows.append([cells[name] for name in fields])
    return word(title, *_pages(rows, header, numbers, dice, cut=fields.index("text")))


def _pages(rows, header, numbers, dice, *, cut: int) -> list:
    """Pages with the headings and the «1 2 3 4 5» row said again; some break a row in two."""
    blocks, page = [], []
    for row in rows:
        full = len(page) >= LONGEST_PAGE - dice.randrange(6)
        words = row[cut].split(" ") if len(row) > 1 else []
        if full and all(row) and len(words) > 3 and dice.random() < 0.7:
            at = dice.randrange(1, len(words) - 1)
            head, tail = list(row), [""] * len(row)
            head[cut], tail[cut] = " ".join(words[:at]), " ".join(words[at:])
            blocks += [_page([*page, head], header, numbers), ""]
            page = [tail]
        elif full:
            blocks += [_page(page, header, numbers), ""]
            page = [row]
        else:
            page.append(row)
    return [*blocks, _page(page, header, numbers)]


def _page(rows, header, numbers) -> list:
    return [header, numbers, *rows]
