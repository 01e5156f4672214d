"""Asking a neighbour for a mentor: sending, withdrawing, opening the name, entering the mentor.

Each use case writes the own row and, inside the other institution's scope, the row of its side.
Nothing of one side is written into the other's rows or journal until both agreed.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor, system_actor
from nastavnik.audit.services import record
from nastavnik.matching.models import MatchRule, RuleKind
from nastavnik.matching.services.draft import drop_rule, hold_couple
from nastavnik.pairs import policies, queries
from nastavnik.pairs.models import OPEN_STATES, PairMentee
from nastavnik.pairs.queries.lent import may_be_named
from nastavnik.pairs.queries.neighbours import Known, described, digest, known_offers
from nastavnik.people.models import (
    LoanCall,
    LoanRequest,
    LoanState,
    MenteeProfile,
    MentorProfile,
    MentorState,
)
from nastavnik.people.models.loans import LOAN_TRANSITIONS
from nastavnik.people.services.persons import add_person
from nastavnik.people.services.profiles import add_mentor
from nastavnik.people.services.requests import add_competence
from nastavnik.people.services.states import move_mentor
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

NEIGHBOUR = system_actor("Другое учреждение")
MOST_ASKED = 3
LENT = "Наставник другого учреждения согласован для этого человека."
LENT_NO_MORE = "Помощь другого учреждения больше не нужна."


@transaction.atomic
def ask_neighbour(
    *, actor: Actor, organisation: Organisation, mentee: MenteeProfile, key: str, on: date
) -> LoanRequest:
    """Ask for the mentor behind an offer; the mentee is described without a name.

    Raises DomainError: `no_offer` when the offer no longer stands, `asked` when it was asked,
    `many_asked` when too many requests for the mentee wait, `not_waiting`.
    """
    demand(policies.can_borrow_and_lend(actor))
    if mentee.pk in queries.taken_mentees():
        raise DomainError("not_waiting", f"{mentee.person.short_name} уже состоит в паре.")
    own = LoanRequest.objects.filter(mentee=mentee, state__in=(LoanState.ASKED, LoanState.AGREED))
    if own.filter(offer=key).exists():
        raise DomainError("asked", "Об этом наставнике вы уже спросили.")
    if own.filter(state=LoanState.ASKED).count() >= MOST_ASKED:
        raise DomainError(
            "many_asked", f"Ответа уже ждут {MOST_ASKED} запроса. Дождитесь его или отзовите один."
        )
    known = next(
        (k for k in known_offers(actor, organisation, mentee, on) if k.offer.key == key), None
    )
    if known is None:
        raise DomainError("no_offer", "Этот наставник больше не свободен. Поищите ещё раз.")
    row, words = _write_request(actor, organisation, mentee, known, on), described(mentee, on)
    with other_side(known.organisation_id):
        call = LoanCall(
            organisation_id=known.organisation_id,
            token=row.token,
            borrower=organisation,
            mentor_id=known.mentor_id,
            described=words,
            came_on=on,
        )
        call.save()
        record(actor=NEIGHBOUR, action="loans.came", subject=call, to_state=call.state)
    return row


@transaction.atomic
def withdraw_request(*, actor: Actor, request: LoanRequest, on: date) -> LoanRequest:
    """Take the request back before it is answered. Raises WrongState afterwards."""
    row = lock_request(actor, request)
    _move(actor, row, LoanState.WITHDRAWN, "loans.withdrawn", on)
    with other_side(row.lender_id):
        call = LoanCall.objects.select_for_update().get(token=row.token)
        _move(NEIGHBOUR, call, LoanState.WITHDRAWN, "loans.withdrawn", on)
    return row


@transaction.atomic
def introduce_mentee(*, actor: Actor, request: LoanRequest, on: date) -> LoanRequest:
    """Open the mentee's name to the institution that agreed to help.

    Raises DomainError: `not_agreed`; `consent_missing` without the consent to hand the data over.
    """
    row = lock_request(actor, request)
    _demand_agreed(row)
    if not may_be_named(row.mentee, on):
        raise DomainError(
            "consent_missing",
            f"{row.mentee.person.short_name}: нет согласия на передачу данных другому учреждению.",
        )
    reveal_mentee(row, on)
    record(actor=actor, action="loans.introduced", subject=row)
    return row


@transaction.atomic
def enter_mentor(*, actor: Actor, request: LoanRequest, on: date) -> MentorProfile:
    """Write the neighbour's mentor into the own register, held for this mentee.

    He enters as anybody from outside: consents and certificates are asked for before he is ready.
    Asked again for another mentee, the same mentor gets one place more.
    Raises DomainError `not_agreed`, `entered`.
    """
    row = lock_request(actor, request)
    _demand_agreed(row)
    if row.mentor_id is not None:
        raise DomainError("entered", "Этот наставник уже в вашей базе.")
    twin = (
        LoanRequest.objects.filter(mentor_key=row.mentor_key, mentor__isnull=False)
        .select_related("mentor")
        .first()
    )
    mentor = twin.mentor if twin is not None else _newcomer(actor, row, on)
    lent = LoanRequest.objects.filter(mentor=mentor, state=LoanState.AGREED).count()
    mentor.capacity = lent + 1
    mentor.save(update_fields=["capacity"])
    row.mentor = mentor
    row.save(update_fields=["mentor"])
    hold_couple(actor=actor, mentee=row.mentee, mentor=mentor, reason=LENT)
    record(actor=actor, action="loans.entered", subject=row)
    return mentor


@transaction.atomic
def end_loan(*, actor: Actor, request: LoanRequest, on: date) -> LoanRequest:
    """The neighbour's mentor is no longer needed for this mentee; his place is free again.

    The other side forgets the mentee's name.

    Raises DomainError `in_pair` while the two stand in an open pair.
    """
    row = lock_request(actor, request)
    _demand_agreed(row)
    together = PairMentee.objects.filter(
        mentee_id=row.mentee_id,
        left_on__isnull=True,
        pair__mentor_id=row.mentor_id,
        pair__state__in=list(OPEN_STATES),
    )
    if row.mentor_id is not None and together.exists():
        raise DomainError("in_pair", "Сначала завершите пару с этим наставником.")
    _move(actor, row, LoanState.ENDED, "loans.ended", on)
    if row.introduced_on is not None:
        _take_name_back(row)
    rules = MatchRule.objects.filter(
        mentee_id=row.mentee_id, mentor_id=row.mentor_id, kind=RuleKind.LOCK
    )
    for rule in rules:
        drop_rule(actor=actor, rule=rule, reason=LENT_NO_MORE)
    with other_side(row.lender_id):
        call = LoanCall.objects.select_for_update().get(token=row.token)
        _move(NEIGHBOUR, call, LoanState.ENDED, "loans.ended", on)
    return row


@transaction.atomic
def forget_names(
    actor: Actor, organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """After papers changed: a name whose consent ceased is taken back from the other side at once."""
    rows = LoanRequest.objects.select_for_update(of=("self",)).filter(
        organisation=organisation,
        mentee__person_id__in=list(person_ids),
        introduced_on__isnull=False,
    )
    said = []
    for row in rows.select_related("mentee__person"):
        if not may_be_named(row.mentee, on):
            _take_name_back(row)
            record(actor=actor, action="loans.name_closed", subject=row)
            said.append(f"{row.mentee.person.full_name}: имя закрыто от другого учреждения")
    return said


@contextmanager
def other_side(organisation_id: int) -> Iterator[None]:
    """The scope of the other institution of a request, for the row of its side only."""
    with scope({organisation_id}):
        yield


def lock_request(actor: Actor, request: LoanRequest) -> LoanRequest:
    demand(policies.can_borrow_and_lend(actor))
    found: LoanRequest = (
        LoanRequest.objects.select_for_update(of=("self",))
        .select_related("mentee__person", "organisation")
        .get(pk=request.pk)
    )
    return found


def reveal_mentee(row: LoanRequest, on: date) -> None:
    """Tell the other side who the mentee is; within the borrower's scope, after both agreed."""
    person = row.mentee.person
    words = {"name": person.full_name, "about": person.about}
    row.introduced_on = on
    row.save(update_fields=["introduced_on"])
    with other_side(row.lender_id):
        call = LoanCall.objects.select_for_update().get(token=row.token)
        call.revealed = call.revealed | {"mentee": words}
        call.save(update_fields=["revealed"])


