"""Cells with the programme's own words: classes, forms, places, wishes, time, orders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nastavnik.people.engine.slots import read_slots, slots_in_words

from .dates import PartialDate, parse_date
from .model import CellValue, plain_text
from .names import PersonName, parse_names
from .parsed import EMPTY, Parsed, warning
from .words import normalise

_CLASS = re.compile(
    r"^(\d{1,2})\s*[-–—.]?\s*[«\"'’]?\s*([а-яё])?\s*[»\"'’]?\s*(?:класса?|кл\.?)?$", re.IGNORECASE
)
_CLASS_TYPO = re.compile(
    r"^(\d{1,2})\s*[-–—.,/]*\s*[«\"'’]?\s*([а-яё])?\s*[»\"'’]?[\s,.]*(к\w{0,6}\.?)?$", re.IGNORECASE
)
_PLACE_CLASS = re.compile(
    r"(\d{1,2})\s*[-–«\"]?\s*([а-яё](?![а-яё]))?[»\"]?\s*(?:-?(?:го|й|ого))?\s*(?:кл\b|кл\.|класс)",
    re.IGNORECASE,
)
_PUPIL = re.compile(
    r"\b(?:учени[кц]|учащ|обучающ|школьни|старшекласс|лицеист|гимназист)", re.IGNORECASE
)
_STUDENT = re.compile(r"\b(?:студент|курс\b|магистр|бакалавр|аспирант|группа\b)", re.IGNORECASE)
_TEACHER = re.compile(
    r"\b(?:учител|педагог|преподават|воспитат|методист|психолог|логопед|дефектолог|тьютор|завуч|концертмейстер|мастер п|вожат|библиотекар)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:ООО|ОАО|ЗАО|ПАО|АО|ИП|ГУП|МУП|НКО|АНО|ФГУП)\b|завод|фабрик|компани|предприят|больниц|поликлиник|банк|цех|пожарн|полици|редакц|фирм|музе|театр",
    re.IGNORECASE,
)
_AGES = re.compile(r"(\d{1,2})\s*(?:[-–—]|до|по)\s*(\d{1,2})")
_ONE_AGE = re.compile(r"(от|с|старше|до|младше|не старше|не младше)?\s*(\d{1,2})\s*(\+)?")
_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:-\s*\d{1,2}\s*)?(?:ч\b|ч\.|час)", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{2,3})\s*мин", re.IGNORECASE)
_CAPACITY = re.compile(
    r"(?:до\s*)?(\d{1,2})\s*(?:чел|ученик|наставляем|реб|дет|обучающ|студент)", re.IGNORECASE
)
_ORDER = re.compile(
    r"№\s*([0-9][\w./\\-]*|[А-Яа-я]{1,4}-?\d[\w./\\-]*)\s*(?:от\s*([«\"\d][\d.«»\" а-яё]*\d{2,4}))?",
    re.IGNORECASE,
)
_ORDER_DATE = re.compile(
    r"от\s*([«\"]?\d{1,2}[»\"]?[.\s][\d.\sа-яё]*?\d{4}(?:\s*г(?:ода|\.)?(?![а-яё]))?|\d{1,2}\.\d{1,2}\.\d{2})",
    re.IGNORECASE,
)
_ORDER_WORD = re.compile(
    r"\(?\s*(?:по\s+)?(?:приказ\w*|пр\.|распоряжени\w*|закрепл\w*)\s*\)?", re.IGNORECASE
)
FORMS = {
    ("ученик", "ученик"): "pupil-pupil",
    ("учитель", "учитель"): "teacher-teacher",
    ("студент", "ученик"): "student-pupil",
    ("работодатель", "ученик"): "employer-pupil",
    ("работодатель", "студент"): "employer-student",
    ("учитель", "ученик"): "teacher-pupil",
    ("учитель", "студент"): "teacher-pupil",
    ("студент", "студент"): "pupil-pupil",
}
#: Forms whose mentee is an employee.
ADULT_FORMS = frozenset(
    {"teacher-teacher", "pedagogue-pedagogue", "head-pedagogue", "university-young-pedagogue"}
)
_ROLE_STEMS = (
    ("ученик", "учени"), ("ученик", "школьни"), ("ученик", "обучающ"), ("ученик", "учащ"), ("учитель", "учител"),
    ("учитель", "педагог"), ("учитель", "преподавател"), ("студент", "студент"), ("работодатель", "работодател"),
    ("работодатель", "предприяти"), ("учитель", "воспитател"),
)  # fmt: skip


@dataclass(frozen=True)
class FormWords:
    """The dictionary of forms in use here: code by normalised spelling, and every code that may be chosen."""

    spelled: Mapping[str, str]
    used: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderReference:
    """«№ 45 от 01.10.2026»: an order that has already fixed the pair."""

    number: str
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class People:
    """People named in one cell, with the order that fixes them when the cell tells it."""

    names: tuple[PersonName, ...]
    order: OrderReference | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Who the mentor is: category `pupil`, `student`, `teacher`, `employer` or `other`."""

    category: str
    text: str
    class_name: str = ""
    organisation: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Wished ages in years, both ends included; None means no bound."""

    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class TimeResource:
    """Hours a week and number of mentees when the words name them."""

    text: str
    hours_per_week: float | None = None
    capacity: int | None = None


def parse_class(raw: CellValue) -> Parsed:
    """«8 Б», «9а», «5-б» -> 8Б, 9А, 5Б; a group or a post stays as written."""
    if raw is None:
        return EMPTY
    text = " ".join(plain_text(raw).split())
    if match := _CLASS.match(text):
        return _grade(int(match[1]), match[2] or "", text)
    if match := _CLASS_TYPO.match(text):
        parsed = _grade(int(match[1]), match[2] or "", text)
        if parsed.level == "ok":
            return warning(
                parsed.value, f"«{text}» — похоже на класс {parsed.value}. Принять?", parsed.value
            )
    return Parsed(text[:100])


def _grade(number: int, letter: str, text: str) -> Parsed:
    name = f"{number}{letter.upper()}"
    if 1 <= number <= 12:
        return Parsed(name)
    return warning(text, f"класса «{text}» не бывает — исправьте")


def parse_form(raw: CellValue, *, known: FormWords | None = None) -> Parsed:
    """«учитель – ученик» -> teacher-pupil; unknown words stay with a warning."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    code = (known.spelled.get(normalise(text)) if known else None) or _form_of_roles(text)
    if code and (known is None or code in known.used):
        return Parsed(code)
    return warning(None, f"форма «{text.strip()[:40]}» не узнана — выберите из списка")


