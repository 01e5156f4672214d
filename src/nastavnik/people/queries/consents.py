"""Who takes part, whose consents are missing, and one person's consents with their history."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nastavnik.audit.models import AuditEvent
from nastavnik.people.consent_kinds import Standing, class_order, standings, to_collect
from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.people.queries.people import living_people, name_has
from nastavnik.people.queries.registers import GONE, MENTORS_GONE
from nastavnik.shared.text import search_key
from nastavnik.tenancy.scope import scopes_disabled

REQUIRED = "required"
_WORDS: dict[str, str] = {
    "consents.issued": "Бланк выдан",
    "consents.received": "Бумага получена, ждёт подписи ребёнка",
    "consents.in_force": "Получено, действует",
    "consents.child_signed": "Подписал и сам ребёнок",
    "consents.refused": "Отказ",
    "consents.withdrawn": "Отозвано",
    "consents.replaced": "Заменено новым",
    "consents.expired": "Срок истёк",
}


@dataclass(frozen=True)
class Collected:
    """«Получено 22 из 25» and how many papers are still to be collected."""

    ready: int
    total: int

    @property
    def lacking(self) -> int:
        return self.total - self.ready


@dataclass(frozen=True)
class Line:
    """One event of a consent's history."""

    at: datetime
    text: str
    who: str


def participants() -> "QuerySet[Person]":
    """Mentees, mentors and candidates who have not left, one row a person."""
    mentees = Q(mentee__isnull=False) & ~Q(mentee__state__in=GONE)
    mentors = Q(mentor__isnull=False) & ~Q(mentor__state__in=MENTORS_GONE)
    return living_people().filter(mentees | mentors)


def grid(
    *,
    today: date,
    name: str = "",
    class_name: str = "",
    lacks: str = "",
    part: str = "",
) -> "QuerySet[Person]":
    """Rows of the grid. `lacks` is «any» for required papers or a kind that does not hold today."""
    rows = participants()
    for word in search_key(name).split():
        rows = rows.filter(name_has(word))
    if class_name:
        rows = rows.filter(class_name=class_name)
    if part:
        rows = rows.filter(**{f"{part}__isnull": False})
    if lacks == "any":
        rows = rows.exclude(_in_order(today))
    elif lacks:
        rows = rows.exclude(Exists(holding(lacks, today).filter(person_id=OuterRef("pk"))))
    return rows


def holding(kind: str, on: date) -> "QuerySet[Consent]":
    """Consents of one kind that hold on the day."""
    rows: QuerySet[Consent] = Consent.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        kind=kind,
        state=ConsentState.IN_FORCE,
    )
    return rows


def collected(today: date) -> Collected:
    """How many participants have every consent that the law wants; two counts."""
    rows = participants()
    return Collected(rows.filter(_in_order(today)).count(), rows.count())


def lacking_count(today: date) -> int:
    return participants().exclude(_in_order(today)).count()


def _in_order(today: date) -> Q:
    return consents_in_order(today, person="pk", prefix="")


def rows_with_standings(
    persons: Iterable[Person], today: date
) -> list[tuple[Person, list[Standing]]]:
    """Persons beside the states of their consents; two queries for all."""
    people = list(persons)
    papers = papers_of([person.pk for person in people])
    return [(person, standings(person, papers[person.pk], today)) for person in people]


def standings_of(ids: Collection[int], today: date) -> dict[int, dict[str, Standing]]:
    """States by person and kind for the ids of one page."""
    rows = living_people().filter(pk__in=list(ids)).select_related("mentee", "mentor")
    return {
        person.pk: {cell.kind: cell for cell in cells}
        for person, cells in rows_with_standings(rows, today)
    }


def missing_cells(persons: "QuerySet[Person]", today: date) -> list[tuple[Person, list[Standing]]]:
    """Required papers still to be collected, by person; people with everything are left out."""
    rows = list(persons.exclude(_in_order(today)).select_related("mentee", "mentor"))
    papers = papers_of([person.pk for person in rows])
    found = ((person, to_collect(person, papers[person.pk], today)) for person in rows)
    return [(person, cells) for person, cells in found if cells]


def cells_lacking(
    persons: "QuerySet[Person]", kinds: Collection[str], today: date
) -> list[tuple[Person, list[Standing]]]:
    """Papers of these kinds that do not hold yet; «required» stands for those the law wants."""
    rows = rows_with_standings(persons.select_related("mentee", "mentor"), today)
    asked = set(kinds)
    if REQUIRED in asked and staff_mentees().exists():
        asked.add(ConsentKind.EMPLOYEE_MENTOR)
    wanted = (
        (person, [cell for cell in cells if cell.is_missing and _asked(cell, asked)])
        for person, cells in rows
    )
    return [(person, cells) for person, cells in wanted if cells]


def staff_mentees() -> "QuerySet[Person]":
    """Employees with a mentor: for them their mentors' own consent is needed (ТК ст. 351.8)."""
    staff = participants().filter(mentee__isnull=False, is_own=True, category__in=STAFF_CATEGORIES)
    return staff.exclude(mentee__state__in=GONE)


def _asked(cell: Standing, kinds: Collection[str]) -> bool:
    return cell.kind in kinds or (REQUIRED in kinds and cell.is_required)


def classes() -> list[str]:
    """Classes that have participants."""
    names = participants().exclude(class_name="").values_list("class_name", flat=True)
    return sorted(set(names.order_by()))


def consents_of(person: Person, kind: ConsentKind) -> list[Consent]:
    """Every record of one kind about a person, the latest first."""
    rows = Consent.objects.filter(person=person, kind=kind).select_related("representative")
    return list(rows.order_by("-id"))


def history_of(consents: Iterable[Consent]) -> list[Line]:
    """What the journal says about these records, newest first."""
    ids = [consent.pk for consent in consents]
    events = AuditEvent.objects.filter(
        object_type=Consent._meta.label_lower, object_id__in=ids
    ).order_by("-id")
    return [_line(event) for event in events]


def _line(event: AuditEvent) -> Line:
    text = _WORDS.get(event.action, "Изменение")
    return Line(event.at, f"{text} ({event.reason})" if event.reason else text, event.actor_label)


def place_of_token(token: str) -> tuple[int, str] | None:
    """Id and address of the organisation whose consent has this QR code; no names."""
    with scopes_disabled(reason="the QR code of a blank names no organisation"):
        return (
            Consent.objects.filter(token=token)
            .values_list("organisation_id", "organisation__slug")
            .first()
        )


def received_today(today: date) -> int:
    return Consent.objects.filter(received_on=today, state=ConsentState.IN_FORCE).count()


def by_class(
    rows: Iterable[tuple[Person, list[Standing]]],
) -> dict[str, list[tuple[Person, list[Standing]]]]:
    """Rows grouped by class in the order of the school."""
    grouped: dict[str, list[tuple[Person, list[Standing]]]] = defaultdict(list)
    for person, cells in rows:
        grouped[person.class_name].append((person, cells))
    return {name: grouped[name] for name in sorted(grouped, key=class_order)}
