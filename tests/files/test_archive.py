"""The guard of zipped documents, by archives made to harm."""

import io
import struct
import zipfile

import pytest

from nastavnik.files.archive import ZipLimits, check_markup, entries_marked, has_macros, opened
from nastavnik.files.refusals import FileRefused, Refusals

pytestmark = pytest.mark.unit
LIMITS = ZipLimits(unpacked=4 << 20, ratio_from=1 << 20, entries=5)
refuse = Refusals({code: code for code in ("bomb", "damaged", "password", "paths", "entities")})


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def directory_says(data, offset, layout, value):
    """The archive with one field of its (only) directory entry overwritten."""
    spoilt = bytearray(data)
    struct.pack_into(layout, spoilt, spoilt.index(b"PK\x01\x02") + offset, value)
    return bytes(spoilt)


def outcome(data):
    try:
        with opened(data, LIMITS, refuse) as archive:
            check_markup(archive, refuse)
    except FileRefused as refused:
        return refused.code, refused.place
    return "sound", ""


SMALL = packed({"a.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SMALL, ("sound", "")),
        (packed({"a.xml": b"<x/>"}, zipfile.ZIP_STORED), ("sound", "")),
        (packed({"a.xml": b"<x/>" * 999}, zipfile.ZIP_BZIP2), ("damaged", "a.xml")),
        (packed({"a.xml": b"<x/>" * 999}, zipfile.ZIP_LZMA), ("damaged", "a.xml")),
        (packed({f"{i}.txt": b"" for i in range(6)}), ("bomb", "")),
        (packed({"a.bin": b" " * (2 << 20)}), ("bomb", "")),
        (packed(dict.fromkeys("abc", b" " * (2 << 20)), zipfile.ZIP_STORED), ("bomb", "")),
        (directory_says(SMALL, 24, "<L", 5 << 20), ("bomb", "")),
        (directory_says(SMALL, 20, "<L", 9999), ("bomb", "")),
        (directory_says(SMALL, 8, "<H", 1), ("password", "")),
        (packed({"x/../../a": b""}), ("paths", "x/../../a")),
        (packed({"/a": b""}), ("paths", "/a")),
        (packed({"C:a": b""}), ("paths", "C:a")),
        (packed({"d/a.vml": b"<!DOCTYPE x><x/>"}), ("entities", "d/a.vml")),
        (packed({"a.rels": '<!ENTITY a "">'.encode("utf-16")}), ("entities", "a.rels")),
        (SMALL[:-10], ("damaged", "")),
    ],
)
def test_an_archive_is_let_through_or_refused_by_its_fault(data, expected):
    assert outcome(data) == expected


def test_two_entries_of_one_name_are_a_damaged_file():
    data = packed({"a.xml": b"", "b.xml": b""}).replace(b"b.xml", b"a.xml")

    assert outcome(data) == ("damaged", "")


def test_entries_are_counted_without_parsing_the_directory():
    assert entries_marked(packed({f"{i}.txt": b"" for i in range(7)})) == 7


@pytest.mark.parametrize(
    ("name", "expected"),
    [("word/vbaproject.bin", True), ("basic/standard/a.xml", True), ("word/document.xml", False)],
)
def test_macros_are_known_by_the_names_of_parts(name, expected):
    assert has_macros([name]) is expected
