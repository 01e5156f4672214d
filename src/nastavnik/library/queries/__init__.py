"""Reading the dictionaries: entries at a node, citations of legal acts."""

from nastavnik.library.queries.citations import (
    Citation,
    act_citations,
    act_name,
    ended_on,
    template_warnings,
)
from nastavnik.library.queries.effective import (
    choices_of,
    effective,
    effective_classifier,
    forget_entries,
    in_use,
    title_of,
)
from nastavnik.library.queries.entries import (
    Item,
    UnknownEntry,
    classifier_for,
    counts,
    form_code,
    forms_for,
    item,
    items,
    kind_codes,
    request_codes,
    role_models_for,
    titles,
    versions,
)

__all__ = [
    "Citation",
    "Item",
    "UnknownEntry",
    "act_citations",
    "act_name",
    "choices_of",
    "classifier_for",
    "counts",
    "effective",
    "effective_classifier",
    "ended_on",
    "forget_entries",
    "form_code",
    "forms_for",
    "in_use",
    "item",
    "items",
    "kind_codes",
    "request_codes",
    "role_models_for",
    "template_warnings",
    "title_of",
    "titles",
    "versions",
]
