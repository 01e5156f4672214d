"""Reading the dictionaries, inherited down the tree: federal, region, municipality, own."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from nastavnik.library.engine.classifier import Classifier, build
from nastavnik.library.engine.seed import DICTIONARIES, seed
from nastavnik.library.engine.words import WORD, fold, occurrences, patterns_of, tokens_of
from nastavnik.library.models import Entry, EntryVersion, OwnEntry
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation, Territory

FEDERAL = "Общая запись"

# Versions never change, so their ids are a key; one territory is in use in most installations.
_classifiers: dict[tuple[int, ...], Classifier] = {}


class UnknownEntry(DomainError):
    """No entry with this code is visible from the node."""

    def __init__(self, code: str) -> None:
        super().__init__("unknown_entry", f"В библиотеке нет записи «{code}».")


@dataclass(frozen=True)
class Item:
    """The version of an entry that holds at a node; `level` names its owner in words."""

    pk: int
    dictionary: str
    code: str
    title: str
    parent: str
    attributes: dict[str, Any] = field(hash=False)
    version: int
    valid_from: date | None
    valid_to: date | None
    is_active: bool
    level: str
    territory_id: int | None
    organisation_id: int | None
    created_by: str
    created_at: datetime

    def __str__(self) -> str:
        return self.title


def items(
    dictionary: str,
    *,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
    retired: bool = False,
) -> list[Item]:
    """The entries in use at a node in their order; the nearest owner of a code wins.

    Needs the open scope of the organisation when one is given. Without a node: federal entries.
    """
    node = organisation.territory if organisation is not None else territory
    rows = Entry.objects.filter(_seen_from(node), dictionary=dictionary, is_current=True)
    found: dict[str, Item] = {}
    for row in sorted(rows.select_related("territory"), key=_depth):
        found[row.code] = _item(row, row.territory.name if row.territory else FEDERAL)
    if organisation is not None and dictionary in OwnEntry.DICTIONARIES:
        for own in OwnEntry.objects.filter(dictionary=dictionary, is_current=True):
            found[own.code] = _item(own, "Ваше учреждение")
    return [item for item in found.values() if retired or item.is_active]


def item(
    dictionary: str,
    code: str,
    *,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
) -> Item:
    """One entry, retired ones included. Raises UnknownEntry."""
    for found in items(dictionary, organisation=organisation, territory=territory, retired=True):
        if found.code == code:
            return found
    raise UnknownEntry(code)


def titles(dictionary: str, *, organisation: Organisation | None = None) -> dict[str, str]:
    """code → title, retired entries included: old records must stay readable."""
    return {e.code: e.title for e in items(dictionary, organisation=organisation, retired=True)}


def versions(found: Item) -> list[EntryVersion]:
    """All versions of the owner's entry, newest first."""
    key: dict[str, Any] = {"dictionary": found.dictionary, "code": found.code}
    if found.organisation_id is not None:
        return list(OwnEntry.objects.filter(**key).order_by("-version"))
    key["territory_id"] = found.territory_id
    return list(Entry.objects.filter(**key).order_by("-version"))


def counts(
    *, organisation: Organisation | None = None, territory: Territory | None = None
) -> dict[str, int]:
    """How many different entries of each dictionary are in use at a node."""
    node = organisation.territory if organisation is not None else territory
    rows = Entry.objects.filter(_seen_from(node), is_current=True).order_by("territory__path")
    active: dict[tuple[str, str], bool] = {}
    for name, code, is_active, path in rows.values_list(
        "dictionary", "code", "is_active", "territory__path"
    ):
        if not path:  # a federal row
            active.setdefault((name, code), is_active)
        else:
            active[name, code] = is_active
    if organisation is not None:
        own = OwnEntry.objects.filter(is_current=True)
        for name, code, is_active in own.values_list("dictionary", "code", "is_active"):
            active[name, code] = is_active
    return {
        dictionary: sum(used for (name, _), used in active.items() if name == dictionary)
        for dictionary in DICTIONARIES
        if dictionary != "intents"
    }


def forms_for(organisation: Organisation) -> list[Item]:
    """Forms of mentoring that suit the organisation: without children only those of teachers."""
    forms = items("forms", organisation=organisation)
    if organisation.teaches_children:
        return forms
    return [form for form in forms if form.attributes.get("audience") == "teachers"]


def role_models_for(form: str, *, organisation: Organisation | None = None) -> list[Item]:
    return [e for e in items("role_models", organisation=organisation) if e.parent == form]


def request_codes(
    *,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
    audience: str = "",
) -> list[Item]:
    """Codes of the request classifier; `audience` is "pupil", "teacher" or both."""
    found = items("requests", organisation=organisation, territory=territory)
    return [e for e in found if not audience or e.attributes.get("audience") == audience]


def form_code(words: str, *, organisation: Organisation | None = None) -> str:
    """The form that a registry writes as «ученик-ученик» or «учитель – молодой специалист», or ""."""
    key = _words_key(words)
    for form in items("forms", organisation=organisation):
        spellings = (form.title, *form.attributes.get("synonyms", ()))
        if key and key in map(_words_key, spellings):
            return form.code
    return ""


def kind_codes(words: str, *, organisation: Organisation | None = None) -> list[str]:
    """The kinds named in words such as «групповое, дистанционное»."""
    tokens = tokens_of(words)
    return [
        kind.code
        for kind in items("kinds", organisation=organisation)
        if any(
            occurrences(pattern, tokens)
            for pattern in patterns_of(kind.attributes.get("synonyms", ()))
        )
    ]


def _words_key(words: str) -> str:
    return " ".join(WORD.findall(fold(words)))


def classifier_for(organisation: Organisation | None = None) -> Classifier:
    """The classifier with the entries of the organisation's own territory, ready for suggestions."""
    topics = items("topics", organisation=organisation)
    requests = items("requests", organisation=organisation)
    key = tuple(e.pk for e in (*topics, *requests))
    known = _classifiers.get(key)
    if known is None:
        known = build(
            topics=[{"code": e.code, "title": e.title, **e.attributes} for e in topics],
            requests=[{"code": e.code, "title": e.title, **e.attributes} for e in requests],
            intents=seed("intents"),
        )
        _classifiers.clear()
        _classifiers[key] = known
    return known


def _seen_from(territory: Territory | None) -> Q:
    line = territory.ancestor_ids if territory is not None else []
    return Q(territory__isnull=True) | Q(territory__in=line)


def _depth(row: Entry) -> tuple[int, int, int]:
    return (row.territory.path.count("/") if row.territory else 0, row.position, row.pk)


def _item(row: EntryVersion, level: str) -> Item:
    return Item(
        pk=row.pk,
        dictionary=row.dictionary,
        code=row.code,
        title=row.title,
        parent=row.parent,
        attributes=row.attributes,
        version=row.version,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_active=row.is_active,
        level=level,
        territory_id=row.territory_id if isinstance(row, Entry) else None,
        organisation_id=row.organisation_id if isinstance(row, OwnEntry) else None,
        created_by=row.created_by,
        created_at=row.created_at,
    )
