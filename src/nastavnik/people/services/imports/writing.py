"""Writing many people at once: no query and no validation per row, everything checked before."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db import models

from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MentorCompetence,
    MentorProfile,
    Person,
    Representative,
)
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import Papers
from nastavnik.people.rules import entry_state, mentor_entry_state
from nastavnik.people.services.imports.effects import Effect
from nastavnik.people.services.imports.records import Incoming
from nastavnik.people.services.requests import (
    audience_of,
    competence_suggestions,
    suggestions,
)
from nastavnik.shared.text import search_key
from nastavnik.tenancy.bulk import insert_rows, new_row
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel

CHUNK = 10_000
# A new school year brings a new class and, at work, a new post; the rest is only filled in.
RENEWED = frozenset({"class_name", "post"})
Profile = MenteeProfile | MentorProfile
M = TypeVar("M", bound=TenantModel)


class _Heap(Generic[M]):
    """New and changed rows of one model, waiting to be written together."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.new: list[M] = []
        self.changed: dict[int, M] = {}
        self.fields: set[str] = set()

    def write(self) -> None:
        insert_rows(self.new)
        if self.changed:
            manager: Any = self.model._default_manager
            manager.bulk_update(self.changed.values(), sorted(self.fields), batch_size=500)


class Writer:
    """Collects what rows say, then writes it in a handful of statements."""

    def __init__(
        self, organisation: Organisation, kind: str, today: date, *, known_ids: Collection[int]
    ) -> None:
        self._organisation, self._kind, self._today = organisation, kind, today
        self._people = _Heap(Person)
        self._profiles: _Heap[Any] = _Heap(MenteeProfile if kind == "mentees" else MentorProfile)
        self._words: _Heap[Any] = _Heap(MenteeRequest if kind == "mentees" else MentorCompetence)
        self._representatives = _Heap(Representative)
        self._made: list[tuple[Effect, str, models.Model]] = []
        self._followers: list[tuple[Effect, Effect]] = []
        self._owners: list[tuple[Effect, Person, Any]] = []
        self._load(known_ids)
        self.changed_people: list[tuple[Person, dict[str, Any]]] = []

    @property
    def new_people(self) -> list[Person]:
        return self._people.new

    def _load(self, ids: Collection[int]) -> None:
        self._known: dict[int, Person] = {}
        self._known_profiles: dict[int, Any] = {}
        self._known_words: dict[int, set[str]] = {}
        self._known_guardians: dict[int, set[str]] = {}
        self._papers: dict[int, Papers] = {}
        for part in _chunks(sorted(set(ids))):
            self._known.update(Person.objects.in_bulk(part))
            self._papers.update(papers_of(part))
            for row in Representative.objects.filter(child_id__in=part):
                self._known_guardians.setdefault(row.child_id, set()).add(search_key(row.full_name))
            if self._kind != "staff":
                self._load_profiles(part)

    def _load_profiles(self, part: list[int]) -> None:
        owner = "mentee" if self._kind == "mentees" else "mentor"
        profiles = self._profiles.model.objects.filter(person_id__in=part)
        self._known_profiles.update({profile.person_id: profile for profile in profiles})
        said = self._words.model.objects.filter(**{f"{owner}__person_id__in": part})
        for pk, text in said.values_list(f"{owner}__person_id", "text"):
            self._known_words.setdefault(pk, set()).add(search_key(text))

    def take(self, effect: Effect, person_id: int, rows: list[Incoming]) -> None:
        """Everything that the rows say about one human being."""
        values = _joined(row.person for row in rows)
        person = self._known.get(person_id)
        if person is None:
            person = new_row(Person, organisation_id=self._organisation.pk, **values)
            person.fill_keys()
            self._people.new.append(person)
            effect.is_new = True
        else:
            self._renew(effect, person, values)
        profile = self._profile(effect, person, rows) if self._kind != "staff" else None
        if profile is not None:
            self._say(effect, person, profile, rows)
        guardians = set(self._known_guardians.get(person.pk, ())) if person.pk else set()
        for row in rows:
            if row.representative:
                self._guard(effect, person, row.representative, guardians)
        self._owners.append((effect, person, profile))

    def follow(self, effect: Effect, first: Effect) -> None:
        """Another row about the same human being."""
        self._followers.append((effect, first))

    def write(self) -> None:
        """Write all in the order of the keys, then tell the effects what was made."""
        for heap in (self._people, self._profiles, self._words, self._representatives):
            heap.write()
        for effect, person, profile in self._owners:
            effect.person = person.pk
            effect.profile = profile.pk if profile is not None else 0
        for effect, name, row in self._made:
            effect.made.setdefault(name, []).append(row.pk)
        for effect, first in self._followers:
            effect.person, effect.profile = first.person, first.profile

    def _renew(self, effect: Effect, person: Person, values: dict[str, Any]) -> None:
        changes = _renew(person, values, RENEWED)
        if not changes:
            return
        person.fill_keys()
        self._people.changed[person.pk] = person
        self._people.fields |= {*changes, "search_key", "identity_key", "birth_year"}
        effect.changes["people.person"] = changes
        self.changed_people.append((person, changes))

    def _profile(self, effect: Effect, person: Person, rows: list[Incoming]) -> Any:
        values = _joined(row.profile for row in rows)
        known = self._known_profiles.get(person.pk) if person.pk else None
        if known is not None:
            changes = _renew(known, values, frozenset())
            if changes:
                self._profiles.changed[known.pk] = known
                self._profiles.fields |= set(changes)
                effect.changes[known._meta.label_lower] = changes
            return known
        papers = self._papers.get(person.pk, Papers()) if person.pk else Papers()
        if self._kind == "mentees":
            state: str = entry_state(person, papers, self._today)
        else:
            state = mentor_entry_state(person, papers, self._organisation, self._today)
        profile = new_row(
            self._profiles.model,
            organisation_id=self._organisation.pk,
            state=state,
            confirmed_on=self._today,
            **values,
        )
        profile.person = person
        self._profiles.new.append(profile)
        self._made.append((effect, profile._meta.label_lower, profile))
        return profile

    def _say(self, effect: Effect, person: Person, profile: Any, rows: list[Incoming]) -> None:
        said = set(self._known_words.get(person.pk, ())) if person.pk else set()
        for text in dict.fromkeys(text for row in rows for text in row.words):
            if search_key(text) in said:
                continue
            said.add(search_key(text))
            for row in self._coded(text, person, profile):
                self._words.new.append(row)
                self._made.append((effect, row._meta.label_lower, row))

    def _coded(self, text: str, person: Person, profile: Any) -> Iterable[Any]:
        organisation_id, text = self._organisation.pk, text[:400]
        if self._kind == "mentees":
            guess = next(iter(suggestions(text, audience_of(person.category))), None)
            code, topic = (guess.code, guess.topic) if guess else ("", "")
            request = new_row(
                MenteeRequest,
                organisation_id=organisation_id,
                text=text,
                code=code,
                topic=topic,
                noted_on=self._today,
                source="реестр",
            )
            request.mentee = profile
            yield request
            return
        for topic in [s.topic for s in competence_suggestions(text)] or [""]:
            competence = new_row(
                MentorCompetence,
                organisation_id=organisation_id,
                text=text,
                code=topic,
                topic=topic,
            )
            competence.mentor = profile
            yield competence

    def _guard(
        self, effect: Effect, person: Person, values: dict[str, Any], known: set[str]
    ) -> None:
        """A representative not yet `known` for this child."""
        parts = (values.get(name, "") for name in ("surname", "given", "patronymic"))
        key = search_key(" ".join(part for part in parts if part))
        if key not in known:
            known.add(key)
            row = new_row(Representative, organisation_id=self._organisation.pk, **values)
            row.child = person
            self._representatives.new.append(row)
            self._made.append((effect, "people.representative", row))


def _joined(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The first row's word holds; later rows fill what it left out."""
    joined: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            joined.setdefault(name, value)
    return joined


def _renew(
    row: models.Model, values: dict[str, Any], renewed: frozenset[str]
) -> dict[str, list[Any]]:
    """Fill what is empty, replace what a new year renews; field → [was, became]."""
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before == value or not (before in (None, "") or name in renewed):
            continue
        setattr(row, name, value)
        changes[name] = [plain(before), plain(value)]
    return changes


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
