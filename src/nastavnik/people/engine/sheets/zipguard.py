"""Checks on a zipped workbook before any parser sees it."""

import re
import zipfile
from dataclasses import dataclass

from nastavnik.files.archive import MARKUP, ZipLimits, check_markup, has_macros, head_of, opened

from .refusals import refuse

LIMITS = ZipLimits(unpacked=320 << 20, ratio_from=1 << 20)
SCAN_UP_TO = 24 << 20
MAX_AREA = 8_000_000

_NESTED = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".xlsm", ".xls", ".docx", ".doc", ".ods", ".exe")
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
    with opened(data, LIMITS, refuse) as archive:
        kind = _kind(archive, set(archive.namelist()))
        check_markup(archive, refuse)
        if kind == "xlsx":
            _check_sheets(archive)
        return ZipReport(kind, sum(info.file_size for info in archive.infolist()))


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    lowered = {name.lower() for name in names}
    if any(name.startswith("word/") for name in lowered):
        raise refuse("word")
    if any(name.startswith("ppt/") for name in lowered):
        raise refuse("presentation")
    if has_macros(lowered):
        raise refuse("macros")
    if "xl/workbook.bin" in lowered:
        raise refuse("binary_excel")
    kind = _open_document(archive, names) if "mimetype" in names else ""
    if not kind and any(name.startswith("xl/") for name in lowered):
        kind = "xlsx"
        if b"macroenabled" in head_of(archive, "[Content_Types].xml").lower():
            raise refuse("macros")
    if not kind:
        raise refuse("archive")
    if any(name.endswith(_NESTED) for name in lowered):
        raise refuse("nested")
    return kind


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    mimetype = head_of(archive, "mimetype")
    if b"spreadsheet" in mimetype:
        if "META-INF/manifest.xml" in names:
            manifest = head_of(archive, "META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise refuse("password")
        return "ods"
    raise refuse("word" if b"opendocument.text" in mimetype else "unknown")


def _check_sheets(archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        name = info.filename.lower()
        is_sheet = name.startswith("xl/worksheets/sheet") and name.endswith(MARKUP)
        if is_sheet and info.file_size <= SCAN_UP_TO:
            _check_far_cells(head_of(archive, info.filename, SCAN_UP_TO))


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
        message=f"Далеко от таблицы заполнена ячейка {where}. Очистите лишние ячейки и загрузите файл снова",
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