def _form_of_roles(text: str) -> str | None:
    roles = [
        role
        for word in normalise(text).split()
        for role, stem in _ROLE_STEMS
        if word.startswith(stem)
    ]
    return FORMS.get((roles[0], roles[1])) if len(roles) == 2 else None


def parse_people(raw: CellValue, *, pivot_year: int) -> Parsed:
    """Names of the other side, several in a cell, with «№ … от …» of the order."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    order = find_order(text, pivot_year=pivot_year)
    if order:
        text = _ORDER_WORD.sub(" ", _ORDER_DATE.sub(" ", _ORDER.sub(" ", text)))
    names, rest = parse_names(text, _is_post)
    people = People(tuple(names), order)
    strange = [piece for piece in rest if not names or _place(piece).category == "other"]
    if strange:
        return warning(people, f"«{strange[0][:40]}» не похоже на ФИО — проверьте")
    return Parsed(people)


def _is_post(piece: str) -> bool:
    """«учитель физики» beside a name: small letters and a known kind of work or study."""
    return any(map(str.islower, piece.split())) and _place(piece).category != "other"


def find_order(text: str, *, pivot_year: int) -> OrderReference | None:
    """The order named in a text, if any."""
    match = _ORDER.search(text)
    if not match:
        return None
    date_text = match[2]
    if not date_text:
        found = _ORDER_DATE.search(text)
        date_text = found[1] if found else None
    date = parse_date(date_text, pivot_year=pivot_year).value if date_text else None
    return OrderReference(match[1].rstrip(".,-"), date)


def parse_order(raw: CellValue, *, pivot_year: int) -> Parsed:
    """The column with the order's number and date."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    found = find_order(text if "№" in text else f"№ {text.strip()}", pivot_year=pivot_year)
    if found is None:
        return warning(None, f"«{text.strip()[:40]}» — не найден номер приказа")
    if found.date is None:
        return warning(found, "у приказа не указана дата")
    return Parsed(found)


