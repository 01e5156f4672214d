"""Who answers for a line: words of a plan matched to roles of the product.

Only the words themselves are judged; a person is added when the role has one known holder. Words that
name nobody we know stay as they are: «ЦГБ им. Пушкина» is a party without a role.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nastavnik.roadmaps.engine.tables.alphabets import mended

# Codes of accounts.permissions.Role; a test compares them. The first matching pattern wins, so the
# narrower words stand first: «заместитель директора» is not the director.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"координатор", "coordinator"),
    (r"методист\w* (?:\w+ ){0,3}центр|наставнич\w+ центр|центр\w* наставнич|\bммц\b", "centre"),
    (r"куратор", "curator"),
    (r"ответственн", "responsible"),
    (r"зам\b|зам\.|заместител|завуч", "responsible"),
    (r"(?:классн\w+|\bкл\.?) ?рук|психолог|социальн\w+ педагог|соцпедагог", "third_party"),
    (r"родител|законн\w+ представител", "parent"),
    (r"наставляем|обучающ|ученик|учащ", "mentee"),
    (r"наставник", "mentor"),
    (r"методическ\w+ (?:объединен|совет)|\bмо\b|\bшмо\b|\bпцк\b|педагогическ\w+ совет", "council"),
    # The town's administration and heads of parts of the institution are not its head.
    (r"администрац\w+ \w|начальник\w* (?!управлени|департамент)\w", ""),
    (
        r"руководител\w+ (?:\w+ )?(?:групп|кружк|секци|проект|практик|центр|служб|направлени)",
        "",
    ),
    (r"руководител|директор|заведующ|администрац|начальник", "head"),
)
ROLE_WORDS: dict[str, str] = {
    "head": "Руководитель",
    "curator": "Куратор",
    "responsible": "Ответственный за внедрение",
    "coordinator": "Муниципальный координатор",
    "centre": "Методист наставнического центра",
    "controller": "Контроль",
    "region": "Региональный центр",
    "council": "Методическое объединение",
    "third_party": "Классные руководители, психолог, социальный педагог",
    "mentor": "Наставники",
    "mentee": "Наставляемые",
    "parent": "Родители",
    "partner": "Партнёры",
    "sysadmin": "Системный администратор",
}


@dataclass(frozen=True)
class Party:
    """The words as written, the role they mean (empty when none), the account if known."""

    words: str
    role: str = ""
    user_id: int | None = None


def role_of(words: str) -> str:
    """The role code that the words name, or an empty string."""
    text = mended(words).casefold().replace("ё", "е")
    return next((role for pattern, role in _PATTERNS if re.search(pattern, text)), "")


def party_of(words: str, people: Mapping[str, int]) -> Party:
    """A party by its words or by a role code; `people` maps roles to accounts."""
    if words in ROLE_WORDS:
        return Party(ROLE_WORDS[words], words, people.get(words))
    text = " ".join(words.split())[:300]
    role = role_of(text)
    return Party(text, role, people.get(role) if role else None)
