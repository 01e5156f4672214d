"""Those without a pair: a specialist beside some, and mentors asked for at the neighbours."""

import datetime as dt
from collections.abc import Iterator

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.office import actor_of
from nastavnik.pairs.queries.neighbours import Known, known_offers
from nastavnik.pairs.queries.waiting import waiting
from nastavnik.pairs.services.borrowing import ask_neighbour
from nastavnik.pairs.services.lending import agree_to_lend
from nastavnik.people.models import LoanCall, MenteeProfile, SaidWay
from nastavnik.people.queries.support import specialists
from nastavnik.people.services.support import assign_support
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

SUPPORTED = 3


def tell(organisations: list[Organisation], main: Organisation, *, today: dt.date) -> None:
    """The main school asks for two mentors and gets one; a neighbour asks the main school."""
    asked = today - dt.timedelta(days=4)
    with clock.at(asked):
        _support(main, asked)
        for token, lender in _ask(main, asked, most=2)[:1]:
            _agree(token, lender, asked)
        for other in organisations:
            if other.pk != main.pk and _ask(other, asked, most=1, of=main):
                break


def _support(organisation: Organisation, on: dt.date) -> None:
    """Psychologists stand first among the specialists."""
    with scope({organisation.pk}):
        longest = list(waiting().select_related("person").order_by("since", "pk")[:SUPPORTED])
        actor = _curator(organisation)
        chosen = specialists(organisation, on=on)[0]
        assign_support(actor=actor, mentees=longest, specialist=chosen, on=on)


def _ask(
    organisation: Organisation, on: dt.date, *, most: int, of: Organisation | None = None
) -> list[tuple[str, int]]:
    """Requests for the first of those who wait whom somebody could help: tokens and lenders."""
    sent = []
    with scope({organisation.pk}):
        for mentee, known in _helped(organisation, on, of):
            row = ask_neighbour(
                actor=_curator(organisation),
                organisation=organisation,
                mentee=mentee,
                key=known.offer.key,
                on=on,
            )
            sent.append((row.token, row.lender_id))
            if len(sent) == most:
                break
    return sent


def _helped(
    organisation: Organisation, on: dt.date, of: Organisation | None
) -> Iterator[tuple[MenteeProfile, Known]]:
    if not organisation.teaches_children:
        return
    actor = _curator(organisation)
    for mentee in waiting().select_related("person").prefetch_related("requests").order_by("pk"):
        for known in known_offers(actor, organisation, mentee, on):
            if of is None or known.organisation_id == of.pk:
                yield mentee, known
                break


def _agree(token: str, lender: int, on: dt.date) -> None:
    with scope({lender}):
        call = LoanCall.objects.select_related("organisation").get(token=token)
        agree_to_lend(
            actor=_curator(call.organisation),
            call=call,
            said_way=SaidWay.SPOKEN,
            said_on=on,
            on=on,
        )


def _curator(organisation: Organisation) -> Actor:
    grants = RoleGrant.objects.filter(organisation=organisation, role=Role.CURATOR)
    return actor_of(grants.select_related("user").order_by("id")[0].user, Role.CURATOR)
