"""What a file really is, told by its bytes and not by its name."""

import io
import zipfile
import zlib

from .refusals import refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 3000
MAX_UNPACKED = 128 << 20
MAX_PART = 48 << 20
MAX_RATIO = 150
RATIO_FROM = 4 << 20
HEAD = 64 << 10

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "unknown"),
)
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_MARKUP = (".xml", ".rels")


def kind_of(data: bytes) -> str:
    """`docx`, `xlsx`, `odt`, `ods` or `text`.

    Raises: SourceError for everything else, and for packages built to harm.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refuse("empty")
    if data.startswith(b"PK"):
        return _package(data)
    if data.startswith(OLE):
        raise refuse(_old_office(data))
    for magic, code in _MAGIC:
        if data.startswith(magic):
            raise refuse(code)
    if data.startswith(_BIFF):
        raise refuse("old_excel")
    if data.startswith((b"MZ", b"BM")) and b"\x00" in data[:256]:
        raise refuse("unknown" if data.startswith(b"MZ") else "image")
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"<"):
        raise refuse("entities" if b"<!entity" in head else "markup")
    return "text"


def _old_office(data: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        return "password"
    if has("WordDocument"):
        return "old_word"
    if has("PowerPoint Document"):
        return "presentation"
    return "old_excel" if has("Workbook") or has("Book") else "unknown"


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), len(data))
            kind = _kind(archive)
            _check_markup(archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError) as error:
        raise refuse("damaged") from error
    except (NotImplementedError, RuntimeError, OverflowError) as error:
        raise refuse("damaged") from error


def _check_entries(infos: list[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise refuse("bomb")
    # Entries that share bytes pack a bomb into a small file without a high ratio.
    if sum(info.compress_size for info in infos) > size:
        raise refuse("bomb")
    for info in infos:
        heavy = info.file_size > RATIO_FROM
        if heavy and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise refuse("bomb")
        if info.flag_bits & 1:
            raise refuse("password")
        parts = info.filename.replace("\\", "/").split("/")
        if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise refuse("paths")
    if len({info.filename for info in infos}) != len(infos):
        raise refuse("damaged")


def _kind(archive: zipfile.ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
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
    mimetype = _head(archive, "mimetype")
    if b"encryption-data" in _head(archive, "META-INF/manifest.xml"):
        raise refuse("password")
    if b"presentation" in mimetype:
        raise refuse("presentation")
    for mark, kind in ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods")):
        if mark in mimetype:
            if "content.xml" not in names:
                raise refuse("damaged")
            return kind
    raise refuse("unknown")


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(HEAD)
    except KeyError:
        return b""


def _check_markup(archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if not info.filename.lower().endswith(_MARKUP):
            continue
        with archive.open(info) as part:
            head = part.read(HEAD).replace(b"\x00", b"").lower()
        if b"<!doctype" in head or b"<!entity" in head:
            raise refuse("entities", info.filename)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of the package, empty when it is absent.

    Raises: SourceError when it unpacks to more than its directory promised or we allow.
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
