"""Rows of a table on paper: whole, under a repeated head, the last one never alone."""

import io

import pytest
from docx import Document

from nastavnik.documents.engine.docx.blank import build_blank
from nastavnik.documents.engine.docx.html import to_html
from nastavnik.documents.engine.docx.keeping import keep_last_rows
from nastavnik.documents.engine.docx.template import compile_template

LIST = (
    "@table 10 90\n| № | Имя |\n@for row in rows\n| {{ loop.index }} | {{ row }} |\n@endfor\n@end\n"
)


def made(source: str, **data):
    return Document(io.BytesIO(compile_template(build_blank(source)).render(data)))


def kept(table) -> list[bool]:
    """Whether all paragraphs of each row stay with the next row."""
    return [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in table.rows
    ]


def test_last_two_rows_stay_together_however_many_there_are():
    assert kept(made(LIST, rows=["А", "Б", "В", "Г"]).tables[0])[1:] == [False, False, True, False]


SIGNED = LIST + "@sign Куратор || И.О. Фамилия"


def test_signature_below_becomes_a_row_without_lines_tied_to_the_last_two():
    document = made(SIGNED, rows=["А", "Б", "В"])
    (table,) = document.tables
    assert kept(table)[1:] == [False, True, True, False]
    row = table.rows[-1]
    assert (len(row._tr.tc_lst), row.cells[0].text) == (1, "Куратор\tИ.О. Фамилия")
    assert [f'w:{side} w:val="nil"' in row._tr.xml for side in ("left", "bottom", "right")] == [
        True, True, True,
    ]  # fmt: skip
    assert [p.text for p in document.paragraphs] == [""]  # Word wants one after a table


def test_several_signatures_stay_together_and_what_follows_stays_below():
    document = made(f"{SIGNED}\n@sign Секретарь || А.А. Вторая\n@plain ниже", rows=["А", "Б"])
    assert document.tables[0].rows[-1].cells[0].text.count("\t") == 2
    assert [p.text for p in document.paragraphs] == ["ниже"]


def test_screen_shows_the_signature_below_the_table():
    page = to_html(compile_template(build_blank(SIGNED)).render({"rows": ["А", "Б", "В"]}))
    table, _, below = page.partition("</table>")
    assert ("Куратор" in table, '<p class="paper__row"><span>Куратор</span>' in below) == (
        False, True,
    )  # fmt: skip


def test_signature_below_a_short_table_stays_a_paragraph():
    document = made(SIGNED, rows=["А"])
    assert [p.text for p in document.paragraphs] == ["Куратор\tИ.О. Фамилия"]


def test_rows_are_whole_and_the_head_repeats():
    rows = made(LIST, rows=["А", "Б"]).tables[0].rows
    assert all("w:cantSplit" in row._tr.xml for row in rows)
    assert ["w:tblHeader" in row._tr.xml for row in rows] == [True, False, False]


@pytest.mark.parametrize("rows", [[], ["А"]])
def test_short_table_is_left_as_it_is(rows):
    assert kept(made(LIST, rows=rows).tables[0])[1:] == [False] * len(rows)


def test_every_table_of_a_document_is_seen():
    tables = made(LIST + "@plain между\n" + LIST, rows=["А", "Б", "В"]).tables
    assert [kept(table)[1:] for table in tables] == [[False, True, False]] * 2


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("<w:p><w:r/></w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr><w:r/></w:p>"),
        (
            '<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>',
            '<w:p><w:pPr><w:keepNext/><w:jc w:val="left"/></w:pPr></w:p>',
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="A"/><w:keepNext/></w:pPr></w:p>',
            '<w:p><w:pPr><w:pStyle w:val="A"/><w:keepNext/></w:pPr></w:p>',
        ),
    ],
)
def test_paragraphs_of_an_own_template_are_tied_too(row, after):
    table = "<w:tbl><w:tr>1</w:tr><w:tr>{}</w:tr><w:tr>3</w:tr></w:tbl>"
    assert keep_last_rows(table.format(row)) == table.format(after)


@pytest.mark.parametrize(
    "xml",
    [
        "<w:body/>",
        "<w:tbl><w:tr>1</w:tr>",
        "<w:tbl><w:tr><w:tbl><w:tr>1</w:tr><w:tr>2</w:tr><w:tr>3</w:tr></w:tbl></w:tr></w:tbl>",
    ],
)
def test_what_is_no_plain_table_stays_the_same(xml):
    assert keep_last_rows(xml) == xml
