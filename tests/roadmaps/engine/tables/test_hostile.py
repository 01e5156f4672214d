"""Broken and hostile documents: refused in Russian or read, in time, and the caller lives."""

import io
import json
import random
import re
import time
import zipfile

import pytest

from nastavnik.files.child import EXIT_READ, settle
from nastavnik.files.refusals import FileRefused
from nastavnik.roadmaps.engine.tables import read_source, read_text, recognise
from nastavnik.roadmaps.engine.tables.child import answer
from nastavnik.roadmaps.engine.tables.refusals import MESSAGES

from .builders import HEADERS, ROWS, TITLE, excel, open_sheet, open_text, repacked, word

TABLE = [HEADERS, *ROWS]
BODY = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = {
    "docx": word(*TITLE, TABLE),
    "xlsx": excel([[line] for line in TITLE] + TABLE),
    "odt": open_text(TITLE, TABLE),
    "ods": open_sheet([[line] for line in TITLE] + TABLE),
}


def document(body, before=""):
    xml = f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return repacked(GOOD["docx"], {BODY: xml.encode()})


def ole(*names):
    return OLE + b"\x00" * 1600 + b"".join(name.encode("utf-16-le") for name in names)


def encrypted_entries():
    data = bytearray(GOOD["docx"])
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


def without(kind, part):
    with zipfile.ZipFile(io.BytesIO(GOOD[kind])) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != part}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in kept.items():
            made.writestr(name, content)
    return out.getvalue()


def repeated(kind, times):
    with zipfile.ZipFile(io.BytesIO(GOOD[kind])) as archive:
        content = archive.read("content.xml").decode()
    row = (
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell '
        f'table:number-columns-repeated="{times}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>" * 20 + "</table:table>"
    )
    return repacked(GOOD[kind], {"content.xml": content.replace("</table:table>", row).encode()})


REFUSED = {
    "zero bytes": (b"", "empty"),
    "only zeros": (b"\x00" * 5000, "empty"),
    "pdf": (b"%PDF-1.7\n" + b"x" * 100, "pdf"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image"),
    "rar": (b"Rar!\x1a\x07\x00", "archive"),
    "rtf": (b"{\\rtf1 x}", "rtf"),
    "program": (b"MZ\x90\x00\x03\x00" + b"\x00" * 100, "unknown"),
    "html": (b"<html><table></table></html>", "markup"),
    "xml with entity": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "x">]><a/>', "entities"),
    "old word": (ole("WordDocument"), "old_word"),
    "old excel": (ole("Workbook"), "old_excel"),
    "password": (ole("EncryptedPackage", "EncryptionInfo"), "password"),
    "password of the zip": (encrypted_entries(), "password"),
    "password of odt": (repacked(GOOD["odt"], {"META-INF/manifest.xml": b"<m:encryption-data/>"}), "password"),
    "macros": (repacked(GOOD["docx"], {"word/vbaProject.bin": b"x"}), "macros"),
    "presentation": (repacked(without("docx", BODY), {"ppt/presentation.xml": b"<x/>"}), "presentation"),
    "plain zip": (repacked(without("odt", "mimetype"), {"a.txt": b"x"}), "archive"),
    "no body": (without("docx", BODY), "damaged"),
    "no content": (without("odt", "content.xml"), "damaged"),
    "no workbook": (without("xlsx", "xl/workbook.xml"), "damaged"),
    "path up": (repacked(GOOD["docx"], {"../../etc/passwd": b"x"}), "paths"),
    "entity": (document("<w:p/>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "entities"),
    "laughs": (document("<w:p/>", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'), "entities"),
    "entity in notes": (repacked(GOOD["docx"], {"word/footnotes.xml": b"<!DOCTYPE x><x/>"}), "entities"),
    "zeros bomb": (repacked(GOOD["docx"], {"word/media/a.bin": b" " * (30 << 20)}), "bomb"),
    "text bomb": (document("<w:p><w:r><w:t>" + "x" * (60 << 20) + "</w:t></w:r></w:p>"), "bomb"),
    "deep tree": (document("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "damaged"),
    "broken markup": (repacked(GOOD["docx"], {BODY: b"<w:document><w:body"}), "damaged"),
    "not a document": (repacked(GOOD["docx"], {BODY: b"<x/>"}), "damaged"),
    "zip head only": (b"PK\x03\x04", "damaged"),
    "no entries": (b"PK\x05\x06" + b"\x00" * 18, "archive"),
    "random bytes": (random.Random(1).randbytes(20_000), "unknown"),
    "no text": (document("<w:p/>"), "no_text"),
    "too big": (b"a;b\n" * (6 << 20), "too_big"),
    "rows without end in ods": (repeated("ods", 100_000), "too_long"),
}  # fmt: skip


def refusal(data):
    """The code of the refusal, or `read`; never slower than a person's patience."""
    started = time.process_time()
    code, message = "read", "Прочитан"
    try:
        recognise(read_source("x.docx", data))
    except FileRefused as refused:
        code, message = refused.code, refused.message
    assert (time.process_time() - started < 5, message[0] in "ВДЭФНП") == (True, True)
    return code


def settled(data):
    """What the child process would answer: the code of a refusal or `read`."""
    exit_code, parts = settle(answer, data)
    told = json.loads(parts[0]) if parts else {"code": "too_long"}
    return "read" if exit_code == EXIT_READ else told["code"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_russian(name):
    data, expected = REFUSED[name]

    assert refusal(data) == expected


def spoilt_files(seed, times):
    """Every kind cut short and with bits flipped, the same ones at every run."""
    dice = random.Random(seed)
    for kind, data in GOOD.items():
        for _ in range(times):
            yield kind, data[: dice.randrange(1, len(data))]
            spoilt = bytearray(data)
            for _ in range(dice.randrange(1, 12)):
                spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
            yield kind, bytes(spoilt)


def test_cut_and_flipped_files_are_refused_or_read():
    outcomes = [refusal(data) for _, data in spoilt_files(7, 2)]

    assert set(outcomes) <= {"read", *MESSAGES}
    assert len(outcomes) == 16


def test_spoilt_markup_never_ends_in_an_error_of_the_reader():
    # Word and OpenDocument are read by lxml alone: many of them need no process each.
    spoilt = [data for kind, data in spoilt_files(11, 15) if kind in {"docx", "odt", "ods"}]

    assert {settled(data) for data in spoilt} <= {"read", *MESSAGES}


def test_noise_inside_the_parts_never_ends_in_an_error_of_the_reader():
    dice = random.Random(5)
    with zipfile.ZipFile(io.BytesIO(GOOD["docx"])) as archive:
        body = archive.read(BODY)
    outcomes = set()
    for _ in range(25):
        noisy = bytearray(body)
        for _ in range(dice.randrange(1, 6)):
            noisy[dice.randrange(len(noisy))] = dice.randrange(256)
        outcomes.add(settled(repacked(GOOD["docx"], {BODY: bytes(noisy)})))

    assert outcomes <= {"read", *MESSAGES}


@pytest.mark.parametrize(
    "text",
    ["\t" * 5000, "|" * 5000 + "\n" + "|" * 5000, "1. " * 3000, "\x00\x01\x02", "«»\n" * 500],
)
def test_strange_texts_are_refused_or_read(text):
    outcome = "read"
    try:
        recognise(read_text(text))
    except FileRefused as refused:
        outcome = refused.code

    assert outcome in {"read", *MESSAGES}
