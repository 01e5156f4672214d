"""Making and changing pairs before the order. Drafting is free; only impossible pairs are refused."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.library.queries import in_use, title_of
from nastavnik.pairs import policies, queries, rules
from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.models import (
    BEFORE_ORDER,
    PAIR_TRANSITIONS,
    InstitutionProgramme,
    Pair,
    PairAnswer,
    PairMentee,
    PairSource,
    PairState,
)
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


class PairRefused(DomainError):
    """These people cannot form this pair; the message says why."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("pair_refused", " ".join(faults))
        self.faults = tuple(faults)


@transaction.atomic
def make_pair(
    *,
    actor: Actor,
    organisation: Organisation,
    mentor: MentorProfile,
    mentees: Sequence[MenteeProfile],
    form: str,
    kinds: Sequence[str] = ("traditional",),
    role_model: str = "",
    is_group: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    programme: InstitutionProgramme | None = None,
    source: PairSource = PairSource.MANUAL,
    fit_0_100: int | None = None,
    reasons: Sequence[dict[str, Any]] = (),
    addendum: str = "",
    replaces: Pair | None = None,
) -> Pair:
    """Propose a pair or group and open the answers of its people.

    `replaces` names the pair whose mentor this one takes over from; it does not stand in the way.

    Raises PairRefused when the people, the kinds, the term, the mentor's places or another open
    pair of the mentee make it impossible (invariants 6–9). Missing papers do not matter yet.
    """
    demand(policies.can_edit_pairs(actor))
    mentor = MentorProfile.objects.select_for_update().select_related("person").get(pk=mentor.pk)
    faults = [
        *_form_faults(form, replaces),
        *rules.structure_faults(
            organisation, mentor.person, [m.person for m in mentees], is_group=is_group
        ),
        *rules.kind_faults(kind_rules(kinds), len(mentees)),
        *rules.term_faults(kind_rules(kinds), _term_start(starts_on, replaces), ends_on),
        *place_faults(mentor, mentees, form, but=replaces.pk if replaces else None),
    ]
    if faults:
        raise PairRefused(faults)
    pair = Pair(
        organisation=organisation,
        mentor=mentor,
        programme=programme,
        form=form,
        kinds=list(kinds),
        role_model=role_model,
        is_group=is_group,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        fit_0_100=fit_0_100,
        reasons=list(reasons),
        addendum=addendum,
        replaces=replaces,
    )
    _write(pair, mentees)
    record(actor=actor, action="pairs.make", subject=pair, to_state=pair.state)
    return pair


def _write(pair: Pair, mentees: Sequence[MenteeProfile]) -> None:
    """The pair, its mentees and an open answer of each person."""
    pair.save()
    for mentee in mentees:
        PairMentee(organisation_id=pair.organisation_id, pair=pair, mentee=mentee).save()
    open_answers(pair, [pair.mentor.person_id, *(m.person_id for m in mentees)])


def _form_faults(form: str, replaces: Pair | None) -> list[str]:
    """A new pair has a form in use here; a new mentor goes on in the form that the former one had."""
    if replaces is not None or any(found.code == form for found in in_use("forms")):
        return []
    return [f"Форма «{title_of('forms', form)}» здесь не применяется. Выберите другую."]


def _term_start(starts_on: date | None, replaces: Pair | None) -> date | None:
    """A new mentor continues the term that the former one began."""
    return (replaces.starts_on if replaces else None) or starts_on


def place_faults(
    mentor: MentorProfile, mentees: Sequence[MenteeProfile], form: str, *, but: int | None = None
) -> list[str]:
    """Invariant 9: places of the mentor, one open pair per form of a mentee; what neighbours agreed."""
    faults = []
    kept_for = [mentee.pk for mentee in mentees]
    used = queries.used_places([mentor.pk], but=but, kept_for=kept_for).get(mentor.pk, 0)
    if used + len(mentees) > mentor.capacity:
        free = max(mentor.capacity - used, 0)
        faults.append(
            f"{mentor.person.short_name}: свободных мест {free}, а нужно {len(mentees)}. "
            "Увеличьте число мест в карточке наставника или выберите другого."
        )
    taken = queries.forms_taken([m.pk for m in mentees], but=but)
    faults += [
        f"{m.person.short_name} уже состоит в паре этой формы."
        for m in mentees
        if form in taken.get(m.pk, set())
    ]
    return faults + _loan_faults(mentor, mentees)


