"""An order with a table of thirty pairs against a hand-made template that gives the same document."""

import io
import re
import zipfile
from typing import Any

import jinja2

from bench.frame import Result, compare, measure

DOCUMENTS = 40
THOUSAND = 1_000
ROWS = 30
BLANK = """
@title Приказ о закреплении пар
@head {{ organisation }}
@kind ПРИКАЗ
@row {{ date }} || № {{ number }}
@heading О закреплении наставнических пар
В соответствии с программой наставничества на {{ year }} учебный год
@order ПРИКАЗЫВАЮ:
1. Закрепить наставнические пары согласно таблице.
@table 8 32 32 28
| № | Наставник | Наставляемый | Форма |
@for pair in pairs
| {{ pair.number }} | {{ pair.mentor }} | {{ pair.mentee }} | {{ pair.form }} |
@endfor
@end
2. Контроль исполнения приказа возложить на куратора {{ curator }}.
@sign {{ post }} || {{ head }}
"""
HEAD = {
    "organisation": "Школа",
    "date": "01.09.2026",
    "number": "47",
    "year": "2026/2027",
    "curator": "Сидорову А. П.",
    "post": "Директор",
    "head": "И. П. Зотов",
}
MARKS = {"number": "⟦number⟧", "mentor": "⟦mentor⟧", "mentee": "⟦mentee⟧", "form": "⟦form⟧"}


def pair(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "mentor": f"Иванова Мария Петровна {number}",
        "mentee": f"Петров Пётр Ильич {number}, 7А",
        "form": "ученик–ученик",
    }


def run() -> Result:
    from nastavnik.documents.engine.docx import build_blank, compile_template
    from nastavnik.documents.engine.docx.keeping import keep_last_rows

    product = compile_template(build_blank(BLANK))
    parts, source = hand_made(product.render({**HEAD, "pairs": [MARKS]}))
    template = jinja2.Environment(autoescape=True).from_string(source)
    data = {**HEAD, "pairs": [pair(number) for number in range(1, ROWS + 1)]}

    def floor() -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
            archive.writestr("word/document.xml", template.render(data).encode())
        return buffer.getvalue()

    # Tying the last rows together is the product's own work, not the floor's.
    if keep_last_rows(body(floor()).decode()).encode() != body(product.render(data)):
        raise RuntimeError("the floor makes another document than the product")
    if product.render(data) != product.render(dict(data)):
        raise RuntimeError("the same data made other bytes")
    found = compare(
        "documents",
        floor=lambda: [floor() for _ in range(DOCUMENTS)],
        product=lambda: [product.render(data) for _ in range(DOCUMENTS)],
        n=DOCUMENTS,
        pieces_a_second="documents",
    )
    thousand = measure(lambda: [product.render(data) for _ in range(THOUSAND)])
    found.more.update(bar=0.5, thousand_orders_cpu_seconds=round(thousand, 2), same_bytes=True)
    return found


def body(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml")


def hand_made(document: bytes) -> tuple[dict[str, bytes], str]:
    """The other parts of the file, and its body with the one marked row turned into a loop."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts.pop("word/document.xml").decode()
    rows = re.findall(r"<w:tr[ >](?:(?!</w:tr>).)*⟦number⟧.*?</w:tr>", xml, re.DOTALL)
    loop = rows[0]
    for name, mark in MARKS.items():
        loop = loop.replace(mark, f"{{{{ pair.{name} }}}}")
    return parts, xml.replace(rows[0], f"{{% for pair in pairs %}}{loop}{{% endfor %}}")
