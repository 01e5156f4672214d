"""A mentor's own «да» or «нет» to a neighbour who asks for him, by a personal link (PRODUCT § 4.12)."""

import secrets
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs import policies
from nastavnik.pairs.services.lending import demand_free, lock_call, refuse
from nastavnik.people.models import LoanCall, LoanState, SaidWay
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand

MENTOR_CANNOT = "Наставник сейчас не может помочь."
CLOSED = "Ответ уже учтён. Если вы передумали, скажите куратору."


@transaction.atomic
def give_link(*, actor: Actor, call: LoanCall) -> LoanCall:
    """Make the mentor's personal link; asked again, the same link stays.

    Raises DomainError `answered` when the request waits no longer.
    """
    demand(policies.can_borrow_and_lend(actor))
    row = lock_call(call)
    if row.state != LoanState.ASKED:
        raise DomainError("answered", "На этот запрос уже ответили.")
    if not row.link_token:
        row.link_token = secrets.token_hex(16)
        row.save(update_fields=["link_token"])
        record(actor=actor, action="loans.link", subject=row)
    return row


@transaction.atomic
def answer_call(*, call: LoanCall, is_yes: bool, on: date) -> LoanCall:
    """Note the mentor's own answer. «Да» waits for the curator; «нет» declines without a reason.

    Repeating the same answer does nothing.
    Raises DomainError `answer_closed` once the request waits no longer; `no_place`, `not_able`.
    """
    row = lock_call(call)
    actor = Actor(user_id=None, label=row.mentor.person.full_name, roles=frozenset())
    if (is_yes and row.mentor_said_on is not None) or (
        not is_yes and row.state == LoanState.DECLINED
    ):
        return row
    if row.state != LoanState.ASKED:
        raise DomainError("answer_closed", CLOSED)
    if not is_yes:
        row.mentor_said_on, row.mentor_said_way = None, ""
        row.save(update_fields=["mentor_said_on", "mentor_said_way"])
        refuse(actor, row, MENTOR_CANNOT, on)
        return row
    demand_free(row.mentor)
    row.mentor_said_on, row.mentor_said_way = on, SaidWay.LINK
    row.save(update_fields=["mentor_said_on", "mentor_said_way"])
    record(actor=actor, action="loans.said_yes", subject=row)
    return row
