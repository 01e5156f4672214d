import io
import re

import pytest
from docx import Document

from nastavnik.documents.engine.docx import build_blank, compile_template, join, to_html
from nastavnik.documents.engine.docx.catalogue import blank
from nastavnik.documents.engine.docx.package import pack, read_package
from tests.documents.engine.docx_samples import from_text, saved, texts

pytestmark = pytest.mark.unit


def shown(source: str, **data: object) -> str:
    return to_html(compile_template(build_blank(source)).render(data))


def test_to_html_numbers_items_as_word_does():
    html = shown("1. Первый\n1.1. Внутри\n1.1. Ещё\n1. Второй\n@list\n1. Снова\n- С тире")

    assert re.findall(r"<p>(.*?)</p>", html) == [
        "1. Первый", "1.1. Внутри", "1.2. Ещё", "2. Второй", "1. Снова", "– С тире",
    ]  # fmt: skip


def test_to_html_uses_classes_of_the_paper():
    html = shown("@head Школа\n@kind ПРИКАЗ\n@row дата || № 1\n@heading О деле\nТекст **важный**")

    assert html == (
        '<div class="paper__sheet"><p class="paper__head">Школа</p>'
        '<p class="paper__head"><strong>ПРИКАЗ</strong></p>'
        '<p class="paper__row"><span>дата</span><span>№\u00a01</span></p><h2>О деле</h2>'
        '<div class="paper__body"><p>Текст <strong>важный</strong></p></div></div>'
    )


def test_to_html_table_has_a_head_with_scope():
    html = shown("@table 50 50\n| А | Б |\n| 1 | 2 |\n@end")

    assert html == (
        '<div class="paper__sheet"><table><colgroup><col width="50%"><col width="50%"></colgroup>'
        '<thead><tr><th scope="col">А</th><th scope="col">Б</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>"
    )


def test_to_html_keeps_widths_of_columns_and_room_to_write():
    html = shown("@table 70 30\n| ФИО | Подпись |\n| А | |\n@end")

    assert '<col width="70%"><col width="30%">' in html
    assert html.count('<tr class="paper__room">') == 1


def test_to_html_merged_cells_keep_their_spans():
    document = Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "широкая"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "высокая"

    html = to_html(saved(document))

    assert '<td colspan="2">широкая</td>' in html
    assert '<td rowspan="2">высокая</td>' in html


def test_to_html_page_break_begins_a_new_sheet_and_qr_stays_on_the_first():
    html = shown(
        "Первый\n@page\nВторой\n@footer Исполнитель || {{ qr }}",
        qr_url="https://nastavnik.example/1",
    )

    first, second = html.split("\n")
    assert [first.count("data:image/png;base64,"), second.count("<img")] == [1, 0]


def test_to_html_has_no_inline_style_and_no_address():
    item = blank("order_pairs")
    html = to_html(compile_template(item.template()).render(item.example()))

    assert not re.search(r"style=|href=|src=\"(?!data:image/png)|on\w+=", html)


def test_to_html_skips_deleted_and_hidden_text():
    document = Document()
    document.add_paragraph("видно").add_run("тайно").font.hidden = True

    assert "тайно" not in to_html(saved(document))


def rendered(number: int) -> bytes:
    source = "1. Пункт {{ number }}\n@footer {{ number }} || {{ qr }}"
    data = {"number": number, "qr_url": f"https://nastavnik.example/{number}"}
    return compile_template(build_blank(source)).render(data)


def test_join_keeps_order_numbers_feet_and_qr_of_each_document():
    bound = join([rendered(number) for number in (1, 2, 3)])

    assert texts(bound) == ["Пункт 1", "Пункт 2", "Пункт 3"]
    sheets = to_html(bound).split("\n")
    assert [re.findall(r"<p>(.*?)</p>", sheet) for sheet in sheets] == [
        ["1. Пункт 1"], ["1. Пункт 2"], ["1. Пункт 3"],
    ]  # fmt: skip
    assert len({re.search(r"base64,(.*?)\"", sheet).group(1) for sheet in sheets}) == 3
    document = Document(io.BytesIO(bound))
    feet = [section.first_page_footer.paragraphs[0].text.strip() for section in document.sections]
    assert feet == ["1", "2", "3"]


def test_join_same_documents_give_same_bytes_and_every_part_is_declared():
    documents = [rendered(number) for number in (1, 2)]

    bound = join(documents)

    assert join(documents) == bound
    parts = read_package(bound)
    types = parts["[Content_Types].xml"].decode()
    undeclared = [name for name in parts if name.endswith(".xml") and f"/{name}" not in types]
    assert undeclared == ["[Content_Types].xml"]


def test_join_documents_of_different_makers():
    assert texts(join([from_text("А"), rendered(5)])) == ["А", "Пункт 5"]


def test_join_keeps_tables_that_end_a_document_and_lists_of_a_second_maker():
    with_table = Document()
    with_table.add_table(rows=1, cols=1).rows[0].cells[0].text = "таблица"
    bare = {
        name: content
        for name, content in read_package(saved(with_table)).items()
        if name != "word/numbering.xml"
    }
    bare["word/_rels/document.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    )
    bare["[Content_Types].xml"] = re.sub(
        rb"<Override[^>]*numbering[^>]*>", b"", bare["[Content_Types].xml"]
    )

    html = to_html(join([pack(bare), rendered(4), rendered(5)]))

    sheets = html.split("\n")
    assert [len(sheets), "<td>таблица</td>" in sheets[0]] == [3, True]
    assert ["<p>1. Пункт 4</p>" in sheets[1], "<p>1. Пункт 5</p>" in sheets[2]] == [True, True]


def test_to_html_keeps_emphasis_and_content_of_controls():
    document = Document()
    run = document.add_paragraph().add_run("важно")
    run.bold = run.italic = run.underline = True

    assert "<strong><em><u>важно</u></em></strong>" in to_html(saved(document))


def test_join_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="nothing"):
        join([])
