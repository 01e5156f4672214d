"""What is laid into the papers of councils: orders on the composition, the plan, protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.councils.models import (
    Council,
    CouncilKind,
    CouncilMember,
    Office,
    Sitting,
    SittingState,
    lines_of,
)
from nastavnik.councils.queries import (
    ORDER_COUNCIL,
    ORDER_CREATIVE_GROUP,
    ORDER_WORKING_GROUP,
)
from nastavnik.documents.builders import named_person, worker
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.names import person_context, phrase_forms
from nastavnik.pairs.order_data import person_data
from nastavnik.people.models import Person
from nastavnik.tenancy.models import Organisation

PROTOCOL = "council_protocol"
PLAN = "council_plan"
ORDERS = {
    CouncilKind.WORKING_GROUP: ORDER_WORKING_GROUP,
    CouncilKind.CREATIVE_GROUP: ORDER_CREATIVE_GROUP,
}
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Somebody in a composition: one of the staff, a curator with an account, or typed in."""

    office: str
    person: Person | None = None
    user: User | None = None
    name: str = ""
    gender: str = ""
    post: str = ""
    workplace: str = ""

    @property
    def key(self) -> tuple[int | None, int | None, str]:
        return (
            self.person.pk if self.person else None,
            self.user.pk if self.user else None,
            self.name,
        )


def kind_of_order(council: Council) -> str:
    return ORDERS.get(CouncilKind(council.kind), ORDER_COUNCIL)


def office_words(council: Council, office: str) -> str:
    """«председатель», «член совета»; a group has a leader and members of the group."""
    if office == Office.MEMBER:
        return _MEMBER_OF.get(CouncilKind(council.kind), "член совета")
    if office == Office.CHAIR and council.is_group:
        return "руководитель"
    return Office(office).label


_MEMBER_OF = {
    CouncilKind.WORKING_GROUP: "член группы",
    CouncilKind.CREATIVE_GROUP: "член группы",
    CouncilKind.METHODICAL: "член объединения",
    CouncilKind.COMMUNITY: "член сообщества",
}


def place_data(organisation: Organisation, place: Place) -> dict[str, Any]:
    """A person as blanks want one; who is from outside is named with the organisation."""
    if place.person is not None:
        return person_data(organisation, place.person)
    post = ", ".join(part for part in (place.post, place.workplace) if part)
    if place.user is not None:
        user = place.user
        return person_context(
            surname=user.surname,
            given=user.given,
            patronymic=user.patronymic,
            gender=user.gender or place.gender,
            post=post,
        )
    return named_person(place.name, post, gender=place.gender)


def place_of(member: CouncilMember) -> Place:
    return Place(
        office=member.office,
        person=member.person,
        user=member.user,
        name=member.name,
        gender=member.gender,
        post=member.post,
        workplace=member.workplace,
    )


def order_data(
    organisation: Organisation, council: Council, places: Sequence[Place], *, changes: bool
) -> dict[str, Any]:
    """Merge data of the order on the composition, whatever its blank."""
    rows = [
        place_data(organisation, place) | {"role": office_words(council, place.office)}
        for place in places
    ]
    return {
        "council": phrase_forms(small(council.name)),
        "members": rows,
        "tasks": [task.rstrip(".;") for task in lines_of(council.task)]
        or ["рассматривать вопросы наставничества"],
        "meeting_rhythm": council.rhythm or "одного раза в квартал",
        "changed_order": registration(council.order) if changes else "",
        "regulation": regulation_words(council),
        "term": f"до {date_words(council.ends_on)}" if council.ends_on else "",
        "basis": "",
        "control": "оставляю за собой",
        "acquaintance": rows,
    }


def registration(document: Document | None) -> str:
    """«от 15 октября 2026 г. № 48»."""
    if document is None or document.registered_on is None:
        return ""
    number = f" № {document.number_text}" if document.number_text else ""
    return f"от {date_words(document.registered_on)}{number}"


def regulation_words(council: Council) -> str:
    """«Положение о совете от 1 октября 2026 г. № 12»."""
    if council.regulation is not None:
        return f"{council.regulation.title} {registration(council.regulation)}".strip()
    day = f" от {date_words(council.regulation_on)}" if council.regulation_on else ""
    number = f" № {council.regulation_number}" if council.regulation_number else ""
    return f"{council.regulation_title}{day}{number}".strip()


def planned_words(sitting: Sitting) -> str:
    """«15 октября 2026 г.», or «октябрь 2026 г.» when only the month is known."""
    day = sitting.planned_on
    if sitting.by_month:
        return f"{MONTHS[day.month - 1]} {day.year}\u00a0г."
    return date_words(day)


def plan_data(
    actor: Actor,
    organisation: Organisation,
    council: Council,
    sittings: Sequence[Sitting],
    year: str,
) -> dict[str, Any]:
    """The plan of a school year; cancelled sittings are not in it."""
    return {
        "council": phrase_forms(small(council.name)),
        "year": year,
        "sittings": [
            {
                "when": planned_words(row),
                "topic": row.topic,
                "agenda": lines_of(row.agenda),
                "mark": f"проведено {row.held_on:%d.%m.%Y}" if row.held_on else "",
            }
            for row in sittings
            if row.state != SittingState.CANCELLED
        ],
        "keeper": worker(actor, organisation),
    }


def protocol_data(
    organisation: Organisation, sitting: Sitting, members: Sequence[CouncilMember]
) -> dict[str, Any]:
    """The protocol of a held sitting: who came, what was heard, what was decided."""
    council = sitting.council
    assert sitting.chair is not None
    assert sitting.held_on is not None
    present = [place_of(row.member) for row in sitting.presences.all()]
    keeper = sitting.secretary or sitting.chair
    return {
        "council": phrase_forms(small(council.name)),
        "chair_word": "Руководитель группы" if council.is_group else "Председатель",
        "held_on": date_words(sitting.held_on),
        "where": sitting.place,
        "topic": sitting.topic,
        "chair": place_data(organisation, place_of(sitting.chair)),
        "keeper": place_data(organisation, place_of(keeper)),
        "present": [place_data(organisation, place) for place in present],
        "counts": f"{len(present)} из {len(members)}",
        "guests": lines_of(sitting.guests),
        "agenda": sitting.agenda_lines,
        "heard": lines_of(sitting.heard),
        "decisions": [
            {
                "text": row.text,
                "responsible": row.responsible,
                "due": f"{row.due_on:%d.%m.%Y}" if row.due_on else "",
            }
            for row in sitting.decisions.all()
        ],
    }


def small(name: str) -> str:
    """In the middle of a sentence; an abbreviation keeps its letters."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
