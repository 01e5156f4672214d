"""Automatic numbers of Word: a number column often holds no text at all, only a list level."""

import re

from lxml import etree

from .markup import attribute, child, children

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
MAX_LEVELS = 9


class Level:
    """One level of a list: format, text with %1 places, first number."""

    def __init__(self, element: etree._Element) -> None:
        self.form = attribute(child(element, "numFmt"), "val") or "decimal"
        self.text = attribute(child(element, "lvlText"), "val")
        start = attribute(child(element, "start"), "val")
        self.start = int(start) if start.isdecimal() and len(start) < 6 else 1


class Numbering:
    """Counts paragraphs of lists as Word shows them."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in children(root, "abstractNum"):
            levels = {
                _number(attribute(level, "ilvl")): Level(level)
                for level in children(abstract, "lvl")
            }
            self._levels[attribute(abstract, "abstractNumId")] = levels
        for num in children(root, "num"):
            self._read_num(num)

    def _read_num(self, num: etree._Element) -> None:
        key = attribute(num, "numId")
        self._abstract[key] = attribute(child(num, "abstractNumId"), "val")
        for override in children(num, "lvlOverride"):
            start = attribute(child(override, "startOverride"), "val")
            if start:
                level = _number(attribute(override, "ilvl"))
                self._restarts.setdefault(key, {})[level] = _number(start)

    def label(self, properties: etree._Element | None) -> str:
        """The number or the bullet of the next paragraph with these list properties."""
        if properties is None:
            return ""
        key = attribute(child(properties, "numId"), "val")
        level = _number(attribute(child(properties, "ilvl"), "val"))
        levels = self._levels.get(self._abstract.get(key, ""), {})
        if key == "0" or level not in levels:
            return ""
        if levels[level].form == "bullet":
            return "–"
        return self._count(key, level, levels)

    def _count(self, key: str, level: int, levels: dict[int, Level]) -> str:
        restarts = self._restarts.pop(key, {})
        counters = self._counters.setdefault(self._abstract[key], {})
        counters.update({place: start - 1 for place, start in restarts.items()})
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [place for place in counters if place > level]:
            del counters[deeper]

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            if place not in levels:
                return ""
            value = counters.get(place, levels[place].start)
            return _written(value, levels[place].form)

        return re.sub(r"%([1-9])", number, levels[level].text)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _written(value: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    letters = {"lowerLetter": _LATIN, "upperLetter": _LATIN.upper()}
    letters |= {"russianLower": _CYRILLIC, "russianUpper": _CYRILLIC.upper()}
    if form in letters and value > 0:
        return letters[form][(value - 1) % len(letters[form])]
    return str(value)


def _roman(value: int) -> str:
    written = ""
    value = min(max(value, 0), 399)
    for step, letters in (*_ROMAN, (1, "I")):
        while value >= step:
            written += letters
            value -= step
    return written
