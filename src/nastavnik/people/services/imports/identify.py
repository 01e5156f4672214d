"""Is it the same human being? Rows of a file against each other and against the registers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from nastavnik.people.models import Person
from nastavnik.people.services.imports.records import Incoming
from nastavnik.shared.text import search_key

SAME, NEW = "same", "new"
Answer = Literal["new", "same", "ask", "twice"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed of a person in the registers to compare."""

    pk: int
    year: int | None
    class_name: str
    label: str


@dataclass(frozen=True, slots=True)
class Match:
    """`same` and `ask` point at a person, `twice` at an earlier row of the file."""

    answer: Answer
    known: Known | None = None
    row: int = 0
    is_decided: bool = False


Index = Mapping[str, list[Known]]


def known_people() -> Index:
    """Everybody in the registers by name key; one query."""
    index: dict[str, list[Known]] = defaultdict(list)
    rows = Person.objects.filter(merged_into__isnull=True, archived_at__isnull=True)
    names = ("pk", "search_key", "birth_year", "class_name", "category", "post", "workplace")
    for pk, key, year, class_name, category, post, workplace in rows.values_list(*names):
        about = class_name if category == "pupil" else (post or workplace or class_name)
        label = ", ".join(part for part in (f"{year} г. р." if year else "", about) if part)
        index[key].append(Known(pk, year, class_name, label))
    return index


def name_key(found: Incoming) -> str:
    parts = (found.person.get(part, "") for part in ("surname", "given", "patronymic"))
    return search_key(" ".join(part for part in parts if part))


def match_rows(
    rows: Iterable[Incoming], index: Index, decisions: Mapping[int, str]
) -> dict[int, Match]:
    """The verdict for every row number; `decisions` are the curator's answers by row."""
    matches: dict[int, Match] = {}
    seen: dict[str, list[Incoming]] = defaultdict(list)
    for found in rows:
        key = name_key(found)
        decision = decisions.get(found.row, "")
        match = _in_file(found, seen[key], decision) or _in_base(
            found, index.get(key, ()), decision
        )
        matches[found.row] = match
        if match.answer != "twice":
            seen[key].append(found)
    return matches


def _in_file(found: Incoming, earlier: list[Incoming], decision: str) -> Match | None:
    """The same name above in the file with the same year, or class where a year is missing."""
    if decision == NEW:
        return None
    for other in earlier:
        if _same(_year(found), _year(other), _class(found), _class(other)):
            return Match("twice", row=other.row, is_decided=decision == SAME)
    return None


def _in_base(found: Incoming, candidates: Iterable[Known], decision: str) -> Match:
    if decision == NEW:
        return Match("new", is_decided=True)
    year, doubtful = _year(found), None
    for known in candidates:
        if year == known.year:
            return Match("same", known)
        if year is not None and known.year is not None:
            continue
        if _class(found) and _class(found) == known.class_name:
            return Match("same", known)
        doubtful = doubtful or known
    if doubtful is None:
        return Match("new")
    if decision == SAME:
        return Match("same", doubtful, is_decided=True)
    return Match("ask", doubtful)


def _same(year: int | None, other_year: int | None, class_name: str, other_class: str) -> bool:
    if year is not None and other_year is not None:
        return year == other_year
    if class_name and other_class:
        return class_name == other_class
    return True


def _year(found: Incoming) -> int | None:
    year: int | None = found.person.get("birth_year")
    return year


def _class(found: Incoming) -> str:
    return str(found.person.get("class_name", ""))
