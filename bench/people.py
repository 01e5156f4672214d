"""A base with very many fictional people, built with plain inserts, for the benchmarks that need one."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any

PERSONS = int(os.environ.get("NASTAVNIK_BENCH_PERSONS", "300000"))
IN_BIG = min(10_000, PERSONS)
IN_SMALL = 1_000
IN_TINY = 10
BIG, SMALL, TINY = "big", "school-1", "tiny"
CHUNK = 5_000
DAY = dt.date(2026, 9, 1)
SURNAMES = ("Иванов", "Петров", "Сидоров", "Кузнецов", "Смирнов", "Попов", "Волков", "Зайцев")
NAMES = ("Пётр", "Илья", "Олег", "Глеб", "Денис", "Роман", "Егор")
PATRONYMICS = ("Иванович", "Петрович", "Олегович", "Ильич", "Глебович")


@contextmanager
def empty_base() -> Iterator[Path]:
    """Django over a fresh database with production settings; PostgreSQL when NASTAVNIK_DATABASE names it."""
    folder = tempfile.mkdtemp(prefix="nastavnik-bench-")
    own = {
        "DJANGO_SETTINGS_MODULE": "nastavnik.config.settings.base",
        "NASTAVNIK_SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
        "NASTAVNIK_DATA": folder,
        "NASTAVNIK_HTTPS": "0",
    }
    os.environ.update(own)
    os.environ.setdefault("NASTAVNIK_DATABASE", f"sqlite:///{folder}/bench.sqlite3")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build() -> None:
    """One organisation of IN_BIG people, one of IN_TINY, the rest in small ones; all with papers."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from nastavnik.tenancy.scope import scopes_disabled

    with scopes_disabled(reason="a base for measuring"), transaction.atomic():
        organisations = make_organisations()
        last = last_ids()
        insert_people(organisations, last)
        insert_pairs(organisations[0], last)
    if connection.vendor == "postgresql":
        call_command("sqlsequencereset", "people", "pairs", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_organisations() -> list[int]:
    from nastavnik.tenancy.models import Organisation, Territory

    region = Territory.objects.create(kind="region", name="Край", slug="bench-region")
    small = -(-(PERSONS - IN_BIG) // IN_SMALL)
    found = []
    for number in range(small + 2):
        slug = f"school-{number}" if number else BIG
        slug = TINY if number > small else slug
        organisation = Organisation(
            territory=region,
            kind="school",
            slug=slug,
            short_name=f"Школа № {number}",
            full_name=f"Школа № {number}",
            head_surname="Зотов",
        )
        organisation.save()
        found.append(organisation.pk)
    return found


def home_of(number: int, organisations: Sequence[int]) -> int:
    """The organisation of a person, by number from 0."""
    if number >= PERSONS - IN_TINY:
        return organisations[-1]
    return organisations[0 if number < IN_BIG else 1 + (number - IN_BIG) // IN_SMALL]


def last_ids() -> int:
    """Ids above any that the migrations may have given."""
    return 1_000_000


def insert_people(organisations: Sequence[int], base: int) -> None:
    """Four of five people are mentees with a request and both consents, the fifth is a mentor."""
    from nastavnik.people.models import Consent, MenteeProfile, MenteeRequest, MentorProfile, Person

    mentees = [number for number in range(PERSONS) if number % 5]
    mentors = range(0, PERSONS, 5)

    def keys(number: int) -> dict[str, Any]:
        return {"id": base + number, "organisation_id": home_of(number, organisations)}

    insert(
        Person(given="", surname="", category="pupil", class_name="7А"),
        ((keys(number) | person_values(number)) for number in range(PERSONS)),
    )
    insert(
        MenteeProfile(),
        (
            keys(number) | {"person_id": base + number, "state": ("in_base", "paired")[number % 2]}
            for number in mentees
        ),
    )
    insert(
        MentorProfile(capacity=4),
        (keys(number) | {"person_id": base + number, "state": "ready"} for number in mentors),
    )
    insert(
        MenteeRequest(text="подтянуть математику", code="study", topic="math", is_confirmed=True),
        (keys(number) | {"mentee_id": base + number} for number in mentees),
    )
    insert(
        Consent(state="in_force", received_on=DAY, valid_from=DAY, child_signed=True),
        (
            keys(number)
            | {
                "id": base + number * 2 + at,
                "person_id": base + number,
                "kind": kind,
                "token": f"{number}-{at}",
            }
            for number in mentees
            for at, kind in enumerate(("participation_child", "pd_child"))
            if number % 10 != 1 or at
        ),
    )


def person_values(number: int) -> dict[str, Any]:
    """Names repeat, birthdays do not: what a base of a region looks like."""
    mixed = number * 7919 % PERSONS
    parts = (
        f"{SURNAMES[mixed % 8]}{'аеиоу'[mixed // 8 % 5]}{mixed // 40 % 97}",
        NAMES[mixed // 3 % 7],
        PATRONYMICS[mixed // 7 % 5],
    )
    key = " ".join(parts).casefold().replace("ё", "е")
    born = dt.date(2009, 1, 1) + dt.timedelta(days=number * 7 % 2_000)
    return {
        "surname": parts[0],
        "given": parts[1],
        "patronymic": parts[2],
        "class_name": f"{5 + number % 6}{'АБВГ'[number % 4]}",
        "birth_date": born,
        "birth_year": born.year,
        "search_key": key,
        "identity_key": f"{key}|{born.year}",
    }


def insert_pairs(organisation: int, base: int) -> None:
    """Every second mentee of the big organisation has a mentor by a former order."""
    from nastavnik.pairs.models import Pair, PairMentee

    paired = [number for number in range(IN_BIG) if number % 5 and number % 2]
    own: dict[str, Any] = {"organisation_id": organisation}
    insert(
        Pair(form="student-student", state="active", foreign_order="№ 1 от 01.09.2026"),
        (own | {"id": base + number, "mentor_id": base + number - number % 5} for number in paired),
    )
    insert(
        PairMentee(joined_on=DAY),
        (
            own | {"id": base + number, "pair_id": base + number, "mentee_id": base + number}
            for number in paired
        ),
    )


def insert(sample: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows like `sample` with some values of their own, past every model's rule: the fastest way in."""
    from django.db import connection
    from django.utils import timezone

    fields = {field.attname: field for field in sample._meta.concrete_fields}
    now = timezone.now()
    usual = {
        name: field.get_db_prep_save(
            now if getattr(field, "auto_now_add", False) else getattr(sample, name), connection
        )
        for name, field in fields.items()
    }
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields.values())
    sql = (
        f"INSERT INTO {quote(sample._meta.db_table)} ({columns})"  # noqa: S608 -- our own names
        f" VALUES ({', '.join(['%s'] * len(fields))})"
    )
    source = iter(rows)
    for _ in count():
        chunk = [tuple((usual | row).values()) for row in islice(source, CHUNK)]
        if not chunk:
            return
        with connection.cursor() as cursor:
            cursor.executemany(sql, chunk)
