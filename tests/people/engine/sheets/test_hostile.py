"""Broken and hostile files: refused in Russian or read, in time, and the caller lives."""

import io
import random
import re
import time
import zipfile

import pytest

from nastavnik.files.refusals import FileRefused
from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.refusals import MESSAGES

from .builders import PEOPLE, TABLE, csv_text, ods, repacked, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = {"xlsx": xlsx(TABLE), "xls": xls(TABLE), "ods": ods(TABLE)}
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TAIL = "</worksheet>"


def sheet(body, before=""):
    xml = f"<?xml version='1.0'?>{before}{HEAD}{body}{TAIL}".encode()
    return repacked(GOOD["xlsx"], {SHEET: xml})


def ole(*names):
    return OLE + b"\x00" * 1600 + b"".join(name.encode("utf-16-le") for name in names)


def with_content_type(text):
    with zipfile.ZipFile(io.BytesIO(GOOD["xlsx"])) as archive:
        types = archive.read("[Content_Types].xml").decode()
    changed = types.replace("spreadsheetml.sheet.main", text)
    return repacked(GOOD["xlsx"], {"[Content_Types].xml": changed.encode()})


def encrypted_entries():
    data = bytearray(GOOD["xlsx"])
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


def lying_size():
    """The directory promises 100 bytes, the entry unpacks to many megabytes."""
    data = bytearray(sheet("<sheetData>" + "<row r='1'/>" * 200_000 + "</sheetData>"))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(mark, bytes(data)):
            if SHEET.encode() in data[found.start() : found.start() + 90]:
                data[found.start() + place : found.start() + place + 4] = (100).to_bytes(
                    4, "little"
                )
    return bytes(data)


def far(cell):
    return sheet(
        f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="{cell}"><v>2</v></c></row></sheetData>'
    )


def named_entry(name):
    return repacked(GOOD["xlsx"], {name: b"x"})


REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
)


