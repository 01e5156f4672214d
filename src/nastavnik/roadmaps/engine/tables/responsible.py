"""Who answers for a line: a cell split into parties (`engine.parties` tells their roles)."""

import re

_INITIALS = r"[А-ЯЁA-Z]\.\s?[А-ЯЁA-Z]\."
_SURNAME = r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z]+(?:-[А-ЯЁ][а-яё]+)?"
_PERSON = re.compile(rf"{_SURNAME}\s{_INITIALS}|{_INITIALS}\s?{_SURNAME}")
_ROLE_WORDS = (
    r"директор|заместител|зам\.|зав\.|завуч|начальник|куратор|координатор|руководител|заведующ|председател|ответственн"
    r"|методист|педагог|психолог|социальн|учител|преподавател|воспитател|специалист|секретар|администратор"
    r"|наставник|наставляем|классн|родител|член|рабоч|творческ|совет|комисси|управлени|департамент|отдел\b"
    r"|министерств|администраци|центр|партн|работодател|представител|организаци|учреждени|школ|колледж|старш"
    r"|главн|муниципальн|региональн|служб|мастер|тьютор|волонт|мб?[оа]?у\b|г?б?[пд]?оу\b|мбу|гау|гбу|ано\b|до\b|умо\b"
)
_BEGINS = re.compile(rf"(?:{_ROLE_WORDS})", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:руководител|куратор|директор|заместител|ответственн|заведующ|педагог)", re.IGNORECASE
)
_NOMINATIVE = (
    r"директор|заместител[ьи]|зам\.|куратор|координатор|начальник|методист|педагог|психолог|руководител[ьи]"
    r"|заведующ(?:ий|ая|ие)|председател[ьи]|ответственн(?:ый|ая|ые)|классн(?:ый|ые)|социальн(?:ый|ые)"
    r"|член|учител[ья]|наставник|специалист|воспитател[ьи]|администрация|совет|рабочая"
)
# A line that begins with a small letter goes on, unless it names one more party.
_LINE_GOES_ON = re.compile(rf"\n(?=[а-яё])(?!(?:{_NOMINATIVE})[ыи]?(?![а-яё]))")
_ABBREVIATIONS = re.compile(r"^[А-ЯЁA-Z]{2,6}(?: [А-ЯЁA-Z]{2,6})*\.?$")
_CAPITAL_ROLE = re.compile(
    r"(?<=[\wа-яё.)»]) (?=(?:Директор|Заместител|Зам\.|Начальник|Куратор|Координатор|Руководител|Заведующ"
    r"|Председател|Ответственн|Методист|Педагог|Психолог|Классн|Социальн|Рабоч|Творческ|Наставник)\w*)"
)


def parties(text: str) -> tuple[str, ...]:
    """The cell by parties; every word of it stays in one of them.

    >>> parties("Тихонова И.Л. Серов П.М.")
    ('Тихонова И.Л.', 'Серов П.М.')
    """
    found = [
        part
        for line in re.split(r";", _LINE_GOES_ON.sub(" ", text))
        for own_line in line.split("\n")
        for piece in _CAPITAL_ROLE.split(" ".join(own_line.split()))
        for part in _by_commas(piece)
    ]
    return tuple(party for party in (part.strip(" ,;") for part in found) if party)


def _by_commas(text: str) -> list[str]:
    out: list[str] = []
    for piece in re.split(r",\s*", text):
        if not piece:
            continue
        if out and not _is_party(piece, out[-1]):
            out[-1] = f"{out[-1]}, {piece}"
        else:
            out.append(piece)
    return [part for piece in out for part in _by_persons(piece)]


def _is_party(piece: str, before: str) -> bool:
    if _ABBREVIATIONS.match(piece):
        return not _LEADS.match(before)
    return bool(_BEGINS.match(piece) or _PERSON.match(piece))


def _by_persons(text: str) -> list[str]:
    """Names in a row without commas: each one ends a party."""
    out, start = [], 0
    for person in _PERSON.finditer(text):
        out.append(text[start : person.end()].strip())
        start = person.end()
    rest = text[start:].strip()
    if rest and (not out or any(sign.isalnum() for sign in rest)):
        out.append(rest)
    return [part for part in out if part]


def names_party(text: str) -> bool:
    """Whether the text begins as a party does: a role, an organisation or a person's name."""
    return bool(_BEGINS.match(text) or _PERSON.match(text) or _ABBREVIATIONS.match(text))
