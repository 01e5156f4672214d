"""Russian names, posts, organisations, counts and dates in the case a document needs."""

from nastavnik.documents.engine.grammar.cases import Case, Forms, Gender, with_override
from nastavnik.documents.engine.grammar.dates import MONTHS_GENITIVE, date_words
from nastavnik.documents.engine.grammar.declension import (
    decline_name,
    decline_parts,
    initials_first,
    initials_last,
)
from nastavnik.documents.engine.grammar.errors import GenderUnknown, GrammarError, NameEmpty
from nastavnik.documents.engine.grammar.gender import guess_gender
from nastavnik.documents.engine.grammar.names import PersonName, parse_name
from nastavnik.documents.engine.grammar.numbers import count_phrase, plural
from nastavnik.documents.engine.grammar.phrases import decline_phrase

__all__ = [
    "MONTHS_GENITIVE",
    "Case",
    "Forms",
    "Gender",
    "GenderUnknown",
    "GrammarError",
    "NameEmpty",
    "PersonName",
    "count_phrase",
    "date_words",
    "decline_name",
    "decline_parts",
    "decline_phrase",
    "guess_gender",
    "initials_first",
    "initials_last",
    "parse_name",
    "plural",
    "with_override",
]
