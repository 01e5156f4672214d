"""One understood row of a file → what would be written about the person."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from nastavnik.people.engine.sheets.contacts import Contact
from nastavnik.people.engine.sheets.dates import PartialDate
from nastavnik.people.engine.sheets.mentoring import ADULT_FORMS, Place, TimeResource, parse_place
from nastavnik.people.engine.sheets.names import PersonName
from nastavnik.people.engine.sheets.rows import Record
from nastavnik.people.engine.slots import read_slots
from nastavnik.people.models import Category, Gender, Person
from nastavnik.people.models.person import ADULT_AGE
from nastavnik.people.services.imports.pairing import PairLine
from nastavnik.people.services.names import gender_of
from nastavnik.tenancy.models import Organisation, OrganisationKind

_CLASS = re.compile(r"\d{1,2}[А-ЯЁ]?")
_HEAD = re.compile(r"директор|заведующ|завуч|заместитель|руководител", re.IGNORECASE)
_LEADING_STUDENT = re.compile(r"^\s*студент(?:ка)?\b[\s,–—-]*", re.IGNORECASE)
_BY_FORM = {"pupil": Category.PUPIL, "student": Category.STUDENT, "employer": Category.EMPLOYEE}
_GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE}
YOUNG_YEARS = 3


@dataclass(slots=True)
class Incoming:
    """What one row says, in the fields of our models; empty values are left out."""

    row: int
    person: dict[str, Any]
    profile: dict[str, Any] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    representative: dict[str, Any] = field(default_factory=dict)
    pair: PairLine | None = None


def incoming(record: Record, kind: str, organisation: Organisation, today: date) -> Incoming | None:
    """None for a row without a readable name."""
    name = record.value("full_name")
    if not isinstance(name, PersonName) or not name.given:
        return None
    person: dict[str, Any] = {
        "surname": name.surname,
        "given": name.given,
        "patronymic": name.patronymic,
        "gender": _GENDERS.get(record.value("gender") or "")
        or gender_of(name.surname, name.given, name.patronymic),
        "phone": record.value("phone") or "",
        "email": record.value("email") or "",
        "department": record.value("speciality") or record.value("department") or "",
        "is_own": True,
        **_birth(record.value("birth")),
    }
    found = Incoming(record.row, person)
    {"mentees": _mentee, "mentors": _mentor, "staff": _staff}[kind](
        record, found, organisation, today
    )
    _contacts(record.value("contact"), found, today)
    found.person = {key: value for key, value in person.items() if value not in ("", None)}
    found.profile = {key: value for key, value in found.profile.items() if value not in ("", None)}
    return found


def _birth(value: PartialDate | None) -> dict[str, Any]:
    if value is None:
        return {}
    if value.precision == "day":
        return {"birth_date": value.first_day, "birth_year": value.year}
    return {"birth_year": value.year}


def _mentee(record: Record, found: Incoming, organisation: Organisation, today: date) -> None:
    text = record.value("class_name") or ""
    category = _mentee_category(record, text, found.person, organisation, today)
    found.person["category"] = category
    found.person["post" if category == Category.PEDAGOGUE else "class_name"] = text
    found.profile = {
        "preferred_form": record.value("form") or "",
        "entered_on": _day(record.value("entered_on")),
        "left_on": _day(record.value("finished_on")),
        "results": record.value("results") or "",
        "case_link": record.value("case_link") or "",
        "passed_mark": _mark(record),
        "free_slots": " ".join(record.value("free_slots") or ()),
    }
    found.words = _lines(record.value("request"))
    _pair(record, found, "mentee", "mentor_name", "mentor_place")


def _mentee_category(
    record: Record, text: str, person: dict[str, Any], organisation: Organisation, today: date
) -> Category:
    if _CLASS.fullmatch(text):
        return Category.PUPIL
    if not organisation.teaches_children or _is_teacher(text):
        return Category.PEDAGOGUE
    if organisation.kind == OrganisationKind.COLLEGE or record.value("speciality"):
        return Category.STUDENT
    if record.value("form") in ADULT_FORMS:
        return Category.PEDAGOGUE
    age = _age(person.get("birth_date"), person.get("birth_year"), today)
    return Category.PUPIL if age is None or age <= ADULT_AGE + 1 else Category.PEDAGOGUE


def _is_teacher(text: str) -> bool:
    """The text is a teacher's post."""
    place = parse_place(text or None).value
    return isinstance(place, Place) and place.category == "teacher"


def _mentor(record: Record, found: Incoming, organisation: Organisation, today: date) -> None:
    _workplace(record, found.person, organisation)
    ages, time = record.value("wanted_age"), record.value("time_resource")
    hours = time.hours_per_week if time else None
    found.profile = {
        "achievements": record.value("achievements") or "",
        "interests": (record.value("interests") or "")[:300],
        "wanted_age_text": ages.text if ages else "",
        "wanted_age_from": ages.low if ages else None,
        "wanted_age_to": ages.high if ages else None,
        "time_text": time.text if time else "",
        "hours_per_week": Decimal(str(hours)).quantize(Decimal("0.1")) if hours else None,
        "capacity": min(time.capacity, 30) if time and time.capacity else None,
        "preferred_form": record.value("form") or "",
        "free_slots": " ".join(record.value("free_slots") or _slots_in(time)),
        "entered_on": _day(record.value("entered_on")),
        "left_on": _day(record.value("finished_on")),
        "results": record.value("results") or "",
        "case_link": record.value("case_link") or "",
    }
    found.words = [record.value("competences")] if record.value("competences") else []
    _pair(record, found, "mentor", "mentee_names", "mentee_place")


