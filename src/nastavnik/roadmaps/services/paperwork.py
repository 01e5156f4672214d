"""The papers of a roadmap: shown and printed as they are today, or filed in «Дело» as documents."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import in_office
from nastavnik.documents.builders import worker
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.kinds import kind_of
from nastavnik.documents.models import Document
from nastavnik.documents.names import person_context, phrase_forms
from nastavnik.documents.rendering import blank_docx
from nastavnik.documents.services import prepare_document
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.models import Roadmap, RoadmapKind
from nastavnik.roadmaps.queries import prints
from nastavnik.roadmaps.services import approval
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

PLAN = "roadmap"
AGREEMENT = "roadmap_agreement"
REMARKS = "roadmap_remarks"
CONTROL = "roadmap_control"
LETTER = "roadmap_letter"


def paper_data(*, actor: Actor, roadmap: Roadmap, kind: str, on: date) -> dict[str, Any]:
    """Fields of one paper as the roadmap stands on a day. Raises KeyError for another kind."""
    return {
        **_PAPERS[kind](roadmap, on),
        "author": worker(actor, roadmap.organisation),
    }


def paper_docx(*, actor: Actor, roadmap: Roadmap, kind: str, on: date) -> bytes:
    """The Word file of one paper; nothing is written down."""
    demand(policies.can_read(actor))
    data = paper_data(actor=actor, roadmap=roadmap, kind=kind, on=on)
    return blank_docx(roadmap.organisation, kind, {**data, "date": date_words(on), "qr_url": ""})


@transaction.atomic
def file_paper(*, actor: Actor, roadmap: Roadmap, kind: str, on: date) -> Document:
    """Make a paper of the roadmap a draft in «Дело», to be signed and kept as it is now."""
    demand(policies.can_read(actor))
    facts = prints.roadmap_facts(roadmap)
    return prepare_document(
        actor=actor,
        organisation=roadmap.organisation,
        kind=kind,
        title=f"{kind_of(kind).title}: {facts['period']}",
        data=paper_data(actor=actor, roadmap=roadmap, kind=kind, on=on),
        choices={"roadmap": roadmap.pk},
        subject_id=roadmap.pk,
    )


@transaction.atomic
def prepare_approving_order(*, actor: Actor, roadmap: Roadmap, on: date) -> Document:
    """Draft the order whose first point approves the agreed roadmap, its lines as the appendix.

    Raises: DomainError when it is not agreed yet or such an order is already on its way.
    """
    data = order_data(actor=actor, roadmap=roadmap, on=on)
    return approval.prepare_order(actor=actor, roadmap=roadmap, data=data, order_item="1")


def order_data(
    *,
    actor: Actor,
    roadmap: Roadmap,
    on: date,
    keeper: Mapping[str, Any] | None = None,
    due: date | None = None,
) -> dict[str, Any]:
    """Fields of the approving order; the curator keeps the roadmap unless another person is named."""
    person = dict(keeper or _keeper(actor, roadmap.organisation, on))
    return {
        "roadmap": prints.roadmap_facts(roadmap),
        "parts": prints.roadmap_parts(roadmap),
        "agreement": prints.agreement(roadmap),
        "curator": person,
        "is_municipal": roadmap.kind == RoadmapKind.MUNICIPAL,
        "due": date_words(due) if due else "",
        "acquaintance": [person],
    }


def _plan(roadmap: Roadmap, _on: date) -> dict[str, Any]:
    return {
        "roadmap": prints.roadmap_facts(roadmap),
        "parts": prints.roadmap_parts(roadmap),
        "agreement": prints.agreement(roadmap),
        "approval": prints.approval(roadmap),
    }


def _agreement(roadmap: Roadmap, _on: date) -> dict[str, Any]:
    steps = prints.agreement_steps(roadmap)
    return {
        "roadmap": prints.roadmap_facts(roadmap),
        "steps": steps,
        "remarks": any(step["remarks"] for step in steps),
    }


def _remarks(roadmap: Roadmap, _on: date) -> dict[str, Any]:
    return {
        "roadmap": prints.roadmap_facts(roadmap),
        "general": roadmap.return_words,
        "remarks": prints.remarks(roadmap),
    }


def _control(roadmap: Roadmap, on: date) -> dict[str, Any]:
    facts = prints.roadmap_facts(roadmap)
    late = prints.by_section(prints.late_lines(roadmap, on))
    return {
        **prints.control_facts(prints.state_counts(roadmap), late, prints.soon_lines(roadmap, on)),
        "roadmap": facts,
        "on": date_words(on),
        "subject": "",
        "conclusion": "",
    }


def _letter(roadmap: Roadmap, _on: date) -> dict[str, Any]:
    organisation = roadmap.organisation
    return {
        "roadmap": prints.roadmap_facts(roadmap),
        "addressee": phrase_forms(prints.agreeing_office(organisation))["dative"],
        "changes": [],
        "due": "",
        "contact": organisation.phone or organisation.email,
    }


_PAPERS: dict[str, Callable[[Roadmap, date], dict[str, Any]]] = {
    PLAN: _plan,
    AGREEMENT: _agreement,
    REMARKS: _remarks,
    CONTROL: _control,
    LETTER: _letter,
}
#: Papers of a roadmap in the order of its life.
KINDS = tuple(_PAPERS)


def _keeper(actor: Actor, organisation: Organisation, on: date) -> dict[str, Any]:
    """The curator in office on the day, or the one who acts while nobody is appointed."""
    user = in_office(organisation, Role.CURATOR, on=on)
    if user is None:
        return worker(actor, organisation)
    return person_context(
        surname=user.surname,
        given=user.given,
        patronymic=user.patronymic,
        gender=user.gender,
        post=Role.CURATOR.label.lower(),
    )
