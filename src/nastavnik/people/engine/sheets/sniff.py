"""What a file really is, told by its first bytes and not by its name."""

from .refusals import refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
    (b"MZ", "unknown"),
    (b"\x7fELF", "unknown"),
)
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def container(data: bytes) -> str:
    """`zip`, `ole` or `text`; refuses everything that can never hold a table.

    Raises: SheetRefused for empty files, pictures, PDF, archives, web pages and programs.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refuse("empty")
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    for magic, code in _REFUSED_MAGIC:
        if data.startswith(magic):
            _allow_text_after(data, magic, code)
    if data.startswith(_BIFF):
        raise refuse(
            "binary_excel",
            "Это таблица очень старого Excel. Сохраните её как «Книга Excel (.xlsx)»",
        )
    _refuse_markup(data)
    return "text"


def _allow_text_after(data: bytes, magic: bytes, code: str) -> None:
    # A csv may well begin with «BM» or «MZ»; real pictures and programs have zero bytes early.
    if magic in {b"BM", b"MZ"} and b"\x00" not in data[:256]:
        return
    raise refuse(code)


def _refuse_markup(data: bytes) -> None:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head.startswith(b"<"):
        return
    if b"<!entity" in head or (b"<!doctype" in head and b"html" not in head):
        raise refuse("entities")
    if b"<html" in head or b"<!doctype html" in head or b"<table" in head or b"<meta" in head:
        raise refuse("html")
    raise refuse("xml")
