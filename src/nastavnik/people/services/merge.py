"""Two records of one human being become one."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people import policies
from nastavnik.people.models import Consent, ConsentState, MenteeProfile, MentorProfile, Person
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand

Guard = Callable[[Person, Person], str]
Follower = Callable[[Actor, Person], None]
_guards: list[Guard] = []
_followers: list[Follower] = []
_OWN_STORY = {
    "search_key",
    "identity_key",
    "id",
    "organisation",
    "person",
    "merged_into",
    "created_at",
    "archived_at",
    "state",
}


def register_merge_guard(guard: Guard) -> None:
    """An app above names, in one sentence, why two records must not become one; "" when it may."""
    if guard not in _guards:
        _guards.append(guard)


def register_merge_follower(follower: Follower) -> None:
    """An app above brings its own rows in line with the joined record, in the same transaction."""
    if follower not in _followers:
        _followers.append(follower)


@transaction.atomic
def merge_people(*, actor: Actor, keep: Person, drop: Person, reason: str = "") -> Person:
    """Move everything of `drop` to `keep`; `drop` stays as a pointer, so that old links lead on.

    Empty fields of `keep` are filled from `drop`. Of two consents of one kind in force the older
    one becomes replaced.

    Raises DomainError: `merge_blocked` when a guard or a constraint stands against it.
    """
    rows = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk])
    }
    keep, drop = rows[keep.pk], rows[drop.pk]
    demand(policies.can_merge(actor, keep, drop))
    for guard in _guards:
        if sentence := guard(keep, drop):
            raise DomainError("merge_blocked", sentence)
    moved: dict[str, int] = {}
    try:
        with transaction.atomic():
            _replace_double_consents(keep, drop)
            _join_profiles(keep, drop, moved)
            _move_relations(drop, keep, moved)
    except IntegrityError as error:
        raise DomainError(
            "merge_blocked",
            "Записи не объединить: обе участвуют в одном и том же. Сначала завершите одно из участий.",
        ) from error
    _fill(keep, drop)
    keep.save()
    drop.merged_into, drop.archived_at = keep, timezone.now()
    drop.save(update_fields=["merged_into", "archived_at"])
    audit.record(
        actor=actor,
        action="people.merged",
        subject=keep,
        reason=reason,
        details={"dropped": drop.pk, "dropped_name": drop.full_name, "moved": moved},
    )
    for follower in _followers:
        follower(actor, keep)
    return keep


def _join_profiles(keep: Person, drop: Person, moved: dict[str, int]) -> None:
    """Where both have the same part, everything hanging on the second one moves to the first."""
    for model in (MenteeProfile, MentorProfile):
        mine = model.objects.filter(person=keep).first()
        other = model.objects.filter(person=drop).first()
        if mine is None or other is None:
            continue
        _move_relations(other, mine, moved)
        _fill(mine, other)
        mine.save()
        other.delete()


def _move_relations(source: models.Model, target: models.Model, moved: dict[str, int]) -> None:
    for relation in source._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: Any = relation.related_model
        name = relation.field.name
        if model is Person and name == "merged_into":
            continue
        count = model.objects.filter(**{name: source.pk}).update(**{name: target.pk})
        if count:
            moved[f"{model._meta.label_lower}.{name}"] = count


def _replace_double_consents(keep: Person, drop: Person) -> None:
    mine = {c.kind: c for c in keep.consents.filter(state=ConsentState.IN_FORCE)}
    for other in drop.consents.filter(state=ConsentState.IN_FORCE):
        twin = mine.get(other.kind)
        if twin is None:
            continue
        older: Consent = min(twin, other, key=lambda c: (c.valid_from or c.created_at.date(), c.pk))
        older.state = ConsentState.REPLACED
        older.save(update_fields=["state"])


def _fill(keep: models.Model, drop: models.Model) -> None:
    for field in keep._meta.concrete_fields:
        if field.name in _OWN_STORY:
            continue
        if getattr(keep, field.attname) in (None, "", {}):
            setattr(keep, field.attname, getattr(drop, field.attname))
