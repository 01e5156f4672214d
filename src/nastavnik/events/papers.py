"""What is laid into the papers of a meeting: invitations, the sign sheet, the protocol."""

from collections.abc import Iterable, Sequence
from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.documents.builders import worker
from nastavnik.documents.engine.grammar import date_words
from nastavnik.events.models import Event, EventKind, Participant
from nastavnik.events.tokens import checkin_url
from nastavnik.events.wording import called
from nastavnik.shared.typography import counted
from nastavnik.tenancy.models import Organisation

INVITATION = "meeting_invitation"
ATTENDANCE = "meeting_attendance"
PROTOCOL = "meeting_protocol"
ROUNDS = ("раунд", "раунда", "раундов")


def meeting_data(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "when": f"{date_words(event.on)}, {event.starts_at:%H:%M}",
        "place": event.place or event.link,
        "link": event.link if event.place else "",
        "is_final": event.kind == EventKind.FINAL_MEETING,
    }


def invitations(
    actor: Actor, organisation: Organisation, event: Event, rows: Iterable[Participant]
) -> list[dict[str, Any]]:
    """Merge data of each letter; the QR code of a letter is its owner's."""
    common = {
        "meeting": meeting_data(event),
        "curator": worker(actor, organisation),
        "contact": f"телефон {organisation.phone}" if organisation.phone else "",
    }
    return [
        {
            **common,
            "participant": {
                "name": row.person.full_name,
                "about": row.person.about,
                "called": called(row.person, event.on),
                "is_child": row.person.is_minor_on(event.on),
                "is_mentor": row.is_mentor,
                "code": spaced(row.code),
            },
            "qr_url": checkin_url(row.nonce, row.token_hash),
        }
        for row in rows
    ]


def sign_sheet(
    actor: Actor, organisation: Organisation, event: Event, rows: Sequence[Participant]
) -> dict[str, Any]:
    """Lines to sign before the meeting; marks once it is over."""
    is_held = event.ended_at is not None
    came = sum(row.arrived_at is not None for row in rows)
    return {
        "meeting": meeting_data(event),
        "people": [
            {**_person(row), "number": row.number, "mark": _mark(row, is_held=is_held)}
            for row in rows
        ],
        "is_held": is_held,
        "totals": f"Пришли {came} из {len(rows)}.",
        "curator": worker(actor, organisation),
        "qr_url": checkin_url(event.nonce, event.token_hash),
    }


def protocol(
    actor: Actor, organisation: Organisation, event: Event, rows: Sequence[Participant]
) -> dict[str, Any]:
    present = [row for row in rows if row.arrived_at is not None]
    mentors = sum(row.is_mentor for row in present)
    return {
        "meeting": meeting_data(event),
        "talks": talks_words(event),
        "invited": str(len(rows)),
        "totals": f"наставляемых {len(present) - mentors}, наставников {mentors}",
        "present": [_person(row) for row in present],
        "summary": lines(event.summary),
        "decisions": lines(event.decisions),
        "curator": worker(actor, organisation),
    }


def talks_words(event: Event) -> str:
    """«6 раундов по 3 мин.», or nothing when there was no schedule."""
    rounds = event.rotation.get("rounds") or []
    if not rounds:
        return ""
    return f"{counted(len(rounds), *ROUNDS)} по {event.rotation.get('minutes', 3)} мин"


def lines(text: str) -> list[str]:
    """Paragraphs of a typed text, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def spaced(code: str) -> str:
    """«482 715»: a code that is read aloud easily."""
    return f"{code[:3]}\u00a0{code[3:]}"


def _person(row: Participant) -> dict[str, Any]:
    return {
        "name": row.person.full_name,
        "about": row.person.about,
        "side": row.get_side_display(),
    }


def _mark(row: Participant, *, is_held: bool) -> str:
    if not is_held:
        return ""
    return "есть" if row.arrived_at is not None else "нет"
