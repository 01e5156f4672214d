"""A person as a mentee and as a mentor: the part of each, its state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone

from nastavnik.people.forms.persons import MenteeForm, MentorForm, MoveForm
from nastavnik.people.models import MenteeProfile, MenteeState, MentorProfile, MentorState
from nastavnik.people.models.profiles import MENTEE_TRANSITIONS, MENTOR_TRANSITIONS
from nastavnik.people.services import profiles, states
from nastavnik.people.views.card_pages import card_form, card_url, initial_of
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.shared.page import page

BY_PAIRS_ONLY = {MenteeState.PAIRED, MenteeState.FINISHED, MentorState.PAIRED, MenteeState.ARCHIVED}


@dataclass(frozen=True)
class _Part:
    """What a person can be: how pages call it, its form and states, who writes it."""

    name: str
    title: str
    title_entering: str
    title_moving: str
    form: type[forms.Form]
    model: Any
    states: Any
    transitions: Any
    add: Callable[..., Any]
    edit: Callable[..., Any]
    move: Callable[..., Any]


_MENTEE = _Part(
    name="mentee",
    title="Наставляемый",
    title_entering="Включить в базу наставляемых",
    title_moving="Состояние наставляемого",
    form=MenteeForm,
    model=MenteeProfile,
    states=MenteeState,
    transitions=MENTEE_TRANSITIONS,
    add=profiles.add_mentee,
    edit=profiles.edit_mentee,
    move=states.move_mentee,
)
_MENTOR = _Part(
    name="mentor",
    title="Наставник",
    title_entering="Включить в базу наставников",
    title_moving="Состояние наставника",
    form=MentorForm,
    model=MentorProfile,
    states=MentorState,
    transitions=MENTOR_TRANSITIONS,
    add=profiles.add_mentor,
    edit=profiles.edit_mentor,
    move=states.move_mentor,
)


@page("people.edit", methods=["GET", "POST"])
def mentee(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Enter the register of mentees, or change what it says."""
    return _edit(request, person_id, _MENTEE)


@page("people.edit", methods=["GET", "POST"])
def mentor(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Enter the register of mentors, or change what it says."""
    return _edit(request, person_id, _MENTOR)


@page("people.edit", methods=["GET", "POST"])
def move_mentee(request: OrgRequest, person_id: int) -> HttpResponseBase:
    return _move(request, person_id, _MENTEE)


@page("people.edit", methods=["GET", "POST"])
def move_mentor(request: OrgRequest, person_id: int) -> HttpResponseBase:
    return _move(request, person_id, _MENTOR)


def _edit(request: OrgRequest, person_id: int, part: _Part) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = getattr(person, part.name, None)

    def work(data: dict[str, Any]) -> str:
        today = timezone.localdate()
        if profile is None:
            data["entered_on"] = data["entered_on"] or today
            part.add(actor=request.actor, person=person, today=today, values=data)
        else:
            part.edit(actor=request.actor, today=today, values=data, **{part.name: profile})
        return card_url(request, "card", person)

    return card_form(
        request,
        part.form,
        work,
        title=part.title if profile else part.title_entering,
        person=person,
        initial=initial_of(part.form, profile),
    )


def _move(request: OrgRequest, person_id: int, part: _Part) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = get_or_404(part.model.objects.select_related("person"), person=person)
    allowed = sorted(part.transitions.get(profile.state, frozenset()) - BY_PAIRS_ONLY)

    def work(data: dict[str, Any]) -> str:
        part.move(
            actor=request.actor,
            to=part.states(data["to"]),
            today=timezone.localdate(),
            reason=data["reason"],
            **{part.name: profile},
        )
        return card_url(request, "card", person)

    extra = {"states": part.states, "allowed": allowed}
    return card_form(request, MoveForm, work, title=part.title_moving, person=person, extra=extra)
