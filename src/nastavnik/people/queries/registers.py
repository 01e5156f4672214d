"""The registers of mentees and mentors as reports over persons and, through a hook, over pairs."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MenteeState,
    MentorCompetence,
    MentorProfile,
    MentorState,
    Representative,
)
from nastavnik.people.queries.codes import request_words, topic_title
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.people.queries.people import name_has
from nastavnik.shared.text import search_key

RECHECK_DAYS = 365
Side = Literal["mentee", "mentor"]
GONE = (MenteeState.REFUSED, MenteeState.LEFT, MenteeState.ARCHIVED)
MENTORS_GONE = (MentorState.REJECTED, MentorState.RELIEVED, MentorState.ARCHIVED)


@dataclass(frozen=True)
class PairFact:
    """What a register says of one pair from the side of one of its people."""

    names: tuple[str, ...]
    form: str = ""
    places: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    results: str = ""
    order: str = ""
    state: str = ""
    url: str = ""
    is_open: bool = True


PairFacts = Callable[[Side, Collection[int]], dict[int, list[PairFact]]]
_pair_facts: list[PairFacts] = []


def register_pair_facts(provider: PairFacts) -> None:
    """`pairs` tells here: (side, profile ids) → facts by profile id, the latest pair first.

    For the side "mentee" the facts name mentors, for "mentor" they name mentees. Two queries at
    most, whatever the number of ids.
    """
    _pair_facts[:] = [provider]


def pair_facts(side: Side, profile_ids: Collection[int]) -> dict[int, list[PairFact]]:
    return _pair_facts[0](side, profile_ids) if _pair_facts and profile_ids else {}


def mentees(
    *,
    today: date,
    name: str = "",
    state: Collection[str] = (),
    class_name: str = "",
    code: str = "",
    without_consent: bool = False,
    without_pair: bool = False,
    to_recheck: bool = False,
    unconfirmed: bool = False,
    gone: bool = False,
) -> "QuerySet[MenteeProfile]":
    """Mentees of the register, filtered; those who left are shown only when asked for."""
    rows: QuerySet[MenteeProfile] = MenteeProfile.objects.filter(
        person__merged_into__isnull=True, person__organisation=F("organisation")
    )
    rows = _common(rows, today, name, state, class_name, to_recheck=to_recheck)
    if not state and not gone:
        rows = rows.exclude(state__in=GONE)
    if code:
        rows = rows.filter(Exists(MenteeRequest.objects.filter(mentee=OuterRef("pk"), code=code)))
    if unconfirmed:
        rows = rows.filter(
            Exists(MenteeRequest.objects.filter(mentee=OuterRef("pk"), is_confirmed=False))
        )
    if without_pair:
        rows = rows.exclude(state__in=[MenteeState.PAIRED, MenteeState.FINISHED])
    if without_consent:
        rows = rows.exclude(consents_in_order(today))
    return rows


def mentors(
    *,
    today: date,
    name: str = "",
    state: Collection[str] = (),
    category: str = "",
    topic: str = "",
    class_name: str = "",
    without_consent: bool = False,
    without_pair: bool = False,
    to_recheck: bool = False,
    gone: bool = False,
) -> "QuerySet[MentorProfile]":
    """Mentors and candidates, filtered; those who left are shown only when asked for."""
    rows: QuerySet[MentorProfile] = MentorProfile.objects.filter(
        person__merged_into__isnull=True, person__organisation=F("organisation")
    )
    rows = _common(rows, today, name, state, class_name, to_recheck=to_recheck)
    if not state and not gone:
        rows = rows.exclude(state__in=MENTORS_GONE)
    if category:
        rows = rows.filter(person__category=category)
    if topic:
        rows = rows.filter(
            Exists(MentorCompetence.objects.filter(mentor=OuterRef("pk"), topic=topic))
        )
    if without_pair:
        rows = rows.exclude(state=MentorState.PAIRED)
    if without_consent:
        rows = rows.exclude(consents_in_order(today))
    return rows


@dataclass(frozen=True)
class RegisterHead:
    """The line above a register: how many, how many with consents, when last looked through."""

    total: int
    with_consents: int
    confirmed_on: date | None
    to_recheck: int

    @property
    def share_percent(self) -> int:
        return round(100 * self.with_consents / self.total) if self.total else 0


def register_head(rows: "QuerySet[Any]", today: date) -> RegisterHead:
    found = rows.aggregate(
        total=Count("pk"),
        consents=Count("pk", filter=consents_in_order(today)),
        confirmed=Max("confirmed_on"),
        old=Count("pk", filter=needs_recheck(today)),
    )
    return RegisterHead(found["total"], found["consents"], found["confirmed"], found["old"])


def needs_recheck(today: date) -> Q:
    """Not looked at for twelve months."""
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=today - timedelta(days=RECHECK_DAYS))


def requests_of(mentee_ids: Iterable[int]) -> dict[int, list[tuple[str, str, str, bool]]]:
    """(text, code, topic, confirmed) by mentee."""
    found: dict[int, list[tuple[str, str, str, bool]]] = {}
    rows = MenteeRequest.objects.filter(mentee_id__in=list(mentee_ids)).order_by("id")
    for pk, *rest in rows.values_list("mentee_id", "text", "code", "topic", "is_confirmed"):
        found.setdefault(pk, []).append(tuple(rest))
    return found


def request_texts_of(mentee_ids: Iterable[int]) -> dict[int, str]:
    return {
        pk: request_words((text, code, topic) for text, code, topic, _ in rows)
        for pk, rows in requests_of(mentee_ids).items()
    }


def competences_of(mentor_ids: Iterable[int]) -> dict[int, list[tuple[str, str, bool]]]:
    """(text, topic, confirmed) by mentor."""
    found: dict[int, list[tuple[str, str, bool]]] = {}
    rows = MentorCompetence.objects.filter(mentor_id__in=list(mentor_ids)).order_by("id")
    for pk, text, topic, is_confirmed in rows.values_list(
        "mentor_id", "text", "topic", "is_confirmed"
    ):
        found.setdefault(pk, []).append((text, topic, is_confirmed))
    return found


def competence_texts_of(mentor_ids: Iterable[int]) -> dict[int, str]:
    """The mentor's own words, each once; topics where no words are."""
    return {
        pk: "; ".join(dict.fromkeys(text or topic_title(topic) for text, topic, _ in rows))
        for pk, rows in competences_of(mentor_ids).items()
    }


