"""What a file really is, told by its bytes and not by its name."""

import zipfile
import zlib

from nastavnik.files.archive import ZipLimits, check_markup, has_macros, head_of, opened
from nastavnik.files.kinds import kind_of_bytes, streams_of_ole

from .refusals import refuse

LIMITS = ZipLimits(unpacked=128 << 20, ratio_from=4 << 20)
MAX_PART = 48 << 20

_CODES = {"program": "unknown", "doctype": "markup", "html": "markup", "xml": "markup"}
_OLD_OFFICE = (
    ("password", "password"),
    ("word", "old_word"),
    ("presentation", "presentation"),
    ("workbook", "old_excel"),
)


def kind_of(data: bytes) -> str:
    """`docx`, `xlsx`, `odt`, `ods` or `text`.

    Raises: FileRefused for everything else, and for packages built to harm.
    """
    kind = kind_of_bytes(data)
    if kind == "text":
        return kind
    if kind == "zip":
        return _package(data)
    if kind == "ole":
        streams = streams_of_ole(data)
        raise refuse(next((code for what, code in _OLD_OFFICE if what in streams), "unknown"))
    raise refuse(_CODES.get(kind, kind))


def _package(data: bytes) -> str:
    with opened(data, LIMITS, refuse) as archive:
        kind = _kind(archive)
        check_markup(archive, refuse)
        return kind


def _kind(archive: zipfile.ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if has_macros(names):
        raise refuse("macros")
    if "mimetype" in names:
        return _open_document(archive, names)
    if any(name.startswith("ppt/") for name in names):
        raise refuse("presentation")
    if "xl/workbook.bin" in names:
        raise refuse("old_excel")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    office = any(name.startswith(("word/", "xl/")) for name in names)
    raise refuse("damaged" if office else "archive")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    mimetype = head_of(archive, "mimetype")
    if b"encryption-data" in head_of(archive, "META-INF/manifest.xml"):
        raise refuse("password")
    if b"presentation" in mimetype:
        raise refuse("presentation")
    for mark, kind in ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods")):
        if mark in mimetype:
            if "content.xml" not in names:
                raise refuse("damaged")
            return kind
    raise refuse("unknown")


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of the package, empty when it is absent.

    Raises: FileRefused when it unpacks to more than its directory promised or we allow.
    """
    try:
        with archive.open(name) as part:
            data = part.read(MAX_PART + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise refuse("damaged", name) from error
    if len(data) > MAX_PART:
        raise refuse("bomb", name)
    return data
