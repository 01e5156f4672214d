"""Answering a neighbour who asks for a mentor: yes with the mentor's own «да», or no with a word."""

import re
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs import policies
from nastavnik.pairs.queries.lent import may_be_named
from nastavnik.pairs.queries.neighbours import free_places
from nastavnik.pairs.services.borrowing import NEIGHBOUR, other_side, reveal_mentee
from nastavnik.people.models import LoanCall, LoanRequest, LoanState, MentorProfile, MentorState
from nastavnik.people.models.loans import LOAN_TRANSITIONS
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.verdict import demand

ABLE = (MentorState.READY, MentorState.PAIRED)
STEM = 4
_CONTACT = re.compile(r"@|\d[\d\s()-]{4,}")
_NUMBERED = re.compile(r"(школ|сад|лице|гимнази|колледж)\w*\s*(№\s*)?\d+", re.IGNORECASE)


@transaction.atomic
def agree_to_lend(
    *,
    actor: Actor,
    call: LoanCall,
    on: date,
    said_way: str = "",
    said_on: date | None = None,
) -> LoanCall:
    """Both agree from now on: each side learns the one name of the other.

    `said_way` and `said_on` tell of the mentor's «да» to the curator; his own by link outweighs them.

    The mentor's name goes to the institution that asked; the mentee's comes as soon as the consent
    to hand it over is in force.
    Raises WrongState when it is answered; DomainError: `no_place`, `not_able`, `not_said`, `said_late`.
    """
    demand(policies.can_borrow_and_lend(actor))
    row = lock_call(call)
    demand_move(LOAN_TRANSITIONS, row.state, LoanState.AGREED, label=str(row).capitalize())
    if row.mentor_said_on is not None:
        said_on, said_way = row.mentor_said_on, row.mentor_said_way
    if said_on is None or not said_way:
        raise DomainError("not_said", "Сначала спросите наставника.", field="said_way")
    if said_on > on:
        raise DomainError("said_late", "Наставник не мог согласиться в будущем.", field="said_on")
    demand_free(row.mentor)
    lender = row.organisation
    told = _told_of(row.mentor) | {"workplace": lender.short_name, "lender": lender.short_name}
    row.state, row.answered_on = LoanState.AGREED, on
    row.mentor_said_on, row.mentor_said_way = said_on, said_way
    row.revealed = {"borrower": row.borrower.short_name}
    row.save(
        update_fields=["state", "answered_on", "mentor_said_on", "mentor_said_way", "revealed"]
    )
    record(
        actor=actor,
        action="loans.agreed",
        subject=row,
        from_state=LoanState.ASKED,
        to_state=row.state,
    )
    with other_side(row.borrower_id):
        request = _theirs(row)
        request.revealed = told
        _answer(request, LoanState.AGREED, "", on)
        record(actor=NEIGHBOUR, action="loans.agreed", subject=request, to_state=request.state)
        if may_be_named(request.mentee, on):
            reveal_mentee(request, on)
            record(actor=NEIGHBOUR, action="loans.introduced", subject=request)
    row.refresh_from_db()
    return row


@transaction.atomic
def decline_call(*, actor: Actor, call: LoanCall, reason: str, on: date) -> LoanCall:
    """Say no; the word goes to the other side, so it must name nobody.

    Raises WrongState; DomainError `reason_missing`, `reason_names`.
    """
    demand(policies.can_borrow_and_lend(actor))
    row = lock_call(call)
    demand_move(LOAN_TRANSITIONS, row.state, LoanState.DECLINED, label=str(row).capitalize())
    words = " ".join(reason.split())
    if not words:
        raise DomainError("reason_missing", "Напишите в двух словах, почему нет.", field="reason")
    if _names_somebody(words, row):
        raise DomainError(
            "reason_names",
            "Другая сторона увидит эти слова: уберите имена, контакты и название учреждения.",
            field="reason",
        )
    refuse(actor, row, words, on)
    return row


def refuse(actor: Actor, row: LoanCall, words: str, on: date) -> None:
    """Say no on both sides; callers hold the transaction and the row."""
    _answer(row, LoanState.DECLINED, words, on)
    record(actor=actor, action="loans.declined", subject=row, to_state=row.state, reason=words)
    with other_side(row.borrower_id):
        request = _theirs(row)
        _answer(request, LoanState.DECLINED, words, on)
        record(
            actor=NEIGHBOUR,
            action="loans.declined",
            subject=request,
            to_state=request.state,
            reason=words,
        )


def lock_call(call: LoanCall) -> LoanCall:
    found: LoanCall = (
        LoanCall.objects.select_for_update(of=("self",))
        .select_related("mentor__person", "organisation", "borrower")
        .get(pk=call.pk)
    )
    return found


def _theirs(call: LoanCall) -> LoanRequest:
    found: LoanRequest = (
        LoanRequest.objects.select_for_update(of=("self",))
        .select_related("mentee__person")
        .get(token=call.token)
    )
    return found


def _answer(row: LoanRequest | LoanCall, state: LoanState, words: str, on: date) -> None:
    row.state, row.answer, row.answered_on = state, words[:300], on
    fields = ["state", "answer", "answered_on"]
    row.save(update_fields=[*fields, "revealed"])


def demand_free(mentor: MentorProfile) -> None:
    if mentor.state not in ABLE or mentor.person.archived_at is not None:
        raise DomainError(
            "not_able", f"{mentor.person.short_name} сейчас не может быть наставником."
        )
    if free_places(mentor) < 1:
        raise DomainError("no_place", f"{mentor.person.short_name}: все места уже заняты.")


def _told_of(mentor: MentorProfile) -> dict[str, Any]:
    """What the other side needs to enter the mentor: the name and what he can help with."""
    person = mentor.person
    names = ("surname", "given", "patronymic", "gender", "category", "post")
    topics = mentor.competences.exclude(topic="").values_list("topic", flat=True)
    return {name: getattr(person, name) for name in names} | {"topics": sorted(set(topics))}


def _names_somebody(words: str, row: LoanCall) -> bool:
    """A surname in any case, a contact, or which institution it is."""
    text, person = words.casefold().replace("ё", "е"), row.mentor.person
    known = [person.surname, person.given] if len(person.surname) >= STEM else [person.surname]
    stems = [name.casefold().replace("ё", "е")[: max(STEM, len(name) - 2)] for name in known]
    title = row.organisation.short_name.casefold().replace("ё", "е")
    return (
        bool(_CONTACT.search(words) or _NUMBERED.search(words))
        or any(stem and stem in text for stem in stems)
        or title in text
    )
