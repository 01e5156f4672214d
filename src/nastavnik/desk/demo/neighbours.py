"""Those without a pair: a specialist beside some, and mentors asked for at the neighbours."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import accounts, clock
from nastavnik.desk.demo.office import actor_of
from nastavnik.pairs.queries.neighbours import Known, known_offers
from nastavnik.pairs.queries.waiting import waiting
from nastavnik.pairs.services.borrowing import ask_neighbour
from nastavnik.pairs.services.lending import agree_to_lend, decline_call
from nastavnik.pairs.services.lent_answers import answer_call, give_link
from nastavnik.people.models import LoanCall, MenteeProfile, SaidWay
from nastavnik.people.queries.support import own_supports, specialists
from nastavnik.people.services.support import assign_support, note_talk
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

# Days ago: when a support began, and the talks since.
SUPPORTED = ((44, (37, 23)), (30, (19, 5)), (12, (11,)), (3, ()))
LATE, ASKED, ANSWERED = 10, 4, 2
_Work = Callable[[Actor, LoanCall, dt.date], None]
NO_TIME = "До весны у наставника нет свободного времени."


def tell(organisations: list[Organisation], main: Organisation, *, today: dt.date) -> None:
    """The main school asks three neighbours, one agrees; two neighbours ask the main school."""
    late, asked, answered = (today - dt.timedelta(days=ago) for ago in (LATE, ASKED, ANSWERED))
    _support(main, today)
    ours = _ask(main, [late, asked, asked])
    _answer(ours[1:], (_agree, _decline), answered)
    theirs: list[tuple[str, int]] = []
    for other in organisations:
        if other.pk != main.pk and len(theirs) < len(_CALLED):
            theirs += _ask(other, [asked], of=main)
    _answer(theirs, _CALLED, answered)


def _support(organisation: Organisation, today: dt.date) -> None:
    """The psychologist, who has an account, keeps company with those who wait the longest."""
    since = today - dt.timedelta(days=SUPPORTED[0][0])
    with scope({organisation.pk}):
        chosen = specialists(organisation, on=since)[0]  # psychologists stand first
        user = accounts.of_staff(chosen.person, organisation, "psychologist")  # type: ignore[arg-type]
        accounts.grant(user, Role.THIRD_PARTY, organisation, since)
        longest = list(waiting().select_related("person").order_by("since", "pk"))
        for mentee, (began, talks) in zip(longest, SUPPORTED, strict=False):
            on = today - dt.timedelta(days=began)
            with clock.at(on):
                curator = _curator(organisation)
                assign_support(actor=curator, mentees=[mentee], specialist=chosen, on=on)
            for ago in talks:
                actor = actor_of(user, Role.THIRD_PARTY)
                _talk(actor, organisation, mentee, today - dt.timedelta(days=ago))


def _talk(actor: Actor, organisation: Organisation, mentee: MenteeProfile, on: dt.date) -> None:
    with clock.at(on):
        support = own_supports(actor, organisation, on=on).get(mentee=mentee)
        note_talk(actor=actor, organisation=organisation, support=support, held_on=on, on=on)


def _ask(
    organisation: Organisation, days: Sequence[dt.date], *, of: Organisation | None = None
) -> list[tuple[str, int]]:
    """A request on each of the days, each to another neighbour: tokens and lenders."""
    sent: list[tuple[str, int]] = []
    lenders: set[int] = set()
    with scope({organisation.pk}):
        for mentee, known in _helped(organisation, days[0], lenders, of):
            with clock.at(days[len(sent)]):
                row = ask_neighbour(
                    actor=_curator(organisation),
                    organisation=organisation,
                    mentee=mentee,
                    key=known.offer.key,
                    on=days[len(sent)],
                )
            sent.append((row.token, row.lender_id))
            lenders.add(row.lender_id)
            if len(sent) == len(days):
                break
    return sent


def _helped(
    organisation: Organisation, on: dt.date, asked: set[int], of: Organisation | None
) -> Iterator[tuple[MenteeProfile, Known]]:
    """Those who wait, each with the best offer of a neighbour not asked so far."""
    if not organisation.teaches_children:
        return
    actor = _curator(organisation)
    for mentee in waiting().select_related("person").prefetch_related("requests").order_by("pk"):
        for known in known_offers(actor, organisation, mentee, on):
            if known.organisation_id not in asked and (
                of is None or known.organisation_id == of.pk
            ):
                yield mentee, known
                break


def _answer(sent: list[tuple[str, int]], works: Sequence[_Work], on: dt.date) -> None:
    """What each of the institutions asked does with the request."""
    for work, (token, lender) in zip(works, sent, strict=False):
        with clock.at(on), scope({lender}):
            call = LoanCall.objects.select_related("organisation").get(token=token)
            work(_curator(call.organisation), call, on)


def _agree(actor: Actor, call: LoanCall, on: dt.date) -> None:
    agree_to_lend(actor=actor, call=call, said_way=SaidWay.SPOKEN, said_on=on, on=on)


def _decline(actor: Actor, call: LoanCall, on: dt.date) -> None:
    decline_call(actor=actor, call=call, reason=NO_TIME, on=on)


def _agree_by_link(actor: Actor, call: LoanCall, on: dt.date) -> None:
    """The mentor says «да» by the personal link, then the curator agrees."""
    _link(actor, call, on)
    answer_call(call=call, is_yes=True, on=on)
    agree_to_lend(actor=actor, call=call, on=on)


def _link(actor: Actor, call: LoanCall, _on: dt.date) -> None:
    give_link(actor=actor, call=call)


_CALLED: tuple[_Work, ...] = (_agree_by_link, _link)


def _curator(organisation: Organisation) -> Actor:
    grants = RoleGrant.objects.filter(organisation=organisation, role=Role.CURATOR)
    return actor_of(grants.select_related("user").order_by("id")[0].user, Role.CURATOR)
