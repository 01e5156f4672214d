"""Checks on an old binary workbook (.xls) before any parser sees it."""

from .refusals import refuse


def _name(text: str) -> bytes:
    return text.encode("utf-16-le")


_WORKBOOK = (_name("Workbook"), _name("Book"))


def check_ole(data: bytes) -> str:
    """Refuse encrypted packages, macros, Word and mail files; the rest is `xls`."""
    if len(data) < 1536:
        raise refuse("damaged")
    if _name("EncryptedPackage") in data or _name("EncryptionInfo") in data:
        raise refuse("password")
    if _name("_VBA_PROJECT") in data:
        raise refuse("macros")
    if _name("WordDocument") in data:
        raise refuse("word")
    if _name("PowerPoint Document") in data:
        raise refuse("presentation")
    if not any(name in data for name in _WORKBOOK):
        raise refuse("unknown" if len(data) % 512 == 0 else "damaged")
    return "xls"
