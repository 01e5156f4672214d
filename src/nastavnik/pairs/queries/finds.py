"""Mentors whom the weekly search found for those who wait."""

from django.db.models import Count

from nastavnik.matching.models import Find, Search
from nastavnik.matching.queries import ABLE
from nastavnik.pairs import queries
from nastavnik.pairs.queries.waiting import waiting

ONE_TO_TEN = (
    "", "одного", "двоих", "троих", "четверых", "пятерых",
    "шестерых", "семерых", "восьмерых", "девятерых", "десятерых",
)  # fmt: skip


def open_finds() -> list[Find]:
    """Finds that still hold: the mentee waits, the mentor is able and has a free place."""
    rows = list(
        Find.objects.filter(
            closed_on__isnull=True,
            mentee__in=waiting().order_by().values("pk"),
            mentor__state__in=ABLE,
            mentor__person__archived_at__isnull=True,
        ).select_related("mentee__person", "mentor__person", "search")
    )
    used = queries.used_places({row.mentor_id for row in rows})
    return [row for row in rows if used.get(row.mentor_id, 0) < row.mentor.capacity]


def found_count() -> int:
    """For how many people a mentor was found; one query, for «Сегодня»."""
    return int(
        Find.objects.filter(
            closed_on__isnull=True,
            mentee__in=waiting().order_by().values("pk"),
            mentor__state__in=ABLE,
        ).aggregate(n=Count("mentee", distinct=True))["n"]
    )


def last_search() -> Search | None:
    found: Search | None = Search.objects.first()
    return found


def for_how_many(number: int) -> str:
    """«для двоих»; from eleven on in figures."""
    if number < len(ONE_TO_TEN):
        return f"для {ONE_TO_TEN[number]}"
    return f"для {number}\u00a0человек{'а' if number % 10 == 1 and number % 100 != 11 else ''}"
