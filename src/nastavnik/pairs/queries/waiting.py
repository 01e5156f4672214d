"""Who waits for a mentor, since when, and what the last search said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.explain import left_in_words, shortages_in_words
from nastavnik.matching.models import MatchRun, Search
from nastavnik.matching.queries import WAITING
from nastavnik.pairs.models import OPEN_STATES, PairMentee
from nastavnik.people.models import MenteeProfile, MenteeRequest, MenteeState, Support
from nastavnik.people.queries.people import name_has
from nastavnik.people.queries.registers import with_main_request
from nastavnik.shared.text import search_key
from nastavnik.tenancy.models import Organisation

WAITING_DAYS = 14
SUPPORT_DAYS = 30
_LONG_AGO = date(1900, 1, 1)
PROPOSED = "Предложен наставник, решение за вами."
FOUND = "Наставник найдётся."
NOT_SEARCHED = "Наставника ещё не искали."


@dataclass(frozen=True)
class Rules:
    """After how many days the wait is long, and after how many the mentee is given support."""

    waiting_days: int = WAITING_DAYS
    support_days: int = SUPPORT_DAYS


@dataclass(frozen=True)
class Numbers:
    """How many wait at all, for long, and for so long as calls for support."""

    total: int
    long: int
    longest: int


def waiting_rules(organisation: Organisation) -> Rules:
    """The organisation's own terms; an absent setting means the usual one."""
    stored = organisation.settings
    return Rules(
        int(stored.get("waiting_days", WAITING_DAYS)),
        int(stored.get("support_days", SUPPORT_DAYS)),
    )


def waiting() -> "QuerySet[Any]":
    """Mentees who stand in no open pair, each with `since`.

    Since when: the entry into the programme, or the end of the last pair if that came later.
    """
    places = PairMentee.objects.filter(mentee=OuterRef("pk")).order_by()
    open_places = places.filter(left_on__isnull=True, pair__state__in=list(OPEN_STATES))
    over = places.values("mentee").annotate(day=Max(Coalesce("left_on", "pair__ended_on")))
    found: QuerySet[Any] = (
        MenteeProfile.objects.filter(state__in=WAITING, person__archived_at__isnull=True)
        .exclude(Exists(open_places))
        .annotate(
            since=Greatest(
                Coalesce("entered_on", TruncDate("person__created_at")),
                Coalesce(Subquery(over.values("day")[:1]), Value(_LONG_AGO)),
            )
        )
    )
    return found


def found_waiting(
    *,
    on: date,
    rules: Rules,
    name: str = "",
    wait: str = "",
    class_name: str = "",
    topic: str = "",
    supported: bool = False,
    without_specialist: bool = False,
) -> "QuerySet[Any]":
    """The list, narrowed down; with the first request of each."""
    rows = waiting()
    for word in search_key(name).split():
        rows = rows.filter(name_has(word, "person__"))
    if wait:
        rows = rows.filter(since__lte=on - timedelta(days=_days(rules, wait)))
    if class_name:
        rows = rows.filter(person__class_name=class_name)
    if topic:
        asked = MenteeRequest.objects.filter(mentee=OuterRef("pk"), topic=topic)
        rows = rows.filter(Exists(asked))
    if supported:
        rows = rows.filter(state=MenteeState.UNPAIRED)
    if without_specialist:
        own = Support.objects.filter(mentee=OuterRef("pk"), ends_on__isnull=True)
        rows = rows.exclude(Exists(own))
    return with_main_request(rows)


def numbers(on: date, rules: Rules) -> Numbers:
    """One query for the head of the list and for «Сегодня»."""
    found = waiting().aggregate(
        total=Count("pk"),
        long=Count("pk", filter=Q(since__lte=on - timedelta(days=rules.waiting_days))),
        longest=Count("pk", filter=Q(since__lte=on - timedelta(days=rules.support_days))),
    )
    return Numbers(**found)


def long_waiting(organisation: Organisation, on: date) -> list[MenteeProfile]:
    """Mentees of the base who have waited for as long as calls for support."""
    till = on - timedelta(days=waiting_rules(organisation).support_days)
    rows = waiting().filter(state__in=(MenteeState.IN_BASE, MenteeState.MATCHING), since__lte=till)
    return list(rows.order_by("id"))


def level(days: int, rules: Rules) -> str:
    """The kind of the tag: how long the wait is."""
    if days >= rules.support_days:
        return "bad"
    return "wait" if days >= rules.waiting_days else "info"


@dataclass(frozen=True)
class Said:
    """What a search said of a mentee, and which search it was."""

    text: str
    source: str


def words_of_searches(
    run: MatchRun | None, search: Search | None, *, tells_wishes: bool
) -> dict[int, Said]:
    """What the later one of the run under review and the weekly search says of each mentee.

    Whom the run proposes somebody stays proposed: the decision is the curator's.
    """
    told: dict[int, Said] = {}
    if run is not None:
        day = timezone.localtime(run.created_at).date()
        told = _left(run.result, f"подбор {day:%d.%m.%Y}", tells_wishes=tells_wishes)
        if search is not None and search.made_on < day:
            search = None
    if search is not None:
        source = f"поиск {search.made_on:%d.%m.%Y}"
        told |= {entry["mentee"]: Said(FOUND, source) for entry in search.result["chosen"]}
        told |= _left(search.result, source, tells_wishes=tells_wishes)
    if run is not None:
        told |= {e["mentee"]: Said(PROPOSED, "") for e in draft_entries(run, changes_of(run))}
    return told


def _left(result: Mapping[str, Any], source: str, *, tells_wishes: bool) -> dict[int, Said]:
    """Why each of the others was left, in words."""
    lacks = [one.sentence for one in shortages_in_words(result["certificates"])]
    return {
        left["mentee"]: Said(
            left_in_words(left, tells_wishes=tells_wishes)
            if left["certificate"] is None
            else lacks[left["certificate"]],
            source,
        )
        for left in result["unmatched"]
    }


def _days(rules: Rules, wait: str) -> int:
    return rules.support_days if wait == "longest" else rules.waiting_days
