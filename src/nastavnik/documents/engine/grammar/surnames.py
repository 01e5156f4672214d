"""Declension of one word of a surname or given name: own rules first, then pytrovich."""

import re
from functools import cache, lru_cache

from pytrovich.enums import Case as LibraryCase
from pytrovich.enums import Gender as LibraryGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from nastavnik.documents.engine.grammar import surname_tables as tables
from nastavnik.documents.engine.grammar.cases import OBLIQUE_CASES, Case, Forms, Gender
from nastavnik.documents.engine.grammar.surname_tables import Endings

VOWELS = "аеёиоуыэюя"
LIBRARY_CASES = {case: LibraryCase[case.name] for case in Case}
LIBRARY_GENDERS = {gender: LibraryGender[gender.name] for gender in Gender}


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def attach(stem: str, endings: Endings, nominative: str) -> Forms:
    """Build the forms of a word from its oblique stem; the first letter's case is kept."""
    stem = nominative[:1] + stem[1:]
    oblique = zip(OBLIQUE_CASES, (stem + ending for ending in endings), strict=True)
    return {Case.NOMINATIVE: nominative, **dict(oblique)}


def _by_library(word: str, gender: Gender, part: NamePart) -> Forms:
    make = _maker().make
    library_gender = LIBRARY_GENDERS[gender]
    return {case: make(part, library_gender, LIBRARY_CASES[case], word) for case in Case}


@lru_cache(maxsize=20_000)
def _surname_word(word: str, gender: Gender) -> tuple[tuple[Case, str], ...]:
    own = _male_surname(word) if gender is Gender.MALE else _female_surname(word)
    own = own or _surname_in_a(word, gender)
    return tuple((own or _by_library(word, gender, NamePart.LASTNAME)).items())


def surname_word(word: str, gender: Gender) -> Forms:
    """Decline one word of a surname (no spaces, no hyphen)."""
    if word.lower() in tables.INDECLINABLE:
        return dict.fromkeys(Case, word)
    return dict(_surname_word(word, gender))


def _male_surname(word: str) -> Forms | None:
    low = word.lower()
    if low in tables.MALE_NOUNS:
        stem, endings = tables.MALE_NOUNS[low]
        return attach(stem, endings, word)
    if low.endswith("ец") and len(low) > 3:
        return _male_in_ec(word)
    if re.search(r"[чшщжц]$", low):
        return attach(word, _hushing_endings(low), word)
    return _male_with_vowel_change(word) or _male_in_v_or_n(word)


def _male_with_vowel_change(word: str) -> Forms | None:
    low = word.lower()
    if low.endswith("ёнок"):
        return attach(word[:-2] + "к", tables.HARD, word)
    if re.search(rf"[^{VOWELS}йь]ёк$", low):
        return attach(word[:-2] + "ьк", tables.HARD, word)
    if re.search(r"[хжшчщ]ой$", low) and _syllables(low) > 1:
        return attach(word[:-2], tables.ADJECTIVE_HUSHING, word)
    if low in tables.STRESSED_SOFT:
        return attach(word[:-1], tables.SOFT_STRESSED, word)
    if re.search(r"[яюэё]й$", low) or re.fullmatch(rf"[^{VOWELS}]*ой", low):
        return attach(word[:-1], tables.SOFT, word)
    return None


def _male_in_v_or_n(word: str) -> Forms | None:
    """Only -ов, -ев, -ин and -ын are Russian possessives; the rest take the noun's -ом."""
    low = word.lower()
    looks_foreign = (
        re.search(r"[^иы]н$", low) or re.search(r"[^оеё]в$", low) or low in tables.FOREIGN_IN
    )
    if looks_foreign or re.fullmatch(rf"[^{VOWELS}]*ин", low):
        return attach(word, tables.HARD, word)
    return None


def _syllables(low: str) -> int:
    return sum(letter in VOWELS for letter in low)


def _male_in_ec(word: str) -> Forms:
    """Surnames in -ец: the vowel drops out unless two consonants stand before it."""
    low = word.lower()
    stem, before, earlier = word[:-2], low[-3], low[-4]
    cluster = before not in VOWELS and earlier not in VOWELS + "йь"
    if low in tables.STABLE_EC:
        return attach(word, tables.HARD_UNSTRESSED, word)
    if cluster:
        return attach(word, tables.HARD, word)
    if before in VOWELS:
        stem += "й"
    elif before == "л":
        stem += "ь"
    stressed = low in tables.STRESSED_EC or (
        _syllables(low) == 2 and before not in VOWELS and low not in tables.UNSTRESSED_EC
    )
    return attach(stem + "ц", tables.HARD if stressed else tables.HARD_UNSTRESSED, word)


def _hushing_endings(low: str) -> Endings:
    stressed = (
        low in tables.STRESSED_HUSHING
        or (low.endswith(("ач", "яч")) and low not in tables.UNSTRESSED_HUSHING)
        or (_syllables(low) == 1 and low[-1] in "чщж" and low not in tables.UNSTRESSED_HUSHING)
    )
    return tables.HARD if stressed else tables.HARD_UNSTRESSED


def _female_surname(word: str) -> Forms | None:
    low = word.lower()
    is_noun = low in tables.FEMALE_NOUNS or re.search(r"[^иы]на$", low)
    if is_noun and low != "на":
        return attach(word[:-1], tables.FEMININE_HARD, word)
    if re.search(r"[сц]ка$", low) and not re.search(r"(?:[оеи]в|[иы]н)ска$|[аеи]цка$", low):
        return attach(word[:-1], tables.FEMININE_VELAR, word)
    return None


def _surname_in_a(word: str, gender: Gender) -> Forms | None:
    """Surnames in a hushing consonant with -а have unstressed -ей, bar the listed ones."""
    low = word.lower()
    if re.search(r"[чшщж]а$", low) and low not in tables.STRESSED_SHA:
        return attach(word[:-1], tables.FEMININE_HUSHING, word)
    if gender is Gender.FEMALE and re.search(r"[гкх]а$", low) and not low.endswith(("ска", "цка")):
        return attach(word[:-1], tables.FEMININE_VELAR, word)
    return None


@lru_cache(maxsize=20_000)
def _given_word(word: str, gender: Gender) -> tuple[tuple[Case, str], ...]:
    forms = _given_by_rule(word, gender) or _by_library(word, gender, NamePart.FIRSTNAME)
    return tuple(forms.items())


def _given_by_rule(word: str, gender: Gender) -> Forms | None:
    low = word.lower()
    if low.endswith("ия"):
        return attach(word[:-1], tables.FEMININE_IYA, word)
    if re.search(rf"[{VOWELS}]а$", low):
        return dict.fromkeys(Case, word)
    if re.search(r"[чшщж]а$", low):
        return attach(word[:-1], tables.FEMININE_HUSHING, word)
    if gender is Gender.MALE and low.endswith(("ц", "ек")):
        return attach(word, tables.HARD_UNSTRESSED if low[-1] == "ц" else tables.HARD, word)
    return None


def given_word(word: str, gender: Gender) -> Forms:
    """Decline one word of a given name."""
    return dict(_given_word(word, gender))


@lru_cache(maxsize=20_000)
def _patronymic(text: str, gender: Gender) -> tuple[tuple[Case, str], ...]:
    return tuple(_by_library(text, gender, NamePart.MIDDLENAME).items())


def patronymic(text: str, gender: Gender) -> Forms:
    """Decline a patronymic; names with "оглы" and "кызы" stay as they are."""
    return dict(_patronymic(text, gender))
