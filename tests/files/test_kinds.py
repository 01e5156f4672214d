"""Files told by their bytes."""

import pytest

from nastavnik.files.kinds import kind_of_bytes, streams_of_ole

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\x00\t", "empty"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "image"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"{\\rtf1", "rtf"),
        (b"\x7fELF", "program"),
        (b"\x09\x08\x10\x00", "old_excel"),
        (b"BM\x00\x00", "image"),
        (b"BMW;Opel", "text"),
        (b"MZ\x90\x00", "program"),
        ("MZ;Зет".encode(), "text"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "html"),
        (b"<table><tr>", "html"),
        (b"<!DOCTYPE book><book/>", "doctype"),
        (b'<!DOCTYPE html [<!ENTITY a "b">]>', "entities"),
        ("<Workbook/>".encode("utf-16"), "xml"),
        ("ФИО;Класс".encode("cp1251"), "text"),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(data, expected):
    assert kind_of_bytes(data) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["EncryptedPackage"], {"password"}),
        (["Workbook", "_VBA_PROJECT"], {"workbook", "macros"}),
        (["WordDocument"], {"word"}),
        (["Contents"], set()),
    ],
)
def test_streams_of_an_old_file_are_told_by_their_names(names, expected):
    data = b"\x00".join(name.encode("utf-16-le") for name in names)

    assert streams_of_ole(data) == expected
