"""Checks on a zipped workbook before any parser sees it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from .refusals import refuse

MAX_ENTRIES = 3000
MAX_UNPACKED = 320 << 20
MAX_RATIO = 150
RATIO_FROM = 1 << 20
SCAN_UP_TO = 24 << 20
HEAD = 64 << 10
MAX_AREA = 8_000_000

_NESTED = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".xlsm", ".xls", ".docx", ".doc", ".ods", ".exe")
_MARKUP = (".xml", ".rels", ".vml")
_VALUE_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Z]{1,9})(\d{1,15})[\"'][^>]*(?<!/)>"
)


@dataclass(frozen=True, slots=True)
class ZipReport:
    """What the checks learnt: the reader to use and the size after unpacking in bytes."""

    kind: str
    unpacked: int


def check_zip(data: bytes) -> ZipReport:
    """Refuse bombs, paths, macros, passwords, entities and far cells; tell which reader fits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError) as error:
        raise refuse("damaged") from error
    except (NotImplementedError, RuntimeError, UnicodeError, OverflowError) as error:
        raise refuse("damaged") from error


def _check(archive: zipfile.ZipFile, size: int) -> ZipReport:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    _check_sizes(infos, size)
    _check_names(infos, names)
    kind = _kind(archive, set(names))
    for info in infos:
        if info.filename.lower().endswith(_MARKUP):
            _check_markup(archive, info, kind)
    return ZipReport(kind, sum(info.file_size for info in infos))


def _check_sizes(infos: list[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise refuse("bomb")
    # Entries that share bytes pack a bomb into a small file without a high ratio.
    if sum(info.compress_size for info in infos) > size:
        raise refuse("bomb")
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise refuse("bomb")


def _check_names(infos: list[zipfile.ZipInfo], names: list[str]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise refuse("password")
    if len(set(names)) != len(names):
        raise refuse("damaged")
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
            raise refuse("paths")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    lowered = {name.lower() for name in names}
    if any(name.startswith("word/") for name in lowered):
        raise refuse("word")
    if any(name.startswith("ppt/") for name in lowered):
        raise refuse("presentation")
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in lowered):
        raise refuse("macros")
    if "xl/workbook.bin" in lowered:
        raise refuse("binary_excel")
    kind = _open_document(archive, names) if "mimetype" in names else ""
    if not kind and any(name.startswith("xl/") for name in lowered):
        kind = "xlsx"
        if b"macroenabled" in _head(archive, "[Content_Types].xml").lower():
            raise refuse("macros")
    if not kind:
        raise refuse("archive")
    if any(name.endswith(_NESTED) for name in lowered):
        raise refuse("nested")
    return kind


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    mimetype = _head(archive, "mimetype")
    if b"spreadsheet" in mimetype:
        if "META-INF/manifest.xml" in names:
            manifest = _head(archive, "META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise refuse("password")
        return "ods"
    raise refuse("word" if b"opendocument.text" in mimetype else "unknown")


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(HEAD)
    except KeyError:
        return b""


def _check_markup(archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: str) -> None:
    sheet = kind == "xlsx" and info.filename.lower().startswith("xl/worksheets/sheet")
    whole = sheet and info.file_size <= SCAN_UP_TO
    with archive.open(info) as part:
        text = part.read(SCAN_UP_TO if whole else HEAD)
    head = text[:HEAD].replace(b"\x00", b"").lower()
    if b"<!doctype" in head or b"<!entity" in head:
        raise refuse("entities")
    if whole:
        _check_far_cells(text)


def _check_far_cells(text: bytes) -> None:
    """A table in the corner and one value in the far corner cost a dense reader gigabytes."""
    rows: list[int] = []
    widest, far = 0, b""
    for letters, digits in _VALUE_CELL.findall(text):
        rows.append(int(digits))
        column = _column(letters)
        if column >= widest:
            widest, far = column, letters + digits
    if not rows:
        return
    area = (max(rows) - min(rows) + 1) * widest
    if area <= MAX_AREA and max(rows) <= 1_048_576:
        return
    cell = far.decode() if widest > 256 else f"в строке {max(rows)}"
    where = f"({cell})" if widest > 256 else cell
    raise refuse(
        "far_cell",
        f"Далеко от таблицы заполнена ячейка {where}. Очистите лишние ячейки и загрузите файл снова",
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
