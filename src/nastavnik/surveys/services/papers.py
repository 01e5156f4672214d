"""Paper forms for those without a phone, and the analysis of the answers for «Дело»."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.documents import rendering
from nastavnik.documents.builders import worker
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.people.models import Person
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.surveys import policies
from nastavnik.surveys.cards import cards_for
from nastavnik.surveys.links import link_of
from nastavnik.surveys.models import Campaign, CampaignState, Invitation, Side
from nastavnik.surveys.queries.results import Results, results
from nastavnik.surveys.services.answers import Circle, circle_of, may_answer
from nastavnik.tenancy.models import Organisation

FORM = "preference_form"
ANALYSIS = "preference_analysis"


def forms_docx(organisation: Organisation, campaign: Campaign, on: date) -> bytes:
    """A form for everybody who has not answered and still may, each from a new page.

    Raises: DomainError when there is nobody to print for.
    """
    circle = circle_of(campaign, on)
    silent = [
        row
        for row in circle.rows
        if row.answered_at is None and row.person_id not in circle.missing
    ]
    for row in silent:
        row.campaign = campaign
    waiting = [row for row in silent if may_answer(row, on)]
    if not waiting:
        raise DomainError("nobody", "Печатать нечего: ответили все, кто может ответить.")
    papers = [(FORM, form_data(row, circle, on)) for row in waiting]
    return rendering.blanks_docx(organisation, papers)


def form_data(row: Invitation, circle: Circle, on: date) -> dict[str, Any]:
    """Merge data of one form: the other side by first names and numbers."""
    cards = cards_for(row.person, circle.others_of(row).values(), on)
    return {
        "participant": row.person.full_name,
        "about": row.person.about,
        "code": row.code,
        "is_child": row.person.is_minor_on(on),
        "is_mentee": row.side == Side.MENTEE,
        "others": [
            {"number": str(card.number), "name": card.name, "about": card.about} for card in cards
        ],
        "meeting": row.campaign.source_label,
        "closes_on": date_words(row.late_until or row.campaign.closes_on),
        "qr_url": link_of(row),
    }


@transaction.atomic
def prepare_analysis(*, actor: Actor, campaign: Campaign) -> Document:
    """Draft «Анализ анкет» for «Дело/05»: sums and mutual choices, nothing by which one could
    tell whom nobody chose or who is avoided.

    Raises: DomainError while the survey is open or nobody has answered.
    """
    demand(policies.can_see_choices(actor))
    if campaign.state != CampaignState.CLOSED and campaign.is_open_on(timezone.localdate()):
        raise DomainError("still_open", "Сначала закройте опрос: ответы ещё приходят.")
    told = results(campaign, timezone.localdate())
    if told.is_empty:
        raise DomainError("no_answers", "Ответов нет, анализировать нечего.")
    return prepare_document(
        actor=actor,
        organisation=campaign.organisation,
        kind=ANALYSIS,
        title=f"Анализ анкет предпочтений от {date_words(campaign.last_day)}",
        data={**analysis_data(campaign, told), "curator": worker(actor, campaign.organisation)},
        subject_id=campaign.pk,
    )


def analysis_data(campaign: Campaign, told: Results) -> dict[str, Any]:
    """Sums of both sides and the mutual choices with names; no other name."""
    asked, answered = told.asked_by_side, told.answered_by_side
    return {
        "meeting": campaign.source_label,
        "held_from": date_words(campaign.opens_on),
        "held_to": date_words(campaign.last_day),
        "asked": str(told.asked),
        "answered": str(told.answered),
        "share": f"{round(100 * told.answered / told.asked)} %",
        "mentees_asked": str(asked[Side.MENTEE]),
        "mentees_answered": _number(answered[Side.MENTEE]),
        "mentors_asked": str(asked[Side.MENTOR]),
        "mentors_answered": _number(answered[Side.MENTOR]),
        "mutual_count": str(len(told.mutual)),
        "mutual_mentees": str(len({line.mentee.pk for line in told.mutual})),
        "mutual_mentors": str(len({line.mentor.pk for line in told.mutual})),
        "mutual": [
            {"mentee": _named(line.mentee), "mentor": _named(line.mentor)}
            for line in _by_name(told)
        ],
        "conclusion": "",
    }


def _number(answered: int) -> str:
    """A side that is still silent is told kindly, not by a zero."""
    return str(answered) if answered else "пока нет"


def _by_name(told: Results) -> Sequence[Any]:
    """By name and not by place, so that the order tells nothing of the ranks."""
    return sorted(told.mutual, key=lambda line: (line.mentee.search_key, line.mentor.search_key))


def _named(person: Person) -> str:
    return ", ".join(part for part in (person.full_name, person.about) if part)
