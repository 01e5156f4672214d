"""A person as a mentee and as a mentor: the part of each, its state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


@page("people.edit", methods=["GET", "POST"])
def mentee(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Enter the register of mentees, or change what it says."""
    person = person_or_404(person_id)
    profile: MenteeProfile | None = getattr(person, "mentee", None)

    def work(data: dict[str, Any]) -> str:
        today = timezone.localdate()
        if profile is None:
            data["entered_on"] = data["entered_on"] or today
            profiles.add_mentee(actor=request.actor, person=person, today=today, values=data)  # type: ignore[arg-type]
        else:
            profiles.edit_mentee(actor=request.actor, mentee=profile, today=today, values=data)  # type: ignore[arg-type]
        return card_url(request, "card", person)

    title = "Наставляемый" if profile else "Включить в базу наставляемых"
    return card_form(
        request,
        MenteeForm,
        work,
        title=title,
        person=person,
        initial=initial_of(MenteeForm, profile),
    )


@page("people.edit", methods=["GET", "POST"])
def mentor(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Enter the register of mentors, or change what it says."""
    person = person_or_404(person_id)
    profile: MentorProfile | None = getattr(person, "mentor", None)

    def work(data: dict[str, Any]) -> str:
        today = timezone.localdate()
        if profile is None:
            data["entered_on"] = data["entered_on"] or today
            profiles.add_mentor(actor=request.actor, person=person, today=today, values=data)  # type: ignore[arg-type]
        else:
            profiles.edit_mentor(actor=request.actor, mentor=profile, today=today, values=data)  # type: ignore[arg-type]
        return card_url(request, "card", person)

    title = "Наставник" if profile else "Включить в базу наставников"
    return card_form(
        request,
        MentorForm,
        work,
        title=title,
        person=person,
        initial=initial_of(MentorForm, profile),
    )


@page("people.edit", methods=["GET", "POST"])
def move_mentee(request: OrgRequest, person_id: int) -> HttpResponseBase:
    return _move(request, person_id, _MENTEE)


@page("people.edit", methods=["GET", "POST"])
def move_mentor(request: OrgRequest, person_id: int) -> HttpResponseBase:
    return _move(request, person_id, _MENTOR)


@dataclass(frozen=True)
class _Part:
    """The part of a person that has states: what they are and who moves them."""

    name: str
    title: str
    model: Any
    states: Any
    transitions: Any
    move: Callable[..., Any]


_MENTEE = _Part(
    "mentee",
    "Состояние наставляемого",
    MenteeProfile,
    MenteeState,
    MENTEE_TRANSITIONS,
    states.move_mentee,
)


_MENTOR = _Part(
    "mentor",
    "Состояние наставника",
    MentorProfile,
    MentorState,
    MENTOR_TRANSITIONS,
    states.move_mentor,
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
    return card_form(request, MoveForm, work, title=part.title, person=person, extra=extra)