def _take_name_back(row: LoanRequest) -> None:
    row.introduced_on = None
    row.save(update_fields=["introduced_on"])
    with other_side(row.lender_id):
        call = LoanCall.objects.select_for_update().filter(token=row.token).first()
        if call is None:  # the other side has erased its mentor, and the name with him
            return
        call.revealed = {key: told for key, told in call.revealed.items() if key != "mentee"}
        call.save(update_fields=["revealed"])


def _write_request(
    actor: Actor, organisation: Organisation, mentee: MenteeProfile, known: Known, on: date
) -> LoanRequest:
    offer = known.offer
    row = LoanRequest(
        organisation=organisation,
        token=secrets.token_hex(16),
        lender_id=known.organisation_id,
        offer=offer.key,
        mentor_key=digest(organisation, known.mentor_id),
        mentee=mentee,
        asked_for="; ".join(
            filter(None, (", ".join(offer.topics), offer.form, offer.institution, offer.fit))
        )[:300],
        asked_on=on,
        asked_by=actor.label,
        form=known.form_code,
    )
    row.save()
    record(actor=actor, action="loans.asked", subject=row, to_state=row.state)
    return row


def _newcomer(actor: Actor, row: LoanRequest, on: date) -> MentorProfile:
    """The person and the profile from what the neighbour told."""
    told: dict[str, Any] = row.revealed
    person = add_person(
        actor=actor,
        organisation=row.organisation,
        values={name: told.get(name, "") for name in _PERSON_FIELDS} | {"is_own": False},  # type: ignore[arg-type]
        is_namesake=True,
    )
    mentor = add_mentor(
        actor=actor,
        person=person,
        today=on,
        values={"capacity": 1, "preferred_form": row.form},
    )
    for topic in told.get("topics", ()):
        add_competence(actor=actor, mentor=mentor, text="", topic=topic)
    return move_mentor(actor=actor, mentor=mentor, to=MentorState.PAPERS, today=on)


_PERSON_FIELDS = ("surname", "given", "patronymic", "gender", "category", "post", "workplace")


def _demand_agreed(row: LoanRequest) -> None:
    if row.state != LoanState.AGREED:
        raise DomainError("not_agreed", "Другое учреждение ещё не согласилось.")


def _move(actor: Actor, row: LoanRequest | LoanCall, to: LoanState, action: str, on: date) -> None:
    source = row.state
    demand_move(LOAN_TRANSITIONS, source, to, label=str(row).capitalize())
    row.state, row.answered_on = to, row.answered_on or on
    row.save(update_fields=["state", "answered_on"])
    record(actor=actor, action=action, subject=row, from_state=source, to_state=to)
