"""The vocabulary: months, units, numerals, weekdays in every form they take in a deadline."""

from enum import StrEnum
from functools import lru_cache


class Tag(StrEnum):
    DATE = "date"  # (day, month, year or None, short year or None)
    MONTH_YEAR = "month_year"  # (month, year)
    YEAR = "year"
    NUM = "num"
    MONTH = "month"
    UNIT = "unit"
    WEEKDAY = "weekday"
    EVERY = "every"  # ежемесячно and its kin
    SEASON = "season"
    ACADEMIC = "academic"
    DASH = "dash"
    COMMA = "comma"
    SLASH = "slash"
    WORD = "word"
    END = "end"


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    DECADE = "ten days"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    HALF = "half-year"
    YEAR = "year"


def _forms(stem: str, endings: str, *short: str) -> list[str]:
    """Every form of a word; the ending 0 is an empty one. `short`: how it is abbreviated."""
    return [stem + ending.strip("0") for ending in endings.split()] + [*short]


_MONTHS = (
    _forms("январ", "ь я ю е ем и", "янв"),
    _forms("феврал", "ь я ю е ем и", "фев", "февр"),
    _forms("март", "0 а у е ом", "мар"),
    _forms("апрел", "ь я ю е ем и", "апр"),
    _forms("ма", "й я ю е ем"),
    _forms("июн", "ь я ю е ем и 0"),
    _forms("июл", "ь я ю е ем и 0"),
    _forms("август", "0 а у е ом", "авг"),
    _forms("сентябр", "ь я ю е ем и", "сен", "сент"),
    _forms("октябр", "ь я ю е ем и", "окт"),
    _forms("ноябр", "ь я ю е ем и", "ноя", "нояб"),
    _forms("декабр", "ь я ю е ем и", "дек"),
)
_UNITS = {
    Unit.DAY: ["день", "дня", "дней", "дню", "днем", "дни", "днями", "дн", "сутки", "суток"],
    Unit.WEEK: _forms("недел", "я и ю е ь ей ями ям ях", "нед"),
    Unit.DECADE: _forms("декад", "а ы у е 0 ой"),
    Unit.MONTH: _forms("месяц", "0 а у е ем ев ы ам ах", "мес"),
    Unit.QUARTER: _forms("квартал", "0 а у е ом ов ы ам ах", "кв"),
    Unit.TERM: _forms("четверт", "ь и ью ей ям ях"),
    Unit.HALF: _forms("полугоди", "е я ю и ем й ям ях", "полгода", "полугода"),
    Unit.YEAR: _forms("год", "0 а у е ом ы ов ам ах", "г", "гг", "лет"),
}
_CARDINALS = (
    "один одна одно одного одной одному одну одним раз",
    "два две двух двум дважды",
    "три трех трем трижды",
    "четыре четырех четырем",
    "пять пяти",
    "шесть шести",
    "семь семи",
    "восемь восьми",
    "девять девяти",
    "десять десяти",
)
_LARGE = {
    "четырнадцать": 14, "четырнадцати": 14, "пятнадцать": 15, "пятнадцати": 15,
    "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30,
}  # fmt: skip
_ORDINALS = (
    _forms("перв", "ый ая ое ого ой ом ую ому ые ых"),
    _forms("втор", "ой ая ое ого ом ую ому ые ых"),
    _forms("трет", "ий ья ье ьего ьей ьем ью ьему ьи ьих"),
    _forms("четверт", "ый ая ое ого ой ом ую ому ые ых"),
)
_WEEKDAYS = (
    _forms("понедельник", "0 а у е и ам ов"),
    _forms("вторник", "0 а у е и ам ов"),
    _forms("сред", "а у ы е ам"),
    _forms("четверг", "0 а у е и ам ов"),
    _forms("пятниц", "а у ы е ам"),
    _forms("суббот", "а у ы е ам"),
    _forms("воскресень", "е я ю ям"),
)
_SEASONS = {
    "осень": 9, "осенью": 9, "осени": 9, "осенний": 9, "осенние": 9, "осенних": 9, "осенним": 9,
    "осенними": 9, "зима": 12, "зимой": 12, "зимы": 12, "зиму": 12, "зимний": 12, "зимние": 12,
    "зимних": 12, "зимним": 12, "зимними": 12, "весна": 3, "весной": 3, "весны": 3, "весну": 3,
    "весенний": 3, "весенние": 3, "весенних": 3, "весенним": 3, "весенними": 3, "лето": 6,
    "летом": 6, "лета": 6, "летний": 6, "летние": 6, "летних": 6, "летним": 6, "летними": 6,
}  # fmt: skip
_EVERY = (
    ("ежедневн", Unit.DAY),
    ("еженедельн", Unit.WEEK),
    ("понедельно", Unit.WEEK),
    ("ежемесячн", Unit.MONTH),
    ("помесячн", Unit.MONTH),
    ("ежеквартальн", Unit.QUARTER),
    ("поквартальн", Unit.QUARTER),
    ("ежегодн", Unit.YEAR),
)
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
_TO_LATIN = str.maketrans({"і": "i", "х": "x", "ѵ": "v"})
_TO_CYRILLIC = str.maketrans("abcehikmnoptuxy", "авсенікмпортиху")
_LOOKALIKES = frozenset("abcehkmoprtxy")

Value = tuple[Tag, object]


def _table() -> dict[str, Value]:
    known: dict[str, Value] = {}
    for number, forms in enumerate(_MONTHS, 1):
        known |= dict.fromkeys(forms, (Tag.MONTH, number))
    for unit, forms in _UNITS.items():
        known |= dict.fromkeys(forms, (Tag.UNIT, unit))
    for number, line in enumerate(_CARDINALS, 1):
        known |= dict.fromkeys(line.split(), (Tag.NUM, number))
    for number, forms in enumerate(_ORDINALS, 1):
        known |= dict.fromkeys(forms, (Tag.NUM, number))
    for number, forms in enumerate(_WEEKDAYS, 1):
        known |= dict.fromkeys(forms, (Tag.WEEKDAY, number))
    known |= {word: (Tag.NUM, number) for word, number in _LARGE.items()}
    known |= {word: (Tag.SEASON, month) for word, month in _SEASONS.items()}
    del known["раз"]
    return known


_KNOWN = _table()


@lru_cache(maxsize=8192)
def classify(word: str) -> Value:
    """What a lower-case word is; Latin letters that look Cyrillic are read as Cyrillic."""
    if word in _KNOWN:
        return _KNOWN[word]
    roman = word.translate(_TO_LATIN)
    if roman in _ROMAN and any(letter in "iv" for letter in roman):
        return Tag.NUM, _ROMAN[roman]
    folded = fold(word)
    if folded in _KNOWN:
        return _KNOWN[folded]
    if folded == "уч" or folded.startswith("учебн"):
        return Tag.ACADEMIC, folded
    for stem, unit in _EVERY:
        if folded.startswith(stem):
            return Tag.EVERY, unit
    return Tag.WORD, folded


def fold(word: str) -> str:
    """«cентябрь» with a Latin letter → «сентябрь»; a foreign word stays as it is."""
    latin = [letter for letter in word if "a" <= letter <= "z"]
    if latin and (len(latin) < len(word) or _LOOKALIKES.issuperset(latin)):
        return word.translate(_TO_CYRILLIC)
    return word
