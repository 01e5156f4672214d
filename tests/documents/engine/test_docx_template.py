import io
import sys
import time

import pytest
from docx import Document

from nastavnik.documents.engine.docx import RenderFailed, TemplateRefused, compile_template
from nastavnik.documents.engine.docx.catalogue import blank
from tests.documents.engine.docx_samples import from_text, saved, texts

pytestmark = pytest.mark.unit


def test_render_field_split_over_runs_is_whole_again():
    document = Document()
    paragraph = document.add_paragraph("Назначить ")
    for piece in ("{", "{ per", "son.na", "me }", "}", " куратором"):
        paragraph.add_run(piece).bold = piece == "son.na"

    rendered = compile_template(saved(document)).render({"person": {"name": "Белову Н.А."}})

    assert texts(rendered) == ["Назначить Белову Н.А. куратором"]


def test_render_paragraph_condition_removes_its_lines():
    template = compile_template(
        from_text("До", "{%p if shown %}", "Середина", "{%p endif %}", "После")
    )

    assert texts(template.render({"shown": False})) == ["До", "После"]
    assert texts(template.render({"shown": True})) == ["До", "Середина", "После"]


def test_render_table_rows_repeat_and_tags_vanish():
    document = Document()
    table = document.add_table(rows=4, cols=2)
    cells = [
        ("№", "Имя"),
        ("{%tr for row in rows %}", ""),
        ("{{ loop.index }}", "{{ row.name }}"),
        ("{%tr endfor %}", ""),
    ]
    for line, (first, second) in zip(table.rows, cells, strict=True):
        line.cells[0].text, line.cells[1].text = first, second

    rendered = compile_template(saved(document)).render(
        {"rows": [{"name": "Анна"}, {"name": "Пётр"}]}
    )

    assert texts(rendered) == ["№", "Имя", "1", "Анна", "2", "Пётр"]


def test_render_word_quotes_inside_a_field_work():
    template = compile_template(from_text("{{ names|join(“; ”) }}"))

    assert texts(template.render({"names": ["А", "Б"]})) == ["А; Б"]


def test_render_markup_and_control_characters_stay_text():
    template = compile_template(from_text("{{ name }}"))

    rendered = template.render({"name": "</w:t><w:p/> & \x00{{ secret }}\nвторая"})

    assert texts(rendered) == ["</w:t><w:p/> & {{ secret }}\nвторая"]


def test_render_names_that_mappings_have_are_looked_up_as_data():
    template = compile_template(from_text("{{ box.items }} {{ box.keys }}"))

    assert texts(template.render({"box": {"items": "вещи", "keys": "ключи"}})) == ["вещи ключи"]


def test_render_missing_field_is_named():
    template = compile_template(from_text("{{ person.post }}"))

    with pytest.raises(RenderFailed, match="«post»"):
        template.render({"person": {}})


def test_render_whole_list_in_a_field_is_refused():
    template = compile_template(from_text("{{ pairs }}"))

    with pytest.raises(RenderFailed):
        template.render({"pairs": [1, 2]})


def test_render_blank_value_becomes_a_line_to_fill():
    template = compile_template(from_text("№ {{ number|blank(5) }}"))

    assert texts(template.render({"number": ""})) == ["№ _____"]


def test_render_same_data_gives_same_bytes():
    item = blank("order_pairs")

    first = compile_template(item.template()).render(item.example())
    compile_template.cache_clear()

    assert compile_template(item.template()).render(item.example()) == first


@pytest.mark.parametrize("opened", ["{%p if a %}", "{%p for x in a %}"])
def test_compile_block_left_open_is_refused(opened):
    with pytest.raises(TemplateRefused, match="не закрыто"):
        compile_template(from_text(opened, "текст"))


def test_compile_block_over_different_places_is_refused():
    document = Document()
    document.add_paragraph("{%p for x in rows %}")
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{% endfor %}"

    with pytest.raises(TemplateRefused, match="разных местах"):
        compile_template(saved(document))


def test_render_qr_field_becomes_a_picture_of_the_address():
    template = compile_template(from_text("Код: {{ qr }}"))

    document = Document(io.BytesIO(template.render({"qr_url": "https://nastavnik.example/d/7"})))
    absent = Document(io.BytesIO(template.render({})))

    assert [len(document.inline_shapes), len(absent.inline_shapes)] == [1, 0]


def test_pair_order_of_thirty_rows_time_is_printed(capsys):
    item = blank("order_pairs")
    data = item.example()
    data["pairs"] = [{**data["pairs"][row % 2], "number": row + 1} for row in range(30)]
    template = compile_template(item.template())
    template.render(data)

    started = time.process_time()
    for _ in range(20):
        rendered = template.render(data)
    spent_ms = (time.process_time() - started) * 1000 / 20

    with capsys.disabled():
        sys.stdout.write(f" [{spent_ms:.1f} ms]")
    assert len(Document(io.BytesIO(rendered)).tables[-1].rows) == 31


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("{{ x|so }}", "статьёй 9", "со статьёй 9"),
        ("{{ x|so }}", "законом", "с законом"),
        ("{{ x|so }}", "дня подписания", "со дня подписания"),
        ("{{ x|so }}", "Федеральным законом", "с Федеральным законом"),
        ("до {{ x|stop }}", "31 мая 2026 г.", "до 31 мая 2026 г."),
        ("до {{ x|stop }}", "конца года", "до конца года."),
        ("{{ x|capfirst }}", "директор школы № 5", "Директор школы № 5"),
        ("{{ x|upper }} {{ x|lower }} {{ x|length }}", "Аб", "АБ аб 2"),
        ("{{ x|default('нет') }}", "есть", "есть"),
        ("{% if x is defined and x == 'а' %}да{% else %}нет{% endif %}", "а", "да"),
        ("{{ 'да' if x else 'нет' }}", "", "нет"),
        ("{# пояснение #}{{ x }}", "текст", "текст"),
    ],
)
def test_render_small_helpers_of_the_language(text, value, expected):
    assert texts(compile_template(from_text(text)).render({"x": value})) == [expected]
