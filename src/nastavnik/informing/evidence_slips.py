"""What slips can prove to a roadmap line: that wishes were collected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import ClassSheet, Slip
from nastavnik.roadmaps.evidence import (
    UNTIL,
    Evidence,
    EvidenceKind,
    Parameter,
    Work,
    earliest,
    enough,
    register,
)
from nastavnik.shared.typography import counted

ANYBODY, EVERY_CLASS = "anybody", "every_class"
CHOICES = [
    (ANYBODY, "кого угодно"),
    (EVERY_CLASS, "из каждого класса с объявлением"),
    (Audience.PUPILS.value, "обучающихся"),
    (Audience.STAFF.value, "педагогов"),
    (Audience.PARENTS.value, "родителей"),
    (Audience.GRADUATES.value, "выпускников"),
]


def wishes_collected(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """At least `number` slips of the audience; erased ones count, they were collected."""
    days = Q(created_on__lte=min(on, parameters.get(UNTIL) or on))
    since = earliest(parameters)
    if since:
        days &= Q(created_on__gte=since)
    wanted: int = parameters.get("number", 1)
    audience = parameters.get("audience", ANYBODY)
    if audience == EVERY_CLASS:
        return _every_class(days, wanted, since)
    rows = Slip.objects.filter(days)
    if audience != ANYBODY:
        rows = rows.filter(sheet__audience=audience)
    found = rows.aggregate(n=Count("pk"), last=Max("created_on"))
    if not found["n"]:
        return None
    words = f"собрано {counted(found['n'], 'запись', 'записи', 'записей')} «Хочу участвовать»"
    return enough(found["n"], words, parameters, on=found["last"])


def _every_class(days: Q, wanted: int, since: date | None) -> Evidence | None:
    """Each class that has a sheet gave at least `wanted` slips."""
    sheets = ClassSheet.objects.filter(audience=Audience.PUPILS)
    if since:
        sheets = sheets.filter(open_until__gte=since)
    per_sheet = dict(
        Slip.objects.filter(days, sheet__audience=Audience.PUPILS)
        .values_list("sheet")
        .annotate(number=Count("pk"))
    )
    ids = list(sheets.values_list("pk", flat=True))
    ready = sum(per_sheet.get(pk, 0) >= wanted for pk in ids)
    if not ids or not ready:
        return None
    words = f"записи собраны в {ready} из {len(ids)} классов"
    if ready < len(ids):
        return Evidence(words, is_met=False)
    last = Slip.objects.filter(days, sheet__in=ids).aggregate(last=Max("created_on"))["last"]
    return Evidence(words, last)


def register_all() -> None:
    register(
        EvidenceKind.WISHES_COLLECTED,
        wishes_collected,
        title="Собраны записи «Хочу участвовать»",
        parameters=(
            Parameter("audience", "От кого", "choice", default=ANYBODY, choices=lambda: CHOICES),
            Parameter("number", "Сколько записей", "number", default=1),
        ),
        work=Work("Собрать записи", "informing:slips"),
        hint="Считаются и записи, имена в которых уже стёрты.",
    )