def _slots_in(time: TimeResource | None) -> tuple[str, ...]:
    """Days and hours written into the column of time, when nothing in it is doubtful."""
    reading = read_slots(time.text if time else "")
    return () if reading.doubts or reading.unknown else reading.slots


def _workplace(record: Record, person: dict[str, Any], organisation: Organisation) -> None:
    place = record.value("place")
    class_name, post = record.value("class_name") or "", record.value("post") or ""
    if not isinstance(place, Place):
        by_form = _BY_FORM.get((record.value("form") or "").partition("-")[0], Category.PEDAGOGUE)
        category = Category.PUPIL if _CLASS.fullmatch(class_name) else by_form
        person.update(category=category, class_name=class_name, post=post)
        person["is_own"] = category != Category.EMPLOYEE
    elif place.category == "pupil":
        person.update(category=Category.PUPIL, class_name=place.class_name or class_name)
    elif place.category == "student":
        own = organisation.kind == OrganisationKind.COLLEGE
        rest = _LEADING_STUDENT.sub("", place.text)
        person.update(category=Category.STUDENT, workplace=rest, is_own=own, class_name=class_name)
    elif place.category == "teacher":
        rest = place.text.partition(",")[2].strip()
        person.update(
            category=Category.PEDAGOGUE, post=post or place.post or place.text, workplace=rest
        )
    else:
        person.update(
            category=Category.EMPLOYEE,
            is_own=False,
            workplace=place.organisation or place.text,
            post=post or place.post,
        )


def _staff(record: Record, found: Incoming, organisation: Organisation, today: date) -> None:
    post = record.value("post") or ""
    since = _since(record.value("experience"), today)
    found.person.update(post=post, experience_since=since)
    if _HEAD.search(post):
        found.person["category"] = Category.HEAD
    elif _is_teacher(post):
        young = since is not None and (today - since).days < YOUNG_YEARS * 365
        found.person["category"] = Category.YOUNG_SPECIALIST if young else Category.PEDAGOGUE
    else:
        found.person["category"] = Category.STAFF


def _since(experience: Any, today: date) -> date | None:
    if experience is None:
        return None
    if experience.since is not None:
        return _day(experience.since)
    return date(today.year - experience.years, 9, 1) if experience.years is not None else None


def _contacts(contact: Contact | None, found: Incoming, today: date) -> None:
    """A named contact of a minor is the representative; otherwise the contact is the person's own."""
    if contact is None:
        return
    person = found.person
    if contact.name is not None and _is_minor(
        person.get("birth_date"), person.get("birth_year"), person.get("category", ""), today
    ):
        name = contact.name
        found.representative = {
            "surname": name.surname,
            "given": name.given,
            "patronymic": name.patronymic,
            "gender": gender_of(name.surname, name.given, name.patronymic),
            "relation": contact.relation,
            "phone": contact.phone,
            "email": contact.email,
        }
        return
    person["phone"] = person.get("phone") or contact.phone
    person["email"] = person.get("email") or contact.email


@lru_cache(maxsize=8192)
def _age(birth_date: date | None, birth_year: int | None, today: date) -> int | None:
    return Person(birth_date=birth_date, birth_year=birth_year).age_on(today)


@lru_cache(maxsize=8192)
def _is_minor(birth_date: date | None, birth_year: int | None, category: str, today: date) -> bool:
    person = Person(birth_date=birth_date, birth_year=birth_year, category=category)
    return person.is_minor_on(today)


def _pair(record: Record, found: Incoming, side: Any, names_field: str, place_field: str) -> None:
    people = record.value(names_field)
    if people is None or not people.names:
        return
    order = record.order
    place = record.value(place_field)
    found.pair = PairLine(
        row=record.row,
        side=side,
        partners=tuple((n.surname, n.given, n.patronymic) for n in people.names),
        partner_place=place.text if isinstance(place, Place) else str(place or ""),
        form=record.value("form") or "",
        order_number=order.number if order else "",
        order_date=_day(order.date) if order else None,
        starts_on=found.profile.get("entered_on"),
        ends_on=found.profile.get("left_on"),
        results=found.profile.get("results") or "",
    )


def _day(value: PartialDate | None) -> date | None:
    return value.first_day if value is not None else None


def _mark(record: Record) -> str:
    value = record.value("passed_mark")
    if isinstance(value, str):
        return value[:120]
    if not value:
        return ""
    raw = " ".join(record.cells["passed_mark"].raw.split())
    return raw[:120] if len(raw) > 2 else "пройдена"


def _lines(text: str | None) -> list[str]:
    parts = re.split(r"[\n;]+", text or "")
    return list(dict.fromkeys(part.strip()[:400] for part in parts if part.strip()))