def _loan_faults(mentor: MentorProfile, mentees: Sequence[MenteeProfile]) -> list[str]:
    """A mentor lent by a neighbour helps those for whom it was agreed, nobody else."""
    agreed = queries.borrowed_only_for(mentor.pk)
    if agreed is None:
        return []
    return [
        f"{mentor.person.short_name}: другое учреждение согласилось не на {m.person.short_name}. "
        "Спросите его и об этом человеке."
        for m in mentees
        if m.pk not in agreed
    ]


def open_answers(pair: Pair, person_ids: Sequence[int]) -> None:
    known = set(PairAnswer.objects.filter(pair=pair).values_list("person_id", flat=True))
    for person_id in person_ids:
        if person_id not in known:
            PairAnswer(
                organisation_id=pair.organisation_id,
                pair=pair,
                person_id=person_id,
                token=secrets.token_urlsafe(18),
            ).save()


@transaction.atomic
def decline_pair(*, actor: Actor, pair: Pair, reason: str) -> Pair:
    """Take a pair off before the order; the people return to the base."""
    demand(policies.can_edit_pairs(actor))
    if not reason.strip():
        raise DomainError("reason", "Напишите в двух словах, почему пара не нужна.", field="reason")
    return move_pair(actor=actor, pair=pair, target=PairState.DECLINED, reason=reason)


@transaction.atomic
def set_addendum(*, actor: Actor, pair: Pair, addendum: str) -> Pair:
    """Note the addendum to the labour contract of a staff mentor (invariant 5)."""
    demand(policies.can_edit_pairs(actor))
    pair.addendum = addendum.strip()
    pair.save(update_fields={"addendum"})
    record(actor=actor, action="pairs.addendum", subject=pair, details={"addendum": addendum})
    return pair


@transaction.atomic
def set_lock(*, actor: Actor, pair: Pair, is_locked: bool) -> Pair:
    """Keep a pair as it is when the proposal is made again, or let it go."""
    demand(policies.can_edit_pairs(actor))
    pair.is_locked = is_locked
    pair.save(update_fields={"is_locked"})
    record(actor=actor, action="pairs.lock" if is_locked else "pairs.unlock", subject=pair)
    return pair


@transaction.atomic
def add_to_group(*, actor: Actor, pair: Pair, mentee: MenteeProfile) -> Pair:
    """Add one more mentee to a group before its order; the newcomer must answer too.

    A group at work takes newcomers by an additional order (`changing`).
    """
    demand(policies.can_edit_pairs(actor))
    if not pair.is_group or pair.state not in BEFORE_ORDER:
        raise DomainError("not_open", "Добавлять можно только в группу, которой ещё нет в приказе.")
    mentor = (
        MentorProfile.objects.select_for_update().select_related("person").get(pk=pair.mentor_id)
    )
    faults = place_faults(mentor, [mentee], pair.form)
    if mentor.person_id == mentee.person_id:
        faults.append("Человек не может быть наставником самому себе.")
    if faults:
        raise PairRefused(faults)
    if pair.members.filter(mentee=mentee).exists():
        raise PairRefused([f"{mentee.person.short_name} уже был в этой группе."])
    PairMentee(organisation_id=pair.organisation_id, pair=pair, mentee=mentee).save()
    open_answers(pair, [mentee.person_id])
    if pair.state == PairState.AGREED:
        move_pair(
            actor=actor, pair=pair, target=PairState.PROPOSED, reason="в группу добавлен человек"
        )
    record(actor=actor, action="pairs.add", subject=pair, details={"mentee": mentee.pk})
    return pair


def move_pair(
    *, actor: Actor, pair: Pair, target: PairState, reason: str = "", **fields: Any
) -> Pair:
    """Move a pair along the transition table and note it; `fields` are saved with the state.

    Not a use case of its own: callers hold the transaction and have asked the policy.
    """
    source = pair.state
    demand_move(PAIR_TRANSITIONS, source, target, label=str(pair).capitalize())
    pair.state = target
    for name, value in fields.items():
        setattr(pair, name, value)
    pair.save(update_fields={"state", *fields})
    record(
        actor=actor,
        action="pairs.move",
        subject=pair,
        from_state=source,
        to_state=target,
        reason=reason,
    )
    return pair
