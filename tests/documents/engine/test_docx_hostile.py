import io
import random
import re
import zipfile

import pytest
from docx import Document

from nastavnik.documents.engine.docx import (
    RenderFailed,
    TemplateRefused,
    check_template,
    compile_template,
    join,
    to_html,
)
from nastavnik.documents.engine.docx import template as template_module
from nastavnik.documents.engine.docx.catalogue import blank
from nastavnik.documents.engine.docx.package import pack, read_package
from tests.documents.engine.docx_samples import (
    from_text,
    raw_zip,
    replaced,
    saved,
    texts,
    with_part,
)

pytestmark = pytest.mark.unit

INJECTIONS = [
    "{{ ''.__class__ }}",
    "{{ name.__class__.__mro__ }}",
    "{{ name|attr('__class__') }}",
    "{{ name['__class__'] }}",
    "{{ self.__init__ }}",
    "{{ name.upper() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ range(9) }}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ name ~ name }}",
    "{{ name|center(999999999) }}",
    "{{ [name, name] }}",
    "{{ {'a': name} }}",
    "{% set x = name %}",
    "{% include 'secrets' %}",
    "{% import 'os' as os %}",
    "{% macro f() %}{{ f() }}{% endmacro %}",
    "{% for x in range(999999999) %}x{% endfor %}",
    "{% for x in 'aaaa' %}x{% endfor %}",
    "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "{% for x in rows %}{% for y in rows %}z{% endfor %}{% endfor %}",
    "{% while true %}x{% endwhile %}",
    "{{ name|join(name) }}",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_compile_code_beyond_fields_is_refused(text):
    with pytest.raises(TemplateRefused):
        compile_template(from_text(text))


def test_render_python_attributes_are_out_of_reach():
    template = compile_template(from_text("{{ name.upper|default('нет') }}"))

    assert texts(template.render({"name": "строка"})) == ["нет"]


def test_render_code_inside_attributes_stays_text():
    docx = replaced(from_text("текст"), "docProps/core.xml", b"python-docx", b"{{ 7 }}")

    assert b"{{ 7 }}" in read_package(compile_template(docx).render({}))["docProps/core.xml"]


def test_render_huge_output_stops(monkeypatch):
    monkeypatch.setattr(template_module, "MAX_OUTPUT_CHARS", 50_000)
    template = compile_template(from_text("{% for row in rows %}{{ row }}{% endfor %}"))

    with pytest.raises(RenderFailed, match="слишком большим"):
        template.render({"rows": ["x" * 100] * 1000})


def codes(docx: bytes) -> list[str]:
    return [problem.code for problem in check_template(docx, {"name"}, set())]


def test_check_bytes_that_are_no_docx():
    assert [codes(b""), codes(b"PK\x03\x04 broken"), codes(raw_zip(a=b"1"))] == [["not-docx"]] * 3


def test_check_old_word_format():
    assert codes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == ["old-format"]


def test_check_bomb_by_ratio_is_refused_before_unpacking():
    assert codes(with_part(from_text("a"), "word/media/big.bin", b"\0" * 8_000_000)) == ["bomb"]


def test_check_bomb_by_entries():
    parts = {f"word/{number}.xml": b"" for number in range(600)}
    assert codes(raw_zip(**parts)) == ["bomb"]


def test_check_size_that_lies_is_refused():
    honest = with_part(from_text("a"), "word/media/b.bin", b"b" * 5000)
    lying = honest.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert codes(lying) in (["bomb"], ["not-docx"])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_check_method_that_word_never_writes_is_refused(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 100)

    assert codes(out.getvalue()) == ["not-docx"]


def test_check_path_outside_the_package():
    assert codes(with_part(from_text("a"), "../evil.xml", b"x")) == ["bad-names"]


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">',
    ],
)
def test_check_dtd_is_refused(doctype):
    docx = from_text("a")
    old = read_package(docx)["word/document.xml"]
    head, _, rest = old.partition(b"?>")

    assert codes(replaced(docx, "word/document.xml", old, head + b"?>" + doctype + rest)) == ["dtd"]


def test_check_macros():
    assert codes(with_part(from_text("a"), "word/vbaProject.bin", b"x")) == ["macros"]


def test_check_embedded_object():
    assert codes(with_part(from_text("a"), "word/embeddings/oleObject1.bin", b"x")) == ["embedded"]


def external(kind: str) -> bytes:
    relation = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/a" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    return replaced(
        from_text("{{ name }}"),
        "word/_rels/document.xml.rels",
        b"</Relationships>",
        relation.encode(),
    )


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "frame"])
def test_check_external_content(kind):
    assert codes(external(kind)) == ["external"]


def test_check_external_hyperlink_only_warns():
    assert codes(external("hyperlink")) == ["link"]


def test_check_word_command_that_fetches():
    document = Document()
    document.add_paragraph("{{ name }}")._p.append(
        document.element.makeelement(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldSimple",
            {
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr": 'INCLUDETEXT "c:/x"'
            },
        )
    )
    assert codes(saved(document)) == ["field-code"]


def test_to_html_of_scripts_is_text():
    html = to_html(from_text("<script>alert(1)</script>", '" onload="x'))

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_compile_encrypted_entry_is_refused():
    docx = bytearray(from_text("a"))
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = docx.find(mark)
        docx[place + shift] |= 1

    with pytest.raises((TemplateRefused, zipfile.BadZipFile), match="парол"):
        compile_template(bytes(docx))


def damaged(docx: bytes, dice: random.Random) -> bytes:
    """The same file with a random fault: bytes changed, cut, a part lost, an attribute spoilt."""
    fault = dice.randrange(4)
    if fault == 0:
        spoilt = bytearray(docx)
        for _ in range(8):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        return bytes(spoilt)
    if fault == 1:
        return docx[: dice.randrange(len(docx))]
    parts = read_package(docx)
    name = dice.choice(sorted(parts))
    content = parts.pop(name)
    values = list(re.finditer(rb'="([^"]*)"', content))
    if fault == 2 or not values:
        return pack(parts)
    place = dice.choice(values)
    value = dice.choice([b"", b"-1", b"9" * 40, b"x", "²".encode()])
    return pack({**parts, name: content[: place.start(1)] + value + content[place.end(1) :]})


def test_damaged_files_are_refused_and_never_break_the_engine():
    item = blank("order_pairs")
    whole = compile_template(item.template()).render(item.example())
    dice = random.Random(20251015)

    outcomes = {"refused": 0, "taken": 0}
    for _ in range(150):
        docx = damaged(dice.choice([item.template(), whole]), dice)
        try:
            check_template(docx, item.allowed, item.required)
            to_html(docx)
            join([whole, docx])
            join([docx, whole])
            compile_template(docx).render(item.example())
            outcomes["taken"] += 1
        except (TemplateRefused, RenderFailed):
            outcomes["refused"] += 1

    assert outcomes["refused"] > 50
    assert sum(outcomes.values()) == 150


def test_check_part_name_that_is_no_text():
    docx = raw_zip(**{"ю.xml": b"1"}).replace("ю".encode(), b"\xff\xfe")

    assert codes(docx) == ["not-docx"]
