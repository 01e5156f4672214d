"""What a file really is, told by its bytes and not by its name. Nothing here refuses."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"PK", "zip"),
    (_OLE, "ole"),
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
    (b"\x7fELF", "program"),
    (b"\x09\x08", "old_excel"),
    (b"\x09\x04", "old_excel"),
    (b"\x09\x02", "old_excel"),
    (b"\x09\x00", "old_excel"),
)
# A text may well begin with these letters; real pictures and programs have zero bytes early.
_LETTERS = ((b"BM", "image"), (b"MZ", "program"))
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta")
_STREAMS = (
    ("EncryptedPackage", "password"),
    ("EncryptionInfo", "password"),
    ("_VBA_PROJECT", "macros"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "presentation"),
    ("Workbook", "workbook"),
    ("Book", "workbook"),
)


def kind_of_bytes(data: bytes) -> str:
    """`zip`, `ole` or `text` where a table may be; else the name of what it is.

    The others: empty, pdf, image, archive, rtf, program, old_excel (before OLE), and of markup
    entities, doctype (of no web page), html, xml.
    """
    if not data.strip(b"\x00 \t\r\n"):
        return "empty"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    for letters, kind in _LETTERS:
        if data.startswith(letters) and b"\x00" in data[:256]:
            return kind
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return _markup(head) if head.startswith(b"<") else "text"


def _markup(head: bytes) -> str:
    if b"<!entity" in head:
        return "entities"
    if b"<!doctype" in head and b"html" not in head:
        return "doctype"
    return "html" if any(mark in head for mark in _WEB) else "xml"


def streams_of_ole(data: bytes) -> frozenset[str]:
    """What an old binary file carries: password, macros, word, presentation, workbook."""
    return frozenset(what for name, what in _STREAMS if name.encode("utf-16-le") in data)
