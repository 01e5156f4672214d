"""A calendar file of days: RFC 5545, whole-day entries, nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LINE_OCTETS = 75
_SPECIAL = re.compile(r"([\\;,])")


@dataclass(frozen=True)
class Entry:
    """One day or span of days; `uid` is the same every time the file is made."""

    uid: str
    title: str
    first: date
    last: date
    details: str = ""


def calendar(name: str, entries: Iterable[Entry], *, made_at: datetime) -> bytes:
    """The file; the same entries at the same moment give the same bytes.

    Parameters
        made_at: an aware moment in UTC; readers take a later one for a newer version.
    """
    stamp = made_at.strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//nastavnik//roadmap//RU",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.title)}",
            *([f"DESCRIPTION:{_escaped(entry.details)}"] if entry.details else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    plain = "".join(sign for sign in text if sign == "\n" or sign >= " ")
    return _SPECIAL.sub(r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a letter is never cut in two."""
    pieces, piece, octets = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LINE_OCTETS:
            pieces.append(piece)
            piece, octets = "", 1  # the space that begins a folded line
        piece += sign
        octets += size
    return "\r\n ".join([*pieces, piece])
