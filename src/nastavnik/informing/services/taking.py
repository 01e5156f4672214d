"""From a slip to the base: a blank of consent to take home, then a record that waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record_many
from nastavnik.documents.rendering import blanks_docx
from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import Side, Slip, SlipState
from nastavnik.informing.services.slips import held, move
from nastavnik.informing.wording import asked_codes
from nastavnik.people.models import Category, ConsentKind, Person
from nastavnik.people.queries.codes import request_choices
from nastavnik.people.services.blanks import open_consent_data
from nastavnik.people.services.persons import PersonValues, add_person
from nastavnik.people.services.profiles import add_mentee, add_mentor
from nastavnik.people.services.requests import add_request, audience_of
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

CHILD_KINDS = (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD)
GRADE_OF_OWN_SIGNATURE = 7  # those who turn 14 sit in the seventh grade and above
SOURCE = "запись «Хочу участвовать»"


@dataclass(frozen=True)
class Newcomer:
    """Whom the curator enters by a slip: a new person, or one who is in the base already."""

    values: PersonValues
    known: Person | None = None
    is_namesake: bool = False


@transaction.atomic
def take(
    *, actor: Actor, organisation: Organisation, slip: Slip, newcomer: Newcomer, today: date
) -> Person:
    """Enter the one behind a slip; whoever lacks a consent waits for it, as by every other door.

    Taking twice gives the same person. Raises: DomainError of `people`, or when the slip is erased.
    """
    demand(actor.can("slips.edit"))
    slip = held(slip)
    if slip.state == SlipState.TAKEN and slip.person is not None:
        return slip.person
    person = newcomer.known or add_person(
        actor=actor,
        organisation=organisation,
        values=newcomer.values,
        is_namesake=newcomer.is_namesake,
    )
    if slip.side == Side.MENTEE:
        _as_mentee(actor, slip, person, today)
    else:
        _as_mentor(actor, slip, person, today)
    slip.person = person
    move(actor, slip, SlipState.TAKEN, details={"person": person.pk})
    return person


@transaction.atomic
def give_blanks(
    *, actor: Actor, organisation: Organisation, slips: Sequence[Slip], today: date
) -> bytes:
    """Blanks of consent for those behind the slips, one file by class; names are written by hand.

    Raises: DomainError when nobody waits.
    """
    demand(actor.can("slips.edit"))
    demand(actor.can("consents.print"))
    waiting = [slip for slip in slips if slip.state == SlipState.NEW and not slip.erased_at]
    if not waiting:
        raise DomainError("nobody", "Печатать нечего: никто не ждёт решения.")
    papers = []
    for slip in waiting:
        papers += [
            (
                f"consent_{kind}",
                open_consent_data(
                    kind,
                    organisation=organisation,
                    about=_about(slip),
                    is_child=_is_child(slip),
                    child_signs=_is_child(slip) and _signs(slip.class_name),
                ),
            )
            for kind in (CHILD_KINDS if _is_child(slip) else (ConsentKind.PD_ADULT,))
        ]
    Slip.objects.filter(pk__in=[slip.pk for slip in waiting]).update(blank_given_on=today)
    record_many(actor=actor, action="slips.blank", subjects=waiting)
    return blanks_docx(organisation, papers)


def _as_mentee(actor: Actor, slip: Slip, person: Person, today: date) -> None:
    mentee = getattr(person, "mentee", None) or add_mentee(
        actor=actor, person=person, today=today, values={"note": _note(slip)}
    )
    if slip.request_code in dict(request_choices(audience_of(person.category))):
        add_request(
            actor=actor,
            mentee=mentee,
            text="",
            code=slip.request_code,
            source=SOURCE,
            noted_on=slip.created_on,
        )


def _as_mentor(actor: Actor, slip: Slip, person: Person, today: date) -> None:
    if getattr(person, "mentor", None) is None:
        with_what = dict(asked_codes(slip.sheet.audience)).get(slip.request_code, "")
        note = f"Может помочь: {with_what}. {_note(slip)}" if with_what else _note(slip)
        add_mentor(actor=actor, person=person, today=today, values={"note": note.strip()[:300]})


def _note(slip: Slip) -> str:
    return f"С записи «Хочу участвовать»: {slip.wish}"[:300] if slip.wish else ""


def _is_child(slip: Slip) -> bool:
    """Pupils, and the child for whom a parent asks."""
    return slip.sheet.is_for_children or (
        slip.sheet.audience == Audience.PARENTS and slip.side == Side.MENTEE
    )


def _about(slip: Slip) -> str:
    return f"класс {slip.class_name}" if slip.class_name else ""


def _signs(class_name: str) -> bool:
    """Whether a line for the child's own signature may be needed; without a grade it is there."""
    digits = "".join(sign for sign in class_name[:2] if sign.isdigit())
    return not digits or int(digits) >= GRADE_OF_OWN_SIGNATURE


def category_of(slip: Slip) -> Category:
    """Who the one behind a slip most probably is."""
    match slip.sheet.audience:
        case Audience.STAFF:
            return Category.PEDAGOGUE
        case Audience.GRADUATES:
            return Category.ALUMNUS
        case Audience.PARENTS if slip.side == Side.MENTOR:
            return Category.PARENT
        case _:
            return Category.PUPIL
