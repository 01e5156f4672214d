"""Checks that need more than one cell: age, class of a pupil mentor, the same person twice."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from .contacts import Contact
from .dates import PartialDate
from .mentoring import ADULT_FORMS, Place, parse_class
from .names import PersonName
from .parsed import EMPTY, ERROR, WARNING, Parsed

MIN_AGE = 10
_SECTION_CLASS = re.compile(
    r"^\s*(\d{1,2})\s*[-«\"]?\s*[а-яё]?[»\"]?\s*(?:класса?|кл\.?)\s*$", re.IGNORECASE
)
_ADULT_POST = re.compile(
    r"учител|педагог|преподават|воспитат|методист|психолог|логопед|мастер", re.IGNORECASE
)

Columns = dict[str, list[Parsed]]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Rows with one name: the `same` person by birth year or class, or only a namesake."""

    rows: tuple[int, ...]
    same: bool
    message: str


def school_year_start(today: dt.date) -> dt.date:
    """1 September of the school year that runs, or from June on of the one being prepared."""
    return dt.date(today.year if today.month >= 6 else today.year - 1, 9, 1)


def identity_key(surname: str, given: str, patronymic: str, birth_year: int | None) -> str:
    """Key by which one person is known in files and in the registers."""
    tidy = (" ".join(part.split()) for part in (surname, given, patronymic))
    return f"{name_key(PersonName(*tidy))}|{birth_year or ''}"


def name_key(name: PersonName) -> str:
    """Name without regard to case and ё."""
    text = f"{name.surname} {name.given} {name.patronymic}"
    return text.casefold().replace("ё", "е")


def apply(
    kind: str, parsed: Columns, sections: list[str], today: dt.date, rows: list[int]
) -> list[Duplicate]:
    """Put what is missing or forbidden into the cells; tell which rows may be one person."""
    if not rows:
        return []
    _require_names(parsed, len(rows))
    if kind == "mentees":
        _classes_from_sections(parsed, sections)
        _merge_contact_phone(parsed)
        _check_births(parsed, len(rows), school_year_start(today))
    elif kind == "mentors":
        _check_pupil_mentors(parsed, len(rows))
        _check_adult_births(parsed, today)
    else:
        _check_adult_births(parsed, today)
    return _duplicates(parsed, rows)


def _require_names(parsed: Columns, count: int) -> None:
    missing = Parsed(None, ERROR, "не указаны фамилия, имя и отчество — впишите здесь")
    cells = parsed.setdefault("full_name", [EMPTY] * count)
    if any(cell.value is None for cell in cells):
        parsed["full_name"] = [
            missing if cell.value is None and not cell.message else cell for cell in cells
        ]


def _classes_from_sections(parsed: Columns, sections: list[str]) -> None:
    """«5 б класс» above the rows gives the class when its own column is empty or absent."""
    known = {text: parse_class(text) for text in set(sections) if _SECTION_CLASS.match(text)}
    if not known:
        return
    cells = parsed.setdefault("class_name", [EMPTY] * len(sections))
    for i, text in enumerate(sections):
        if cells[i].value is None and text in known:
            cells[i] = known[text]


def _merge_contact_phone(parsed: Columns) -> None:
    phones = parsed.get("contact_phone")
    if phones is None:
        return
    contacts = parsed.setdefault("contact", [EMPTY] * len(phones))
    for i, phone in enumerate(phones):
        if phone.value:
            own = contacts[i].value or Contact()
            contacts[i] = Parsed(
                Contact(own.relation, own.name, own.phone or phone.value, own.email)
            )


def _check_births(parsed: Columns, count: int, start: dt.date) -> None:
    cells = parsed.setdefault("birth", [EMPTY] * count)
    if cells is parsed["birth"]:
        parsed["birth"] = cells = list(cells)
    verdicts: dict[PartialDate, Parsed] = {}
    for i, cell in enumerate(cells):
        if cell.level == ERROR:
            continue
        birth = cell.value
        if birth is None:
            cells[i] = _missing_birth(_is_adult(parsed, i))
            continue
        verdict = verdicts.get(birth)
        if verdict is None:
            verdict = verdicts[birth] = _age_verdict(birth, start)
        if verdict.message and not (verdict.level == WARNING and _is_adult(parsed, i)):
            cells[i] = verdict


def _missing_birth(adult: bool) -> Parsed:  # noqa: FBT001
    if adult:
        return Parsed(None, WARNING, "не указан год рождения — впишите, если он известен")
    return Parsed(None, ERROR, "не указан год рождения — впишите здесь")


def _is_adult(parsed: Columns, i: int) -> bool:
    form = parsed["form"][i].value if "form" in parsed else None
    if form in ADULT_FORMS:
        return True
    post = parsed["class_name"][i].value if "class_name" in parsed else None
    return bool(post and _ADULT_POST.search(post))


