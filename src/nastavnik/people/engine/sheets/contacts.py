"""Phones, e-mails and the contact cell that mixes them with a representative's name."""

import re
from typing import NamedTuple

from .model import CellValue, plain_text
from .names import PLAIN, PersonName, parse_name
from .parsed import EMPTY, Parsed, warning

_PLAIN = re.compile(rf"([а-яё]+): {PLAIN}, ([+\d][\d ()\-]+)")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?:\+?\d[\d\s()\-–.]{4,20}\d)")
_RELATIONS = {
    "мать": "мать", "мама": "мать", "матери": "мать", "отец": "отец", "папа": "отец", "бабушка": "бабушка",
    "дедушка": "дедушка", "дед": "дедушка", "опекун": "опекун", "опекунша": "опекун", "попечитель": "попечитель",
    "тетя": "тётя", "тётя": "тётя", "дядя": "дядя", "сестра": "сестра", "брат": "брат", "мачеха": "мачеха",
    "отчим": "отчим", "родитель": "родитель", "представитель": "законный представитель",
    "законный представитель": "законный представитель", "приёмный родитель": "приёмный родитель",
    "приемный родитель": "приёмный родитель", "приёмная мать": "приёмный родитель",
}  # fmt: skip
_RELATION = re.compile(
    r"\(?\b("
    + "|".join(sorted(map(re.escape, _RELATIONS), key=len, reverse=True))
    + r")\b\)?\s*[:\-–—,.]?\s*",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|e-?mail|эл\.?\s*почта|почта|фио)\b\s*[.:]*",
    re.IGNORECASE,
)


class Contact(NamedTuple):
    """Who to call: relation and name for a representative, both empty for the person's own."""

    relation: str = ""
    name: PersonName | None = None
    phone: str = ""
    email: str = ""


def phone_number(text: str) -> str:
    """+7XXXXXXXXXX for a Russian number, "" for anything else."""
    digits = _NOT_DIGIT.sub("", text)
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    return f"+7{digits}" if len(digits) == 10 and digits[0] in "3489" else ""


def parse_phone(raw: CellValue) -> Parsed:
    """A phone cell; several numbers give the first that is whole."""
    if raw is None:
        return EMPTY
    text = plain_text(raw) if not isinstance(raw, float) else f"{raw:.0f}"
    whole = phone_number(text)
    if whole:
        return Parsed(whole)
    numbers = [number for part in _PHONE.findall(text) if (number := phone_number(part))]
    if numbers:
        return Parsed(numbers[0])
    return warning("", f"«{text.strip()[:30]}» не похоже на номер телефона — нужно 10 цифр")


def parse_email(raw: CellValue) -> Parsed:
    """An e-mail cell."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    found = _EMAIL.search(text)
    if found:
        return Parsed(found[0].lower())
    return warning("", f"«{text.strip()[:30]}» не похоже на адрес электронной почты")


def parse_contact(raw: CellValue) -> Parsed:
    """«мать: Иванова Анна Петровна, 8-900-000-0000» -> Contact."""
    if raw is None:
        return EMPTY
    text = plain_text(raw) if not isinstance(raw, float) else f"{raw:.0f}"
    return _plain_contact(text) or _slow_contact(text)


def _plain_contact(text: str) -> Parsed | None:
    """«мать: Фамилия Имя Отчество, телефон» in one look."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    relation, surname, given, patronymic, number = match.groups()
    phone = phone_number(number)
    known = _RELATIONS.get(relation)
    if not phone or known is None:
        return None
    return Parsed(Contact(known, PersonName(surname, given, patronymic), phone))


def _slow_contact(text: str) -> Parsed:
    rest, email, phone = text, "", ""
    if found := _EMAIL.search(rest):
        email, rest = found[0].lower(), rest.replace(found[0], " ")
    for part in _PHONE.findall(rest):
        phone = phone or phone_number(part)
        rest = rest.replace(part, " ")
    relation = ""
    if match := _RELATION.search(rest):
        relation = _RELATIONS[match[1].lower()]
        rest = rest[: match.start()] + " " + rest[match.end() :]
    rest = _LABELS.sub(" ", rest) if "." in rest or ":" in rest or "ел" in rest else rest
    name = parse_name(rest.strip(" ,;:.\n-–—") or None)
    person = name.value if isinstance(name.value, PersonName) and name.value.given else None
    contact = Contact(relation, person, phone, email)
    if not phone and not email:
        if person is None and not relation:
            return warning(
                contact, f"в «{text.strip()[:30]}» не найдены ни телефон, ни имя — проверьте"
            )
        return warning(contact, "в контакте нет телефона или адреса почты")
    return Parsed(contact)
