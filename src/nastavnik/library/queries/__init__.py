"""Reading the dictionaries: entries at a node, citations of legal acts."""

from nastavnik.library.queries.citations import (
    Citation,
    act_citations,
    act_name,
    ended_on,
    template_warnings,
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
    "classifier_for",
    "counts",
    "ended_on",
    "form_code",
    "forms_for",
    "item",
    "items",
    "kind_codes",
    "request_codes",
    "role_models_for",
    "template_warnings",
    "titles",
    "versions",
]
