"""What a mentor who is asked for by a neighbour may know, and what a lent one may know of the child.

The child is named to somebody of another institution only while the consent to hand the data over
is in force; before it he reads an age band and the request.
"""

from dataclasses import dataclass
from datetime import date

from nastavnik.pairs.models import OPEN_STATES, PairAnswer
from nastavnik.pairs.queries.neighbours import described
from nastavnik.people.models import (
    ConsentKind,
    LoanCall,
    LoanRequest,
    LoanState,
    MenteeProfile,
    MentorProfile,
    Person,
)
from nastavnik.people.queries.papers import papers_of
from nastavnik.tenancy.scope import scope, scopes_disabled


@dataclass(frozen=True)
class LentView:
    """What the personal page of an asked mentor tells; names stay empty until they may be told.

    `pair_token` leads on to the question about the pair at the other institution.
    """

    described: str
    borrower: str = ""
    mentee: str = ""
    pair_token: str = ""


def call_by_link(token: str) -> tuple[int, int] | None:
    """(organisation, call) behind a personal link; nothing else leaves the open scope."""
    with scopes_disabled(reason="a personal link names no organisation"):
        row: tuple[int, int] | None = (
            LoanCall.objects.filter(link_token=token).values_list("organisation_id", "pk").first()
        )
    return row


def lent_view(call: LoanCall, on: date) -> LentView:
    """Read inside the lender's scope; once both agreed, the borrower's row is looked at too."""
    if call.state != LoanState.AGREED:
        return LentView(call.described)
    with scope({call.borrower_id}):
        request = (
            LoanRequest.objects.filter(token=call.token)
            .select_related("mentee__person", "mentor")
            .first()
        )
        named = request is not None and is_named(request, on)
        return LentView(
            described=call.described,
            borrower=str(call.revealed.get("borrower", "")),
            mentee=first_names(request.mentee.person, on) if request and named else "",
            pair_token=_pair_token(request) if request else "",
        )


def may_be_named(mentee: MenteeProfile, on: date) -> bool:
    """Whether the consent to hand the data over is in force."""
    papers = papers_of([mentee.person_id])[mentee.person_id]
    return papers.consent_on(ConsentKind.TRANSFER_PARTNER, on) is not None


def is_named(request: LoanRequest, on: date) -> bool:
    """Whether the other side may read the mentee's name today; a consent may have run out."""
    return request.introduced_on is not None and may_be_named(request.mentee, on)


def told_to_lent(
    mentor: MentorProfile, mentees: list[MenteeProfile], on: date
) -> dict[int, str] | None:
    """Mentees in words without a name, for a mentor of a neighbour; None for one of one's own.

    By person; those whom he may know by name are not in it.
    """
    requests = {
        row.mentee_id: row
        for row in LoanRequest.objects.filter(mentor=mentor).select_related("mentee")
    }
    if not requests:
        return None
    return {
        mentee.person_id: described(mentee, on)
        for mentee in mentees
        if mentee.pk not in requests or not is_named(requests[mentee.pk], on)
    }


def first_names(person: Person, on: date) -> str:
    """A child by the first name, an adult by name and patronymic; never a surname."""
    if person.is_minor_on(on):
        return person.given
    return " ".join(part for part in (person.given, person.patronymic) if part)


def _pair_token(request: LoanRequest) -> str:
    """The lent mentor's own link to the pair that was made for this mentee."""
    if request.mentor is None:
        return ""
    found = PairAnswer.objects.filter(
        person_id=request.mentor.person_id,
        pair__mentor=request.mentor,
        pair__state__in=list(OPEN_STATES),
        pair__members__mentee=request.mentee_id,
        pair__members__left_on__isnull=True,
    )
    return found.order_by("-pk").values_list("token", flat=True).first() or ""
