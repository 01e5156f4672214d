"""Reading roadmaps of the organisation in scope."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from nastavnik.roadmaps.engine.difference import Difference, Face, difference
from nastavnik.roadmaps.engine.standing import SOON
from nastavnik.roadmaps.models import (
    SETTLED_STATES,
    CommentKind,
    ItemComment,
    Occurrence,
    Roadmap,
    RoadmapItem,
    RoadmapKind,
    RoadmapState,
)

_SHOWN_FIRST = (
    RoadmapState.IN_FORCE,
    RoadmapState.AGREED,
    RoadmapState.ON_AGREEMENT,
    RoadmapState.RETURNED,
    RoadmapState.DRAFT,
    RoadmapState.CLOSED,
)


def roadmaps() -> "QuerySet[Any]":
    """All of them, the latest first, with the number of lines and of settled ones."""
    line = Q(items__is_group=False)
    rows: QuerySet[Any] = Roadmap.objects.annotate(
        lines=Count("items", filter=line),
        settled=Count("items", filter=line & Q(items__state__in=SETTLED_STATES)),
    ).order_by("-id")
    return rows


def current(today: date) -> Roadmap | None:
    """The roadmap to show: one in force of the day before any other, then the furthest on its way."""
    rows: list[Roadmap] = list(Roadmap.objects.select_related("order").order_by("-id"))
    if not rows:
        return None
    place = {state: n for n, state in enumerate(_SHOWN_FIRST)}
    return min(
        rows,
        key=lambda row: (
            place[RoadmapState(row.state)],
            not row.starts_on <= today <= row.ends_on,
            -row.pk,
        ),
    )


def versions_of(roadmap: Roadmap) -> list[Roadmap]:
    """The line of versions that the roadmap belongs to, the latest first."""
    rows = {row.pk: row for row in Roadmap.objects.select_related("order")}
    found, here = [], rows.get(roadmap.pk)
    while here is not None:
        found.append(here)
        here = rows.get(here.previous_id) if here.previous_id else None
    newer = next((row for row in rows.values() if row.previous_id == roadmap.pk), None)
    while newer is not None:
        found.insert(0, newer)
        pk = newer.pk
        newer = next((row for row in rows.values() if row.previous_id == pk), None)
    return found


def faces_of(roadmap: Roadmap) -> list[Face]:
    """What of its lines is printed, for comparing."""
    rows = roadmap.items.prefetch_related("responsible").order_by("position", "id")
    return [face_of(row) for row in rows]


def face_of(row: RoadmapItem) -> Face:
    return Face(
        key=row.key,
        number=row.number,
        section=row.section,
        text=row.text,
        deadline=row.deadline_text,
        responsible=row.who,
        result=row.result,
    )


def difference_of(before: Roadmap, after: Roadmap) -> Difference:
    return difference(faces_of(before), faces_of(after))


FIELD_WORDS = {
    "number": "Номер",
    "section": "Раздел",
    "text": "Что сделать",
    "deadline": "Срок",
    "responsible": "Ответственные",
    "result": "Результат",
}


def change_rows(
    found: Difference, words: Mapping[str, str] = FIELD_WORDS
) -> list[tuple[Face, list[tuple[str, str, str]]]]:
    """Changed lines with (what, before, after) of every part that differs."""
    return [
        (
            change.after,
            [
                (words[name], getattr(change.before, name), getattr(change.after, name))
                for name in change.fields
            ],
        )
        for change in found.changed
    ]


def open_remarks(roadmap: Roadmap) -> list[ItemComment]:
    """Remarks to lines that nobody has answered, in the order of the lines."""
    rows = ItemComment.objects.filter(
        item__roadmap=roadmap, kind=CommentKind.REMARK, resolved=False
    )
    return list(rows.select_related("item").order_by("item__position", "id"))


def others(roadmap: Roadmap) -> int:
    """How many more roadmaps the institution keeps."""
    return int(Roadmap.objects.exclude(pk=roadmap.pk).count())


def pressing(today: date) -> tuple[int, int, date | None]:
    """Lines of roadmaps in force: how many are late, how many due within 14 days, the nearest day.

    One query; a line with several occurrences counts once.
    """
    rows = (
        Occurrence.objects.filter(
            item__roadmap__state=RoadmapState.IN_FORCE,
            item__is_group=False,
            met_on__isnull=True,
            due_on__isnull=False,
            due_on__lte=today + SOON,
        )
        .exclude(item__state__in=SETTLED_STATES)
        .values_list("item_id", "due_on")
    )
    late: set[int] = set()
    soon: dict[int, date] = {}
    for item_id, due in rows:
        if due < today:
            late.add(item_id)
        elif item_id not in soon or due < soon[item_id]:
            soon[item_id] = due
    near = {pk: due for pk, due in soon.items() if pk not in late}
    return len(late), len(near), min(near.values(), default=None)


def year_ahead(today: date) -> tuple[date, date]:
    """The school year to plan: the running one until May, then the next."""
    year = today.year if today.month >= 6 else today.year - 1
    return date(year, 9, 1), date(year + 1, 9, 1) - timedelta(days=1)


def usual_title(kind: str, starts_on: date, ends_on: date) -> str:
    """«Дорожная карта наставничества на 2026/27 учебный год»"""
    head = "Муниципальная дорожная карта" if kind == RoadmapKind.MUNICIPAL else "Дорожная карта"
    return f"{head} наставничества на {starts_on.year}/{ends_on.year % 100:02d} учебный год"
