"""The control note of a territory as a Word file. Who took it and when stands in the journal."""

from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.builders import worker
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.names import phrase_forms
from nastavnik.documents.rendering import blank_docx
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.queries import prints
from nastavnik.roadmaps.queries.control import Control, LatePlace, control, office_of
from nastavnik.roadmaps.queries.prints import DueLine
from nastavnik.roadmaps.queries.progress import LateLine
from nastavnik.roadmaps.services.paperwork import CONTROL
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

EXPORT = "roadmaps.control_note"


@transaction.atomic
def control_note(*, actor: Actor, territory: Territory, on: date) -> bytes:
    """The note on the letterhead of the territory's authority; the facts of the screen.

    Raises: DomainError when neither the territory nor one above it has an authority.
    """
    demand(policies.can_read(actor))
    office = office_of(territory)
    if office is None:
        raise DomainError(
            "office_missing",
            "Справку составляют от имени органа управления образованием, а его на территории нет. "
            "Добавьте его в «Учреждениях» или напечатайте список.",
        )
    found = control(territory, on=on)
    record(
        actor=actor,
        action=EXPORT,
        subject=territory,
        details={"on": on.isoformat(), "overdue": len(found.lines)},
    )
    with scope({office.pk}):
        return blank_docx(office, CONTROL, note_data(actor, office, found))


def note_data(actor: Actor, office: Organisation, found: Control) -> dict[str, Any]:
    """Fields of the blank."""
    late = [(place.organisation.short_name, _due(place)) for place in found.places]
    facts = prints.control_facts({**prints.NO_LINES, **found.counts}, late, ())
    words = {"found": found, "territory": phrase_forms(found.territory.name)}
    return {
        **facts,
        "people": _people(late),
        "on": date_words(found.on),
        "date": date_words(found.on),
        "subject": render_to_string("roadmaps/territory/note_subject.txt", words).strip(),
        "conclusion": sentence(found),
        "author": worker(actor, office),
        "qr_url": "",
    }


def sentence(found: Control) -> str:
    """The state of the territory in one or two sentences, on the screen and in the note."""
    return render_to_string("roadmaps/territory/note_sentence.txt", {"found": found}).strip()


def _due(place: LatePlace) -> list[DueLine]:
    return [_due_line(line) for line in place.lines]


def _due_line(line: LateLine) -> DueLine:
    item = line.item
    people = tuple(person.words for person in item.responsible.all())
    return DueLine(item.number, item.text, line.due_on, people, line.days)


def _people(late: list[tuple[str, list[DueLine]]]) -> list[dict[str, str]]:
    """Who answers for how many overdue lines: a post means somebody else at every institution."""
    return [
        {**row, "who": f"{title}: {row['who']}" if row["who"] else title}
        for title, lines in late
        for row in prints.by_person(lines)
    ]
