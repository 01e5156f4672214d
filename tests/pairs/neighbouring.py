"""Two neighbouring institutions that ask and lend mentors."""

from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.pairs.queries import neighbours as queries
from nastavnik.pairs.services import borrowing, lending
from nastavnik.people.models import (
    LoanCall,
    LoanRequest,
    LoanState,
)
from nastavnik.tenancy.scope import scope
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR
from tests.people_making import (
    DAY,
    give_consents,
    make_mentor,
)

THERE = actor_as(Role.CURATOR, label="Дальнева Анна Олеговна")
NAMES = ("Соседова", "Соседов", "sibling", "Дальнева")


def open_mentor(organisation, surname: str = "Соседова", *, capacity: int = 1, **fields):
    with scope({organisation.pk}):
        mentor = make_mentor(organisation, surname, capacity=capacity, **fields)
        mentor.open_to_others = True
        mentor.save()
        give_consents(mentor.person)
    return mentor


def look(school, mentee) -> list[queries.Offer]:
    return queries.offers(CURATOR, school, mentee, DAY)


def ask(school, mentee) -> LoanRequest:
    key = look(school, mentee)[0].key
    return borrowing.ask_neighbour(
        actor=CURATOR, organisation=school, mentee=mentee, key=key, on=DAY
    )


def agree(sibling, *, on=DAY) -> LoanCall:
    with scope({sibling.pk}):
        call = LoanCall.objects.filter(state=LoanState.ASKED).get()
        return lending.agree_to_lend(actor=THERE, call=call, said_way="spoken", said_on=DAY, on=on)


def decline(sibling, reason: str) -> None:
    with scope({sibling.pk}):
        lending.decline_call(actor=THERE, call=LoanCall.objects.get(), reason=reason, on=DAY)


def agreed(school, sibling, mentee, **fields) -> LoanRequest:
    open_mentor(sibling, **fields)
    row = ask(school, mentee)
    agree(sibling)
    row.refresh_from_db()
    return row


def url(name: str, organisation, **more) -> str:
    return reverse(f"pairs:{name}", kwargs={"org": organisation.slug, **more})
