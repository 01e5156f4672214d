"""Rows of a table on paper: whole, under a repeated head, the last one never alone."""

import io

import pytest
from docx import Document

from nastavnik.documents.engine.docx.blank import build_blank
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


def test_last_row_stays_with_the_signature_below():
    document = made(LIST + "@sign Куратор || И.О. Фамилия", rows=["А", "Б", "В"])
    assert kept(document.tables[0])[1:] == [False, True, True]


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