def _age_verdict(birth: PartialDate, start: dt.date) -> Parsed:
    """Age on 1 September; with a bare year the child may have either of two ages."""
    oldest = start.year - birth.year
    youngest = oldest
    if (birth.precision == "day" and (birth.month, birth.day) > (start.month, start.day)) or (
        birth.precision == "month" and birth.month > start.month
    ):
        oldest = youngest = oldest - 1
    elif birth.precision == "year":
        youngest = oldest - 1
    on = start.strftime("%d.%m.%Y")
    if oldest < 3:
        return Parsed(birth, ERROR, f"год рождения {birth.year} не может быть верным — исправьте")
    if oldest < MIN_AGE:
        exact = "" if oldest == youngest else " или меньше"
        years = _years(oldest)
        return Parsed(
            birth, ERROR, f"на {on} ученику исполнится {years}{exact}. Участвовать можно с 10 лет"
        )
    if youngest < MIN_AGE:
        return Parsed(
            birth, WARNING, f"на {on} ученику может быть ещё 9 лет — уточните дату рождения"
        )
    if oldest > 25:
        return Parsed(
            birth, WARNING, f"на {on} наставляемому {_years(oldest)} — проверьте год рождения"
        )
    return Parsed(birth)


def _years(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} год"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return f"{number} года"
    return f"{number} лет"


def _check_pupil_mentors(parsed: Columns, count: int) -> None:
    """A pupil among the mentors needs a class: it decides the age and the consents."""
    if "place" not in parsed and "form" not in parsed:
        return
    message = "не указан класс наставника-ученика — впишите, например: ученик 10 класса"
    places = parsed.setdefault("place", [EMPTY] * count)
    for i, cell in enumerate(places):
        place = cell.value
        known = "class_name" in parsed and parsed["class_name"][i].value
        pupil = place.category == "pupil" if isinstance(place, Place) else _pupil_form(parsed, i)
        if pupil and not known and not (place and place.class_name):
            places[i] = Parsed(place, ERROR, message)


def _pupil_form(parsed: Columns, i: int) -> bool:
    return "form" in parsed and parsed["form"][i].value == "pupil-pupil"


def _check_adult_births(parsed: Columns, today: dt.date) -> None:
    cells = parsed.get("birth", [])
    for i, cell in enumerate(cells):
        if (
            cell.value is not None
            and not today.year - 100 <= cell.value.year <= today.year - MIN_AGE
        ):
            cells[i] = Parsed(cell.value, WARNING, f"год рождения {cell.value.year} — проверьте")


def _duplicates(parsed: Columns, rows: list[int]) -> list[Duplicate]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i, cell in enumerate(parsed["full_name"]):
        name = cell.value
        if name is not None and name.given:
            groups[name_key(name)].append(i)
    nothing = [EMPTY] * len(rows)
    births, classes = parsed.get("birth", nothing), parsed.get("class_name", nothing)
    found = []
    for members in groups.values():
        if len(members) > 1:
            found += _compare(
                members, str(parsed["full_name"][members[0]].value), births, classes, rows
            )
    return found


def _compare(
    members: list[int], name: str, births: list[Parsed], classes: list[Parsed], rows: list[int]
) -> list[Duplicate]:
    people = _one_by_one(members, births, classes)
    found = []
    for person in people:
        if len(person) > 1:
            numbers = tuple(rows[i] for i in person)
            message = f"{_rows_words(numbers)}: {name} — это тот же человек?"
            found.append(Duplicate(numbers, same=True, message=message))
    if len(people) > 1:
        numbers = tuple(rows[person[0]] for person in people)
        message = f"{_rows_words(numbers)}: {name} — данные о рождении или классе разные, считаем разными людьми"
        found.append(Duplicate(numbers, same=False, message=message))
    return found


def _rows_words(numbers: tuple[int, ...]) -> str:
    shown = [str(number) for number in numbers[:5]]
    tail = " и другие" if len(numbers) > 5 else ""
    if len(shown) == 1 or tail:
        return f"Строки {', '.join(shown)}{tail}"
    return f"Строки {', '.join(shown[:-1])} и {shown[-1]}"


def _one_by_one(members: list[int], births: list[Parsed], classes: list[Parsed]) -> list[list[int]]:
    """Split namesakes into people: by day of birth, else by year, else by class."""
    people: list[list[int]] = []
    known: dict[object, list[int]] = {}
    for i in members:
        birth, school_class = births[i].value, classes[i].value
        if birth is not None:
            exact = birth.precision == "day"
            person = known.get(birth) or known.get(("year only" if exact else "year", birth.year))
        else:
            person = known.get(school_class) if school_class else next(iter(people), None)
        if person is None:
            people.append(person := [])
        person.append(i)
        if birth is not None:
            keys = [birth, ("year", birth.year)]
            keys += [] if birth.precision == "day" else [("year only", birth.year)]
            for key in keys:
                known.setdefault(key, person)
        known.setdefault(school_class, person)
    return people