def parse_place(raw: CellValue) -> Parsed:
    """«ученик 10 класса», «учитель, школа», «ООО «Ромашка», инженер»."""
    return EMPTY if raw is None else Parsed(_place(" ".join(plain_text(raw).split())))


def _place(text: str) -> Place:
    grade = _PLACE_CLASS.search(text)
    if _COMPANY.search(text):
        organisation, _, post = text.partition(",")
        return Place("employer", text, organisation=organisation.strip(), post=post.strip())
    if _PUPIL.search(text) or (grade and not _TEACHER.search(text)):
        return Place("pupil", text, class_name=_class_of(grade))
    if _STUDENT.search(text):
        return Place("student", text)
    if _TEACHER.search(text):
        return Place("teacher", text, post=text.partition(",")[0].strip())
    bare = _CLASS.match(text)
    if bare and 1 <= int(bare[1]) <= 12:
        return Place("pupil", text, class_name=_class_of(bare))
    return Place("other", text)


def _class_of(match: re.Match[str] | None) -> str:
    if match is None or not 1 <= int(match[1]) <= 12:
        return ""
    return f"{int(match[1])}{(match[2] or '').upper()}"


def parse_wanted_age(raw: CellValue) -> Parsed:
    """«10-13», «от 12», «любой», «с 5 по 8 класс» -> AgeRange; classes become ages."""
    if raw is None:
        return EMPTY
    text = " ".join(plain_text(raw).split())
    words = normalise(text)
    if re.search(r"люб|все|не важ|без разниц|не имеет", words):
        return Parsed(AgeRange(None, None, text))
    # A pupil of class N is N+6 years old in September and may turn N+7 during the year.
    low_shift, high_shift = (6, 7) if "класс" in words or re.search(r"\bкл\b", words) else (0, 0)
    if match := _AGES.search(text):
        low, high = sorted((int(match[1]), int(match[2])))
        return Parsed(AgeRange(low + low_shift, high + high_shift, text))
    if match := _ONE_AGE.search(text.lower()):
        number, sense = int(match[2]), match[1] or ""
        from_below = sense in {"от", "с", "старше", "не младше"} or match[3]
        low_bound = None if sense and not from_below else number + low_shift
        return Parsed(AgeRange(low_bound, None if from_below else number + high_shift, text))
    return warning(
        AgeRange(None, None, text), f"возраст «{text[:30]}» не понят — останется как текст"
    )


def parse_slots(raw: CellValue) -> Parsed:
    """«ср 15:00–17:00; пт после обеда» -> slots; what was assumed or not understood is told."""
    if raw is None:
        return EMPTY
    reading = read_slots(plain_text(raw))
    faults = [f"не понято «{word[:30]}»" for word in reading.unknown[:3]]
    if not reading.slots:
        told = "; ".join(faults) or f"«{plain_text(raw)[:30]}» — нет ни дня, ни часов"
        return warning(None, f"{told}: напишите, например, «ср 15:00–17:00; пт с 14»")
    if doubts := [*reading.doubts, *faults]:
        words = slots_in_words(reading.slots)
        return warning(reading.slots, f"{'; '.join(doubts)}. Принять «{words}»?", words)
    return Parsed(reading.slots)


def parse_time(raw: CellValue) -> Parsed:
    """«2 часа в неделю», «раз в две недели», «до 3 чел., 3 часа» -> TimeResource."""
    if raw is None:
        return EMPTY
    text = " ".join(plain_text(raw).split())
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Parsed(TimeResource(text, hours_per_week=float(raw) if 0 < raw <= 40 else None))
    lowered = text.lower()
    capacity = int(found[1]) if (found := _CAPACITY.search(lowered)) else None
    hours: float | None = None
    if found := _HOURS.search(lowered):
        hours = float(found[1].replace(",", "."))
    elif found := _MINUTES.search(lowered):
        hours = round(int(found[1]) / 60, 2)
    if hours is not None and re.search(
        r"(?:две|2|3|три)\s*недел|в\s+месяц|/\s*мес|ежемесяч", lowered
    ):
        hours = round(
            hours / (4 if "мес" in lowered else 3 if re.search(r"(3|три)\s*нед", lowered) else 2), 2
        )
    return Parsed(TimeResource(text, hours, capacity))
