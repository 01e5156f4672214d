"""The dictionaries as they hold for the organisation in scope: federal, region, municipality.

Rules, forms and pages ask here, so that what a territory added, renamed or retired is honoured by
every door. Where no single organisation is in scope, the delivered entries answer. The process keeps
the entries; one query, at most once per scope, tells whether another process has changed any.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from django.conf import settings
from django.db.models import Subquery

from nastavnik.library.engine.classifier import Classifier, build, delivered
from nastavnik.library.engine.seed import seed
from nastavnik.library.models import Entry, column_names
from nastavnik.library.queries.entries import FEDERAL, Item, items
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope_memo, scoped_ids

MOST_PLACES = 256
_MEMO = "library.place"
_DELIVERED_AT = datetime(2000, 1, 1, tzinfo=UTC)


class _Place:
    """What holds at one place of the tree; a place is forgotten as soon as any entry changes."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._entries: dict[str, Mapping[str, Item]] = {}
        self._classifier: Classifier | None = None if path is not None else delivered()

    def entries(self, dictionary: str) -> Mapping[str, Item]:
        known = self._entries.get(dictionary)
        if known is None:
            known = self._read(dictionary)
            self._entries[dictionary] = known
        return known

    def classifier(self) -> Classifier:
        if self._classifier is None:
            self._classifier = build(
                topics=map(_source, self._active("topics")),
                requests=map(_source, self._active("requests")),
                intents=seed("intents"),
            )
        return self._classifier

    def _active(self, dictionary: str) -> list[Item]:
        return [found for found in self.entries(dictionary).values() if found.is_active]

    def _read(self, dictionary: str) -> Mapping[str, Item]:
        if self._path is None:
            return {entry["code"]: _from_seed(dictionary, entry) for entry in seed(dictionary)}
        node = Territory(path=self._path)
        return {found.code: found for found in items(dictionary, territory=node, retired=True)}


_delivered = _Place(None)
_places: dict[tuple[Any, ...], _Place] = {}
_checked: dict[int, tuple[float, _Place]] = {}


def effective(dictionary: str) -> Mapping[str, Item]:
    """code → entry for the organisation in scope, retired ones included: old records stay readable.

    For the dictionaries of territories; acts and materials of an organisation are read by `items`.
    """
    return _here().entries(dictionary)


def in_use(dictionary: str) -> list[Item]:
    """The entries that may be chosen now, in their order."""
    return [found for found in effective(dictionary).values() if found.is_active]


def title_of(dictionary: str, code: str) -> str:
    """The title of an entry for the organisation in scope, or the code itself of an unknown one."""
    found = effective(dictionary).get(code)
    return found.title if found else code


def choices_of(dictionary: str) -> list[tuple[str, str]]:
    """(code, title) of every entry that may be chosen, for a form."""
    return [(found.code, found.title) for found in in_use(dictionary)]


def effective_classifier() -> Classifier:
    """The classifier for suggestions, with the requests and topics of the territory."""
    return _here().classifier()


def forget_entries() -> None:
    """After a change of any entry: read everything anew."""
    _places.clear()
    _checked.clear()
    memo = scope_memo()
    if memo is not None:
        memo.pop(_MEMO, None)


def _here() -> _Place:
    memo, ids = scope_memo(), scoped_ids()
    if memo is None or ids is None or len(ids) != 1:
        return _delivered
    place: _Place | None = memo.get(_MEMO)
    if place is None:
        place = memo[_MEMO] = _recent(next(iter(ids)))
    return place


def _recent(organisation_id: int) -> _Place:
    """The place as it was found some seconds ago, or found anew."""
    now = monotonic()
    found = _checked.get(organisation_id)
    if found is not None and now - found[0] < settings.LIBRARY_FRESH_SECONDS:
        return found[1]
    if len(_checked) >= MOST_PLACES:
        _checked.clear()
    place = _find(organisation_id)
    _checked[organisation_id] = (now, place)
    return place


def _find(organisation_id: int) -> _Place:
    """The place of the organisation at the present generation: each change adds an entry."""
    latest = Entry.objects.order_by("-pk")
    key = (
        Organisation.objects.filter(pk=organisation_id)
        .values_list(
            "territory__path",
            Subquery(latest.values("pk")[:1]),
            Subquery(latest.values("created_at")[:1]),
        )
        .first()
    )
    if key is None:
        return _delivered
    if key not in _places:
        if len(_places) >= MOST_PLACES:
            _places.clear()
        _places[key] = _Place(key[0])
    return _places.get(key) or _Place(key[0])


def _source(found: Item) -> dict[str, Any]:
    return {"code": found.code, "title": found.title, **found.attributes}


def _from_seed(dictionary: str, entry: Mapping[str, Any]) -> Item:
    return Item(
        pk=0,
        dictionary=dictionary,
        code=entry["code"],
        title=entry["title"],
        parent=entry.get("parent", ""),
        attributes={name: value for name, value in entry.items() if name not in column_names()},
        version=1,
        valid_from=None,
        valid_to=None,
        is_active=True,
        level=FEDERAL,
        territory_id=None,
        organisation_id=None,
        created_by="",
        created_at=_DELIVERED_AT,
    )
