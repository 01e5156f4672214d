"""Columns of a roadmap by their headings, in any order and number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .alphabets import mended

NUMBER, TEXT, STAGE, CONTENT = "number", "text", "stage", "content"
DEADLINE, START, END, RESPONSIBLE, JOINT = "deadline", "start", "end", "responsible", "joint"
RESULT, NOTE, UNKNOWN = "result", "note", ""

_SIGNS = re.compile(r"[^\w№]+|_+")
_NUMBER = re.compile(r"^(?:№|n|no|номер)?(?: ?(?:п п|пп|п|номер|пункта?|строки))?$")
# The earliest of these words names the column: «Результат мероприятия» is a result.
_STEMS: tuple[tuple[str, str], ...] = (
    (DEADLINE, r"срок|дат[аы]\b|период|когда|месяц|время|график|начало\b|окончание\b"),
    (RESPONSIBLE, r"ответственн|исполнител|исполняет|кто\b|куриру|лиц[ао]\b|соисполнител"),
    (RESULT, r"результат|документ|показател|продукт|итог|закрепл|подтвержд|отчетн|индикатор|эффект|выход"),
    (NOTE, r"примечан|отметк|факт|статус|состояни|комментар|выполнен[ои]\b"),
    (CONTENT, r"содержан"),
    (STAGE, r"этап|раздел|направлен|блок\b"),
    (TEXT, r"мероприят|меропр|действ|наименован|назван|работ[аы]?\b|задач|пункт|шаг|что делаем|деятельност|план\b"),
)  # fmt: skip
_SEARCH = tuple((field, re.compile(rf"\b(?:{stems})")) for field, stems in _STEMS)
# Words that tasks and deadlines begin with and headings never do.
_CONTENT_WORDS = re.compile(
    r"^(?:проведение|организация|разработка|создание|формирование|утверждение|подготовка|информирование"
    r"|реализация|участие|в течение|до |не позднее|не реже|не менее|постоянно|на постоянной|ежегод|ежемес"
    r"|ежекв|ежене|по мере|в соответствии)|\b20\d\d\b"
)
# What became of a line, not what is planned: columns of our own tables and of reports.
_AFTERWARDS = re.compile(r"факт|ближайш|подтвержден(?:о|ия)\b")
_START = re.compile(r"начал|\bс\b|\bот\b")
_END = re.compile(r"оконч|заверш|\bпо\b|\bдо\b|конец")
_LONGEST_HEADING = 110
_FIRST_WORDS = 34


@dataclass(frozen=True, slots=True)
class Columns:
    """Field of every column; a joint cell may name the deadline first."""

    fields: tuple[str, ...]
    headings: tuple[str, ...]
    deadline_first: bool = False

    def of(self, field: str) -> tuple[int, ...]:
        """Indices of the columns that hold the field."""
        return tuple(index for index, own in enumerate(self.fields) if own == field)

    @property
    def has_number(self) -> bool:
        return NUMBER in self.fields

    @property
    def known(self) -> frozenset[str]:
        """The fields that were told by headings."""
        return frozenset(self.fields) - {UNKNOWN, NOTE}


def plain(text: str) -> str:
    """A heading for comparing: small Russian letters and single blanks."""
    return _SIGNS.sub(" ", mended(text).casefold().replace("ё", "е")).strip()


def field_of(heading: str) -> str:
    """The field that a heading names, empty when it names none."""
    text = plain(heading)
    if not text:
        return UNKNOWN
    if _NUMBER.match(text):
        return NUMBER
    if len(text) > _LONGEST_HEADING or _CONTENT_WORDS.search(text):
        return UNKNOWN
    places = [(found.start(), field) for field, stem in _SEARCH if (found := stem.search(text))]
    told = {field for _, field in places}
    if {DEADLINE, RESPONSIBLE} <= told and not told & {TEXT, RESULT}:
        return JOINT
    place, field = min(places, default=(_FIRST_WORDS + 1, UNKNOWN))
    return _exact(field, text, told) if place <= _FIRST_WORDS else UNKNOWN


def _exact(field: str, text: str, told: set[str]) -> str:
    if field == TEXT and STAGE in told and "мероприят" not in text:
        return STAGE
    if field in {DEADLINE, RESULT} and _AFTERWARDS.search(text):
        return NOTE
    return _side(text) if field == DEADLINE else field


def _side(text: str) -> str:
    if _START.search(text) and not _END.search(text):
        return START
    return END if _END.search(text) and not _START.search(text) else DEADLINE


def columns_of(headings: Sequence[str]) -> Columns | None:
    """The columns when these are headings of a roadmap; None when they are not."""
    fields = [field_of(text) for text in headings]
    told = set(fields) - {UNKNOWN, NUMBER, NOTE}
    if not told & {TEXT, STAGE, CONTENT} or len(told | ({NUMBER} & set(fields))) < 2:
        return None
    if len(told) < 2 and fields.count(UNKNOWN) > 1:
        return None
    fields = _settled(fields)
    joint = next((plain(h) for h, f in zip(headings, fields, strict=True) if f == JOINT), "")
    first = joint.find("срок") < _performer_place(joint) if joint else False
    return Columns(tuple(fields), tuple(headings), deadline_first=first)


def _performer_place(heading: str) -> int:
    found = dict(_SEARCH)[RESPONSIBLE].search(heading)
    return found.start() if found else 0


def _settled(fields: list[str]) -> list[str]:
    """One text column; a stage beside it is a section, a content beside it belongs to it."""
    texts = [index for index, field in enumerate(fields) if field == TEXT]
    if not texts:
        for field in (CONTENT, STAGE):
            if field in fields and not (field == CONTENT and STAGE in fields):
                fields[fields.index(field)] = TEXT
                break
    for index in texts[1:]:
        fields[index] = CONTENT
    return _paired(fields)


def _paired(fields: list[str]) -> list[str]:
    if (START in fields) != (END in fields):
        fields = [DEADLINE if field in {START, END} else field for field in fields]
    if DEADLINE in fields and START in fields:
        fields = [NOTE if field in {START, END} else field for field in fields]
    for single in (NUMBER, STAGE, JOINT):
        first = fields.index(single) if single in fields else -1
        fields = [
            NOTE if field == single and index != first else field
            for index, field in enumerate(fields)
        ]
    return fields
