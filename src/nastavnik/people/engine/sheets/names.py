"""Names of people as they are typed into registries."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from .model import CellValue, plain_text
from .parsed import EMPTY, Parsed, error, warning

_LATIN = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_PATRONYMIC = re.compile(r"(вич|вна|ична|инична|ьич|мич|ыч)$")
_TURKIC = {"оглы", "оглу", "кызы", "кизи", "гызы", "улы", "уулу"}
_LOWER = {
    "оглы",
    "оглу",
    "кызы",
    "кизи",
    "гызы",
    "улы",
    "уулу",
    "де",
    "фон",
    "ван",
    "дер",
    "эль",
    "аль",
}
_CAPITAL = r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
# The usual spelling, taken by the shortest way: it is nine cells of ten in a long registry.
PLAIN = rf"{_CAPITAL} {_CAPITAL} ([А-ЯЁ][а-яё]*(?:вич|вна|ична|ьич))"
_PLAIN = re.compile(PLAIN)
_WORD = re.compile(r"[А-ЯЁа-яё][А-ЯЁа-яё'’-]*\.?")
_INITIALS = re.compile(r"^\s*([А-ЯЁ][А-ЯЁа-яё-]+)\s+([А-ЯЁ])\.\s*([А-ЯЁ])?\.?\s*$")
_SPLIT = re.compile(r"[\n;,]+|\s+и\s+|(?<=\w)\s*/\s*(?=\w)")
_NUMBERING = re.compile(r"^\s*\d{1,2}\s*[.)]\s*")
_BRACKETS = re.compile(r"\([^()]*\)|[«»\"]")


class PersonName(NamedTuple):
    """Surname, given name and patronymic in the usual spelling; absent parts are empty."""

    surname: str
    given: str = ""
    patronymic: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@lru_cache(maxsize=65536)
def _word(word: str) -> str:
    """Capitals and small letters as in a passport: ПАНИНА -> Панина, петрова-водкина -> …"""
    if word.lower() in _LOWER:
        return word.lower()
    if word.isupper() or word.islower():
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word[:1].upper() + word[1:]


def parse_name(raw: CellValue) -> Parsed:
    """A full name in one cell -> PersonName."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    if match := _PLAIN.fullmatch(text):
        return Parsed(PersonName(*match.groups()))
    return _slow_name(text)


def _slow_name(text: str) -> Parsed:
    cleaned = _BRACKETS.sub(" ", _NUMBERING.sub("", text)).strip(" ,;.")
    people = [part for part in _SPLIT.split(cleaned) if len(part.split()) >= 2]
    if len(people) > 1:
        return error("в одной ячейке несколько человек — запишите каждого в своей строке")
    initials = _INITIALS.match(cleaned + ("." if re.search(r"\.[А-ЯЁ]$", cleaned) else ""))
    if initials:
        surname, given, patronymic = initials.groups()
        name = PersonName(_word(surname), given + ".", f"{patronymic}." if patronymic else "")
        return warning(name, "вместо имени и отчества — инициалы, впишите полностью")
    words = cleaned.split()
    mended = [_from_latin(word) for word in words]
    if not words or not all(map(_WORD.fullmatch, mended)):
        return _strange(cleaned, mended)
    parsed = _by_parts([_word(word) for word in mended])
    if mended != words and parsed.value is not None and not parsed.message:
        return warning(
            parsed.value, "в имени были латинские буквы — заменены русскими", str(parsed.value)
        )
    return parsed


def _strange(text: str, words: list[str]) -> Parsed:
    plain = [word for word in words if _WORD.fullmatch(word)]
    if len(plain) >= 2 and len(plain) == len(words) - 1:
        name = _by_parts([_word(word) for word in plain]).value
        return warning(name, f"в ФИО лишние знаки: «{text[:40]}» — проверьте", str(name))
    return error(f"«{text[:40]}» не похоже на ФИО — впишите фамилию, имя и отчество")


def _by_parts(words: list[str]) -> Parsed:
    if len(words) == 1:
        return error("в ФИО одно слово — впишите фамилию, имя и отчество", PersonName(words[0]))
    if len(words) == 2:
        name = PersonName(words[0], words[1])
        return warning(name, "не указано отчество — впишите или подтвердите, что его нет")
    if words[-1] in _TURKIC:
        return Parsed(PersonName(words[0], words[1], " ".join(words[2:])))
    if _PATRONYMIC.search(words[1]) and not _PATRONYMIC.search(words[2]) and len(words) == 3:
        name = PersonName(words[2], words[0], words[1])
        return warning(name, "имя стоит перед фамилией — порядок исправлен", str(name))
    name = PersonName(words[0], words[1], " ".join(words[2:]))
    if len(words) > 3:
        return warning(name, "в ФИО больше трёх слов — проверьте, где фамилия, имя и отчество")
    return Parsed(name)


def _from_latin(word: str) -> str:
    """Cyrillic word typed with a few Latin look-alikes."""
    if word.isascii() or not re.search(r"[A-Za-z]", word):
        return word
    return word.translate(_LATIN)


def parse_part(raw: CellValue) -> Parsed:
    """A surname, a given name or a patronymic in its own cell."""
    if raw is None:
        return EMPTY
    return Parsed(" ".join(_word(_from_latin(word)) for word in plain_text(raw).split()))


def join_parts(surname: str, given: str, patronymic: str) -> Parsed:
    """Name from three cells; the surname's cell may hold everything."""
    text = " ".join(part for part in (surname, given, patronymic) if part)
    if surname and given and patronymic and " " not in surname:
        return Parsed(PersonName(surname, given, patronymic))
    return parse_name(text or None)


def parse_names(text: str, is_other: Callable[[str], bool]) -> tuple[list[PersonName], list[str]]:
    """All people named in a cell, and the pieces that are not names (posts by `is_other`)."""
    names, rest = [], []
    for part in _SPLIT.split(text):
        piece = _BRACKETS.sub(" ", _NUMBERING.sub("", part)).strip(" .,;:–—-")
        if not piece:
            continue
        parsed = error("") if is_other(piece) else parse_name(piece)
        if isinstance(parsed.value, PersonName) and parsed.value.given:
            names.append(parsed.value)
        else:
            rest.append(piece)
    return names, rest
