"""What the papers of a roadmap print: plain values for the fields of the blanks.

Everything is read inside the scope of the roadmap's organisation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from nastavnik.audit.queries import history_of
from nastavnik.documents.context import short_person
from nastavnik.documents.engine.grammar import date_words
from nastavnik.roadmaps.engine import sheet
from nastavnik.roadmaps.models import (
    SETTLED_STATES,
    AgreementBody,
    CommentKind,
    ItemComment,
    ItemState,
    Roadmap,
    RoadmapItem,
)
from nastavnik.roadmaps.queries.targets import printed
from nastavnik.tenancy.models import Organisation, OrganisationKind

SOON_DAYS = 14
_STEPS = ("roadmaps.agree", "roadmaps.return")
_NO_PROTOCOL = {"protocol_date": "", "protocol_number": ""}


#: Every state with no line in it.
NO_LINES: dict[str, int] = dict.fromkeys(ItemState.values, 0)


@dataclass(frozen=True)
class DueLine:
    """A line with the day it falls or fell due; `days` over the day, never negative."""

    number: str
    text: str
    due_on: date
    responsible: tuple[str, ...]
    days: int
    section: str = ""


def roadmap_facts(roadmap: Roadmap) -> dict[str, Any]:
    """Heading, period, version, numbers of lines, targets."""
    works = roadmap.items.filter(is_group=False)
    return {
        "heading": sheet.heading(roadmap.title),
        "period": sheet.period_words(roadmap.starts_on, roadmap.ends_on, academic=roadmap.academic),
        "version": str(roadmap.version),
        "count": str(works.count()),
        "mandatory_count": str(works.filter(mandatory=True).count()),
        "targets": printed(roadmap),
    }


def roadmap_parts(roadmap: Roadmap) -> list[dict[str, Any]]:
    """Sections with their lines, in the order and with the numbers of the roadmap."""
    return [
        {
            "title": part.title,
            "lines": [
                {
                    "number": row.number,
                    "text": row.text,
                    "deadline": row.deadline,
                    "responsible": row.responsible,
                    "result": row.result,
                }
                for row in part.rows
            ],
        }
        for part in sheet.parts(printed_rows(roadmap))
    ]


def printed_rows(roadmap: Roadmap) -> list[sheet.Row]:
    """Every line as it is printed; those left out by agreement are not."""
    return [
        sheet.Row(
            number=item.number,
            text=item.text,
            section=item.section,
            is_group=item.is_group,
            deadline=item.deadline_text,
            responsible=", ".join(_words(item)),
            result=item.result,
        )
        for item in _items(roadmap)
        if item.state != ItemState.NOT_APPLICABLE
    ]


def agreement(roadmap: Roadmap) -> dict[str, Any]:
    """The stamp of agreement; `body` is empty while nobody has agreed."""
    by_council = roadmap.agreement_by == AgreementBody.COUNCIL
    agreed = roadmap.agreed_on is not None
    body = roadmap.agreement_body if by_council else agreeing_office(roadmap.organisation)
    paper = by_council and bool(roadmap.protocol_number)
    return {
        "body": body if agreed else "",
        "is_accepted": by_council and sheet.is_own_body(body),
        "post": roadmap.agreed_post,
        "signature": short_person(roadmap.agreed_by) if roadmap.agreed_by else "",
        "date": _day(roadmap.agreed_on),
        "protocol_number": roadmap.protocol_number if paper else "",
        "protocol_date": _day(roadmap.protocol_on) if paper else "",
    }


def approval(roadmap: Roadmap) -> dict[str, str]:
    """The stamp of approval; lines to fill while the order is not signed."""
    order = roadmap.order
    signed = order is not None and order.registered_on is not None
    return {
        "date": _day(order.registered_on) if order and signed else "",
        "number": order.number_text if order and signed else "",
        "item": roadmap.order_item if signed else "",
    }


def agreeing_office(organisation: Organisation) -> str:
    """The full name of the nearest office above, or of the territory when it has none."""
    line = organisation.territory.ancestor_ids
    offices = Organisation.objects.filter(
        kind=OrganisationKind.AUTHORITY, territory_id__in=line
    ).exclude(pk=organisation.pk)
    nearest = max(offices, key=lambda office: line.index(office.territory_id), default=None)
    name = nearest.full_name if nearest is not None else organisation.territory.name
    return f"{name[:1].upper()}{name[1:]}"


def agreement_steps(roadmap: Roadmap) -> list[dict[str, Any]]:
    """Each decision on the roadmap, the first one first."""
    remarks = _remark_count(roadmap)
    steps: list[dict[str, Any]] = [
        {
            "who": event.actor_label,
            "is_agreed": event.action == _STEPS[0],
            "remarks": "" if event.action == _STEPS[0] or not remarks else str(remarks),
            **(_protocol(roadmap) if event.action == _STEPS[0] else _NO_PROTOCOL),
            "date": f"{timezone.localtime(event.at):%d.%m.%Y}",
        }
        for event in reversed(history_of(roadmap, limit=200))
        if event.action in _STEPS
    ]
    return steps


def remarks(roadmap: Roadmap) -> list[dict[str, Any]]:
    """Remarks to the lines, by the order of the lines."""
    rows = (
        ItemComment.objects.filter(item__roadmap=roadmap, kind=CommentKind.REMARK)
        .select_related("item")
        .order_by("item__position", "id")
    )
    return [
        {
            "number": row.item.number,
            "item": row.item.text,
            "text": row.text,
            "author": row.author,
            "date": f"{timezone.localtime(row.created_at):%d.%m.%Y}",
            "is_resolved": row.resolved,
            "answer": row.answer,
        }
        for row in rows
    ]


def late_lines(roadmap: Roadmap, on: date) -> list[DueLine]:
    """Lines not settled whose day has passed, the oldest day first."""
    return _due(roadmap, on, first=None, last=on - timedelta(days=1))


def by_section(lines: Sequence[DueLine]) -> list[tuple[str, list[DueLine]]]:
    """Lines under their sections: numbers of a section from above may repeat our own."""
    found: dict[str, list[DueLine]] = {}
    for line in lines:
        found.setdefault(line.section, []).append(line)
    return list(found.items())


def soon_lines(roadmap: Roadmap, on: date, *, days: int = SOON_DAYS) -> list[DueLine]:
    """Lines not settled that fall due from today on within the days."""
    return _due(roadmap, on, first=on, last=on + timedelta(days=days))


def state_counts(roadmap: Roadmap) -> dict[str, int]:
    """How many lines of work stand in each state."""
    counts = dict(NO_LINES)
    for state in roadmap.items.filter(is_group=False).values_list("state", flat=True):
        counts[state] += 1
    return counts


def control_facts(
    counts: dict[str, int], late: Sequence[tuple[str, Sequence[DueLine]]], soon: Sequence[DueLine]
) -> dict[str, Any]:
    """Fields of the control note; `late` is grouped by institution or by section."""
    everyone = [line for _, lines in late for line in lines]
    return {
        "total": str(sum(counts.values()) - counts[ItemState.NOT_APPLICABLE]),
        "done": str(counts[ItemState.DONE] + counts[ItemState.DONE_BY_HAND]),
        "in_progress": str(counts[ItemState.IN_PROGRESS]),
        "not_started": str(counts[ItemState.NOT_STARTED]),
        "overdue_count": str(len(everyone)),
        "overdue": [
            {"title": title, "lines": [_printed(line) for line in lines]}
            for title, lines in late
            if lines
        ],
        "people": by_person(everyone),
        "soon": [_printed(line) for line in soon],
    }


def by_person(lines: Iterable[DueLine]) -> list[dict[str, str]]:
    """Who answers for how many overdue lines, the most first."""
    held: dict[str, list[str]] = {}
    for line in lines:
        for words in line.responsible or ("",):
            held.setdefault(words, []).append(line.number)
    return [
        {"who": who, "count": str(len(numbers)), "numbers": ", ".join(filter(None, numbers))}
        for who, numbers in sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def _printed(line: DueLine) -> dict[str, str]:
    return {
        "number": line.number,
        "text": line.text,
        "due": f"{line.due_on:%d.%m.%Y}",
        "responsible": ", ".join(line.responsible),
        "days": str(line.days),
    }


def _due(roadmap: Roadmap, on: date, *, first: date | None, last: date) -> list[DueLine]:
    items = [
        item for item in _items(roadmap) if not item.is_group and item.state not in SETTLED_STATES
    ]
    found = []
    for item in items:
        days = [
            row.due_on
            for row in item.occurrences.all()
            if row.met_on is None
            and row.due_on is not None
            and (first is None or first <= row.due_on)
            and row.due_on <= last
        ]
        if days:
            due = min(days)
            late = max((on - due).days, 0)
            found.append(
                DueLine(item.number, item.text, due, tuple(_words(item)), late, item.section)
            )
    return sorted(found, key=lambda line: line.due_on)


def _items(roadmap: Roadmap) -> list[RoadmapItem]:
    return list(
        roadmap.items.prefetch_related("responsible", "occurrences").order_by("position", "id")
    )


def _words(item: RoadmapItem) -> list[str]:
    return [row.words for row in item.responsible.all()]


def _remark_count(roadmap: Roadmap) -> int:
    return ItemComment.objects.filter(item__roadmap=roadmap, kind=CommentKind.REMARK).count()


def _protocol(roadmap: Roadmap) -> dict[str, str]:
    if roadmap.protocol_on is None or not roadmap.protocol_number:
        return _NO_PROTOCOL
    return {
        "protocol_date": f"{roadmap.protocol_on:%d.%m.%Y}",
        "protocol_number": roadmap.protocol_number,
    }


def _day(day: date | None) -> str:
    return date_words(day) if day is not None else ""
