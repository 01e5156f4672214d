"""Another mentor for the same mentees: the proposal; the order is in `ending_orders`."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs import policies, rules
from nastavnik.pairs.models import HOLDING_STATES, OPEN_STATES, Pair
from nastavnik.pairs.services.composing import make_pair
from nastavnik.people.models import MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def propose_successor(
    *,
    actor: Actor,
    organisation: Organisation,
    pair: Pair,
    mentor: MentorProfile,
    starts_on: date,
    reason: str,
) -> Pair:
    """Propose `mentor` for the mentees of a holding pair, which works on until the order is signed.

    Raises DomainError when the pair does not hold or a replacement is already under way,
    PairRefused when the new mentor cannot take these mentees.
    """
    demand(policies.can_edit_pairs(actor))
    if pair.state not in HOLDING_STATES:
        raise DomainError("not_holding", "Заменить наставника можно только в действующей паре.")
    if not reason.strip():
        raise DomainError("reason", "Укажите причину замены.", field="reason")
    if mentor.pk == pair.mentor_id:
        raise DomainError("same_mentor", "Это нынешний наставник пары.", field="mentor")
    if Pair.objects.filter(replaces=pair, state__in=list(OPEN_STATES)).exists():
        raise DomainError("replacing", "Замена этой пары уже начата.", field="mentor")
    members = pair.members.filter(left_on__isnull=True).select_related("mentee__person")
    successor = make_pair(
        actor=actor,
        organisation=organisation,
        mentor=mentor,
        mentees=[member.mentee for member in members],
        form=pair.form,
        kinds=pair.kinds,
        role_model=pair.role_model,
        is_group=pair.is_group,
        starts_on=starts_on,
        ends_on=pair.ends_on or rules.default_term(starts_on)[1],
        programme=pair.programme,
        replaces=pair,
    )
    record(actor=actor, action="pairs.replace", subject=pair, reason=reason.strip())
    return successor