def representative_contacts(person_ids: Iterable[int]) -> dict[int, str]:
    """«мать: Юдина Ксения Ильинична, +79770733880» of the first representative, by child."""
    found: dict[int, str] = {}
    rows = Representative.objects.filter(child_id__in=list(person_ids)).order_by("id")
    for row in rows:
        found.setdefault(row.child_id, contact_words(row))
    return found


def contact_words(row: Representative) -> str:
    name = f"{row.relation}: {row.full_name}" if row.relation else row.full_name
    return ", ".join(part for part in (name, row.phone, row.email) if part)


def class_names() -> list[str]:
    """Classes that mentees are in, 5А before 10А."""
    rows = (
        MenteeProfile.objects.exclude(person__class_name="")
        .values_list("person__class_name", flat=True)
        .distinct()
    )
    return sorted(rows, key=class_order)


def class_order(name: str) -> tuple[int, str]:
    digits = "".join(sign for sign in name[:2] if sign.isdecimal())
    return (int(digits) if digits else 99, name)


def _common(
    rows: "QuerySet[Any]",
    today: date,
    name: str,
    state: Collection[str],
    class_name: str,
    *,
    to_recheck: bool,
) -> "QuerySet[Any]":
    for word in search_key(name).split():
        rows = rows.filter(name_has(word, "person__"))
    if state:
        rows = rows.filter(state__in=list(state))
    if class_name:
        rows = rows.filter(person__class_name=class_name)
    if to_recheck:
        rows = rows.filter(needs_recheck(today))
    return rows


def with_main_request(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Adds `main_text`, `main_code`, `main_topic` of the first request."""
    first = MenteeRequest.objects.filter(mentee=OuterRef("pk")).order_by("id")
    found: QuerySet[Any] = rows.annotate(
        main_text=Subquery(first.values("text")[:1]),
        main_code=Subquery(first.values("code")[:1]),
        main_topic=Subquery(first.values("topic")[:1]),
    )
    return found


def with_main_competence(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Adds `main_text`: the mentor's words as they came in."""
    first = MentorCompetence.objects.filter(mentor=OuterRef("pk")).order_by("id")
    found: QuerySet[Any] = rows.annotate(main_text=Subquery(first.values("text")[:1]))
    return found