def squeezed(method):
    """One part packed by a method that office programs never use and whose bytes are then spoilt."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD["xlsx"])) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), method if name == SHEET else zipfile.ZIP_DEFLATED)
        place = new.getinfo(SHEET).header_offset + 30 + len(SHEET) + 12
    data = bytearray(out.getvalue())
    data[place : place + 40] = b"\xff" * 40
    return bytes(data)


def ods_repeated():
    with zipfile.ZipFile(io.BytesIO(GOOD["ods"])) as archive:
        content = archive.read("content.xml").decode()
    return repacked(
        GOOD["ods"], {"content.xml": content.replace("</table:table>", REPEATED).encode()}
    )


REFUSED = {
    "zero bytes": (b"", "empty"),
    "only spaces": (b"  \r\n\t ", "empty"),
    "only zeros": (b"\x00" * 5000, "empty"),
    "far cell": (far("XFD1048576"), "far_cell"),
    "far cell down": (far("A99999999"), "far_cell"),
    "far cell right": (far("ZZZZZZ9"), "far_cell"),
    "far cell in single quotes": (sheet("<sheetData><row><c r='A1'><v>1</v></c><c r='XFD1048576'><v>2</v></c></row></sheetData>"), "far_cell"),
    "entity": (sheet("<sheetData/>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "entities"),
    "laughs": (sheet("<sheetData/>", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'), "entities"),
    "entity in strings": (repacked(GOOD["xlsx"], {"xl/sharedStrings.xml": b'<!DOCTYPE x><sst/>'}), "entities"),
    "zeros bomb": (repacked(GOOD["xlsx"], {SHEET: b" " * (30 << 20)}), "bomb"),
    "cell of 60 MB": (sheet('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * (60 << 20) + "</t></is></c></row></sheetData>"), "bomb"),
    "many entries": (repacked(GOOD["xlsx"], {f"xl/x{i}.bin": b"" for i in range(3100)}), "bomb"),
    "squeezed by bzip2": (squeezed(zipfile.ZIP_BZIP2), "damaged"),
    "squeezed by lzma": (squeezed(zipfile.ZIP_LZMA), "damaged"),
    "nested zip": (named_entry("xl/embeddings/inner.zip"), "nested"),
    "nested workbook": (named_entry("xl/embeddings/Microsoft_Excel_Sheet.xlsx"), "nested"),
    "path up": (named_entry("../../etc/passwd"), "paths"),
    "path from root": (named_entry("/etc/passwd"), "paths"),
    "path with backslashes": (named_entry("..\\..\\boot.ini"), "paths"),
    "path with a drive": (named_entry("C:/boot.ini"), "paths"),
    "macros": (named_entry("xl/vbaProject.bin"), "macros"),
    "macros by type": (with_content_type("sheet.macroEnabled.main"), "macros"),
    "macros in ods": (repacked(GOOD["ods"], {"Basic/Standard/x.xml": b"<x/>"}), "macros"),
    "macros in xls": (ole("Workbook", "_VBA_PROJECT"), "macros"),
    "password": (ole("EncryptedPackage", "EncryptionInfo"), "password"),
    "password of the zip": (encrypted_entries(), "password"),
    "password of ods": (repacked(GOOD["ods"], {"META-INF/manifest.xml": b"<m:encryption-data/>"}), "password"),
    "old word": (ole("WordDocument"), "word"),
    "word": (repacked(GOOD["xlsx"], {"word/document.xml": b"<x/>"}), "word"),
    "presentation": (repacked(GOOD["xlsx"], {"ppt/presentation.xml": b"<x/>"}), "presentation"),
    "binary workbook": (repacked(GOOD["xlsx"], {"xl/workbook.bin": b"x"}), "binary_excel"),
    "plain zip": (repacked(GOOD["xlsx"], dict.fromkeys(zipfile.ZipFile(io.BytesIO(GOOD["xlsx"])).namelist()) | {"a.csv": b"x"}), "archive"),
    "no entries": (b"PK\x05\x06" + b"\x00" * 18, "archive"),
    "zip head only": (b"PK\x03\x04", "damaged"),
    "ole head only": (OLE + b"\x00" * 100, "damaged"),
    "ole rubbish": (ole("Workbook") + random.Random(5).randbytes(5000), "damaged"),
    "pdf": (b"%PDF-1.7\n" + b"x" * 100, "pdf"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "image"),
    "bmp": (b"BM" + b"\x00" * 100, "image"),
    "rar": (b"Rar!\x1a\x07\x00", "archive"),
    "gzip": (b"\x1f\x8b\x08" + b"\x00" * 50, "archive"),
    "rtf": (b"{\\rtf1 x}", "word"),
    "program": (b"MZ\x90\x00\x03\x00" + b"\x00" * 100, "unknown"),
    "html": ("<html><table><tr><td>ФИО</td></tr></table></html>".encode(), "html"),
    "html with bom": (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "html"),
    "xml table": (b'<?xml version="1.0"?><Workbook></Workbook>', "xml"),
    "xml with entity": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "x">]><a/>', "entities"),
    "csv with zeros": ("ФИО;Класс\r\nВет\x00рова Анна;5А\r\n".encode(), "damaged"),
    "csv too wide": (("a;" * 5000).encode(), "too_many_cells"),
    "half of utf-16": (b"\xff\xfe\x1f\x04\x18", "damaged"),
    "random bytes": (random.Random(1).randbytes(20_000), "damaged"),
    "rows without end in ods": (ods_repeated(), "damaged"),
    "no rows": (xlsx([]), "empty"),
    "no sheet": (repacked(GOOD["xlsx"], {SHEET: None}), "damaged"),
    "no workbook part": (repacked(GOOD["xlsx"], {"xl/workbook.xml": None}), "damaged"),
    "broken markup": (repacked(GOOD["xlsx"], {SHEET: b"<worksheet><sheetData><row"}), "damaged"),
    "size lies": (lying_size(), "damaged"),
    "too big": (b"a;b\n" * (11 << 20), "too_big"),
}  # fmt: skip


def refusal(data):
    """The code of the refusal, or `read`; never slower than a person's patience."""
    started = time.monotonic()
    code, message = "read", "Прочитан"
    try:
        read_workbook(data, "x.xlsx")
    except FileRefused as refused:
        code, message = refused.code, refused.message
    assert (time.monotonic() - started < 5, message[0] in "ВДЭФНП") == (True, True)
    return code


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_russian(name):
    data, expected = REFUSED[name]

    assert refusal(data) == expected


def broken_files():
    dice = random.Random(7)
    for kind, data in GOOD.items():
        for _ in range(5):
            yield f"{kind} cut", data[: dice.randrange(1, len(data))]
        for _ in range(5):
            spoilt = bytearray(data)
            for _ in range(dice.randrange(1, 12)):
                spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
            yield f"{kind} flipped", bytes(spoilt)
    text = csv_text(TABLE).encode("cp1251")
    for _ in range(5):
        yield "csv cut", text[: dice.randrange(1, len(text))]


def test_cut_and_flipped_files_are_refused_or_read():
    outcomes = [refusal(data) for _, data in broken_files()]

    assert set(outcomes) <= {"read", *MESSAGES, "far_cell"}
    assert len(outcomes) == 35


def test_a_dimension_of_twenty_million_rows_is_only_a_claim():
    claim = '<dimension ref="A1:XFD20000000"/><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'

    assert read_workbook(sheet(claim)).sheets[0].rows == [[5]]


def test_styled_empty_cells_far_away_do_no_harm():
    body = '<sheetData><row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'

    assert read_workbook(sheet(body)).sheets[0].rows == [[5]]


@pytest.mark.parametrize("kind", GOOD)
def test_a_wrong_extension_is_read_by_content(kind):
    workbook = read_workbook(GOOD[kind], "registry.csv")

    assert workbook.kind == kind
    assert [row[1] for row in workbook.sheets[0].rows[1:]] == [row[1] for row in PEOPLE]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FileRefused) as refused:
        read_workbook(tmp_path / "nothing.xlsx")

    assert refused.value.code == "not_found"
