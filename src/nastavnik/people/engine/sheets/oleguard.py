"""Checks on an old binary workbook (.xls) before any parser sees it."""

from nastavnik.files.kinds import streams_of_ole

from .refusals import refuse

_NEVER = ("password", "macros", "word", "presentation")


def check_ole(data: bytes) -> str:
    """Refuse encrypted packages, macros, Word and mail files; the rest is `xls`."""
    if len(data) < 1536:
        raise refuse("damaged")
    streams = streams_of_ole(data)
    for what in _NEVER:
        if what in streams:
            raise refuse(what)
    if "workbook" not in streams:
        raise refuse("unknown" if len(data) % 512 == 0 else "damaged")
    return "xls"
