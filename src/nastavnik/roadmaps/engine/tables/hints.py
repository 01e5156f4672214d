"""What could prove a line, told by its result and its words: a suggestion that a person accepts.

Keys are those of `roadmaps.evidence`; a test compares them. Rules stand from the exact to the common.
Folders that hold papers of every kind (orders, protocols, questionnaires, reports) are never suggested:
the first order of the year would close every line that ends with an order.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hint:
    """A kind of evidence and the parameters that the words name."""

    kind: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def _order(code: str) -> Hint:
    return Hint("document_in_force", {"kind": code})


_ORDERS: tuple[tuple[str, Hint], ...] = (
    (r"творческ\w+ групп", _order("order_creative_group")),
    (r"совет\w* куратор", Hint("council_formed", {"kind": "curators"})),
    (r"рабоч\w+ групп", _order("order_working_group")),
    (r"назнач\w+ (?:\w+ )?куратор", _order("order_curator")),
    (r"закреплен|\bпар\b|\bпары\b|пар/групп|наставническ\w+ (?:пар|групп)", _order("order_pairs")),
    (r"дорожн\w+ карт", _order("order_roadmap")),
    (r"(?:разработ|утвержд)\w+ (?:\w+ )?программ\w* наставничеств", _order("order_programme")),
    (
        r"внедрени\w+ (?:целев|модел|систем)|положени\w* о (?:систем|наставничеств)",
        _order("order_introduction"),
    ),
)
_RESULTS: tuple[tuple[str, Hint], ...] = (
    (r"(?:баз|реестр|банк)\w*(?: данных)?(?: (?:по|потенциальн\w+))? ?\(?\w*\)? ?наставляем", Hint("mentees_at_least")),
    (r"(?:баз|реестр|банк)\w*(?: данных)?(?: (?:по|потенциальн\w+))* ?\(?\w*\)? ?наставник", Hint("mentors_at_least")),
    (r"согласи\w* на (?:сбор|обработк)", Hint("consent_share", {"of": "participants"})),
    (r"сформирован\w* (?:наставническ\w+ )?(?:пар|групп)", Hint("active_pairs_at_least")),
    (r"протокол\w* (?:групповой|общей|организационн\w+) встреч", Hint("event_with_protocol")),
    (r"ссылк|сайт|страниц\w+|публикаци|\bсми\b|новост", Hint("link_filled")),
    (r"положени\w* о наставничеств", _order("order_introduction")),
    (r"дорожн\w+ карт", _order("order_roadmap")),
)  # fmt: skip
_PROGRAMME_WORK = re.compile(r"(?:разработ|утвержд)\w+ .*программ|выбор форм", re.IGNORECASE)
_PROGRAMME = re.compile(r"^программ\w* наставничеств", re.IGNORECASE)
_ORDER_WORD = re.compile(r"приказ|распоряжени\w+ (?:о|об) ", re.IGNORECASE)


def hint_of(text: str, result: str) -> Hint | None:
    """The likeliest proof of a line; None when its words promise nothing that can be looked up."""
    if not result:
        return None
    if _ORDER_WORD.search(result):
        return _first(_ORDERS, result) or _first(_ORDERS, text)
    # Of several lines of a cell the last one names the document: «результат», then «документ».
    for line in reversed(result.split("\n")):
        if _PROGRAMME.match(line):
            return _order("order_programme") if _PROGRAMME_WORK.search(text) else None
        if found := _first(_RESULTS, line):
            return found
    return None


def _first(rules: tuple[tuple[str, Hint], ...], text: str) -> Hint | None:
    return next((hint for pattern, hint in rules if re.search(pattern, text, re.IGNORECASE)), None)
