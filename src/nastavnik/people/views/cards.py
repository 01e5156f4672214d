"""A person's card and everything that can be done from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.people.forms.persons import (
    CompetenceForm,
    ConfirmCompetenceForm,
    ConfirmRequestForm,
    MenteeForm,
    MentorForm,
    MergeForm,
    MoveForm,
    NameCasesForm,
    NewPersonForm,
    PersonForm,
    ReasonForm,
    RepresentativeForm,
    RequestForm,
)
from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MenteeState,
    MentorCompetence,
    MentorProfile,
    MentorState,
    Person,
    Representative,
)
from nastavnik.people.models.profiles import MENTEE_TRANSITIONS, MENTOR_TRANSITIONS
from nastavnik.people.policies import can_see_contacts, visible_fields
from nastavnik.people.queries.cards import card_sections, history
from nastavnik.people.queries.codes import request_title, topic_title
from nastavnik.people.queries.people import same_people
from nastavnik.people.queries.registers import pair_facts
from nastavnik.people.services import merge, persons, profiles, requests, states
from nastavnik.people.services.names import name_forms
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.people.views.summaries import mentee_facts, mentor_facts, person_facts
from nastavnik.shared.errors import DomainError
from nastavnik.shared.form_page import form_page
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page

BY_PAIRS_ONLY = {MenteeState.PAIRED, MenteeState.FINISHED, MentorState.PAIRED, MenteeState.ARCHIVED}


@page("people.view")
def card(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Everything about one person that the reader may see."""
    person = person_or_404(person_id)
    fields = visible_fields(request.actor)
    may_edit = bool(request.actor.can("people.edit"))
    mentee, mentor = getattr(person, "mentee", None), getattr(person, "mentor", None)
    context = {
        "person": person,
        "org": request.organisation.slug,
        "may_edit": may_edit,
        "facts": person_facts(person, fields, may_edit=may_edit),
        "mentee": mentee,
        "mentor": mentor,
        "mentee_facts": mentee_facts(mentee, fields) if mentee else [],
        "mentor_facts": mentor_facts(mentor, fields) if mentor else [],
        "requests": _requests(mentee) if mentee else [],
        "competences": _competences(mentor) if mentor else [],
        "representatives": list(person.representatives.all())
        if can_see_contacts(request.actor)
        else [],
        "shows_representatives": can_see_contacts(request.actor)
        and person.is_minor_on(timezone.localdate()),
        "pairs": _pairs(mentee, mentor),
        "sections": card_sections(request, person),
        "history": history(person),
        "namesakes": same_people(person).exists() if may_edit else False,
    }
    return TemplateResponse(request, "people/card.html", context)


def _requests(mentee: MenteeProfile) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "title": request_title(row.code),
            "topic": topic_title(row.topic),
        }
        for row in mentee.requests.all()
    ]


def _competences(mentor: MentorProfile) -> list[dict[str, Any]]:
    return [{"row": row, "title": topic_title(row.topic)} for row in mentor.competences.all()]


def _pairs(mentee: MenteeProfile | None, mentor: MentorProfile | None) -> list[dict[str, Any]]:
    found = []
    if mentee is not None:
        facts = pair_facts("mentee", [mentee.pk]).get(mentee.pk, [])
        found += [{"title": "Наставник", "fact": fact} for fact in facts]
    if mentor is not None:
        facts = pair_facts("mentor", [mentor.pk]).get(mentor.pk, [])
        found += [{"title": "Наставляемые", "fact": fact} for fact in facts]
    return found


@page("people.edit", methods=["GET", "POST"])
def add(request: OrgRequest) -> HttpResponseBase:
    """A new person; `?as=mentee` or `?as=mentor` leads on to that part."""
    part = request.GET.get("as", "")
    initial = {"is_own": True, "category": "pupil" if part == "mentee" else ""}

    def work(data: dict[str, Any]) -> str:
        is_namesake = data.pop("is_namesake")
        person = persons.add_person(
            actor=request.actor,
            organisation=request.organisation,
            values=data,  # type: ignore[arg-type]
            is_namesake=is_namesake,
        )
        return _url(request, part if part in {"mentee", "mentor"} else "card", person)

    return _form_page(
        request, NewPersonForm, work, title="Новый человек", button="Добавить", initial=initial
    )


@page("people.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.edit_person(actor=request.actor, person=person, values=data)  # type: ignore[arg-type]
        return _url(request, "card", person)

    initial = PersonForm.initial_of(person)
    return _form_page(
        request, PersonForm, work, title="Сведения о человеке", person=person, initial=initial
    )


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
        return _url(request, "card", person)

    title = "Наставляемый" if profile else "Включить в базу наставляемых"
    return _form_page(
        request, MenteeForm, work, title=title, person=person, initial=_initial(MenteeForm, profile)
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
        return _url(request, "card", person)

    title = "Наставник" if profile else "Включить в базу наставников"
    return _form_page(
        request, MentorForm, work, title=title, person=person, initial=_initial(MentorForm, profile)
    )


@page("people.edit", methods=["GET", "POST"])
def add_request(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = get_or_404(MenteeProfile.objects.select_related("person"), person=person)

    def work(data: dict[str, Any]) -> str:
        requests.add_request(actor=request.actor, mentee=profile, **data)
        return _url(request, "card", person)

    return _form_page(
        request, RequestForm, work, title="Новый запрос", person=person, button="Добавить запрос"
    )


@page("people.edit", methods=["GET", "POST"])
def confirm_request(request: OrgRequest, person_id: int, request_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        MenteeRequest.objects.select_related("mentee__person"), pk=request_id, mentee__person=person
    )

    def work(data: dict[str, Any]) -> str:
        requests.confirm_request(actor=request.actor, request=row, **data)
        return _url(request, "card", person)

    initial = {"code": row.code, "topic": row.topic}
    return _form_page(
        request,
        ConfirmRequestForm,
        work,
        title="Вид запроса",
        person=person,
        initial=initial,
        lead=row.text,
    )


@page("people.edit", methods=["POST"])
def remove_request(request: OrgRequest, person_id: int, request_id: int) -> HttpResponseBase:
    row = get_or_404(
        MenteeRequest.objects.select_related("mentee__person"),
        pk=request_id,
        mentee__person=person_id,
    )
    requests.remove_request(actor=request.actor, request=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)


@page("people.edit", methods=["GET", "POST"])
def add_competence(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = get_or_404(MentorProfile.objects.select_related("person"), person=person)

    def work(data: dict[str, Any]) -> str:
        requests.add_competence(actor=request.actor, mentor=profile, **data)
        return _url(request, "card", person)

    return _form_page(
        request, CompetenceForm, work, title="Новая компетенция", person=person, button="Добавить"
    )


@page("people.edit", methods=["GET", "POST"])
def confirm_competence(request: OrgRequest, person_id: int, competence_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        MentorCompetence.objects.select_related("mentor__person"),
        pk=competence_id,
        mentor__person=person,
    )

    def work(data: dict[str, Any]) -> str:
        requests.confirm_competence(actor=request.actor, competence=row, **data)
        return _url(request, "card", person)

    return _form_page(
        request,
        ConfirmCompetenceForm,
        work,
        title="Тема компетенции",
        person=person,
        initial={"topic": row.topic},
        lead=row.text,
    )


@page("people.edit", methods=["POST"])
def remove_competence(request: OrgRequest, person_id: int, competence_id: int) -> HttpResponseBase:
    row = get_or_404(
        MentorCompetence.objects.select_related("mentor__person"),
        pk=competence_id,
        mentor__person=person_id,
    )
    requests.remove_competence(actor=request.actor, competence=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)


@page("people.edit", methods=["GET", "POST"])
def add_representative(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.add_representative(actor=request.actor, child=person, values=data)  # type: ignore[arg-type]
        return _url(request, "card", person)

    return _form_page(
        request, RepresentativeForm, work, title="Законный представитель", person=person
    )


@page("people.edit", methods=["GET", "POST"])
def edit_representative(
    request: OrgRequest, person_id: int, representative_id: int
) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        Representative.objects.select_related("child"), pk=representative_id, child=person
    )

    def work(data: dict[str, Any]) -> str:
        persons.edit_representative(actor=request.actor, representative=row, values=data)  # type: ignore[arg-type]
        return _url(request, "card", person)

    initial = _initial(RepresentativeForm, row)
    return _form_page(
        request,
        RepresentativeForm,
        work,
        title="Законный представитель",
        person=person,
        initial=initial,
    )


@page("people.edit", methods=["POST"])
def remove_representative(
    request: OrgRequest, person_id: int, representative_id: int
) -> HttpResponseBase:
    row = get_or_404(
        Representative.objects.select_related("child"), pk=representative_id, child=person_id
    )
    persons.remove_representative(actor=request.actor, representative=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)


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
        return _url(request, "card", person)

    extra = {"states": part.states, "allowed": allowed}
    return _form_page(request, MoveForm, work, title=part.title, person=person, extra=extra)


@page("people.edit", methods=["GET", "POST"])
def archive(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.archive_person(actor=request.actor, person=person, reason=data["reason"])
        messages.success(request, f"{person.full_name}: запись в архиве.")
        return reverse("people:people", kwargs={"org": request.organisation.slug})

    return _form_page(
        request, ReasonForm, work, title="В архив", person=person, button="Отправить в архив"
    )


@page("people.edit", methods=["GET", "POST"])
def names(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """The six cases of the name, proposed by grammar, confirmed or mended by the curator."""
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.confirm_name_cases(actor=request.actor, person=person, forms=data)
        return _url(request, "card", person)

    lead = "" if person.gender else "Укажите в сведениях пол: от него зависят падежи."
    return _form_page(
        request, NameCasesForm, work, title="Имя по падежам", person=person, initial=name_forms(person),
        button="Всё верно, сохранить", lead=lead,
    )  # fmt: skip


@page("people.edit", methods=["GET", "POST"])
def merge_page(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """«Это тот же человек»: join another record to this one."""
    person = person_or_404(person_id)
    candidates: list[Person] = list(same_people(person)[:20])

    def work(data: dict[str, Any]) -> str:
        drop = person_or_404(data["other"])
        merge.merge_people(actor=request.actor, keep=person, drop=drop)
        messages.success(request, "Записи объединены.")
        return _url(request, "card", person)

    return _form_page(
        request, MergeForm, work, title="Объединить записи", person=person, button="Объединить",
        extra={"candidates": candidates},
        lead="Всё, что есть у выбранной записи, перейдёт в эту. Сама запись останется ссылкой.",
    )  # fmt: skip


def _form_page(
    request: OrgRequest,
    form_class: type[forms.Form],
    work: Callable[[dict[str, Any]], str],
    *,
    title: str,
    person: Person | None = None,
    button: str = "Сохранить",
    initial: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
    lead: str = "",
) -> HttpResponseBase:
    """Show a form, call one service, go where it leads; refusals stand beside their fields."""
    form = form_class(request.POST or None, initial=initial, **(extra or {}))
    org = request.organisation.slug
    context = {
        "title": title,
        "button": button,
        "person": person,
        "lead": lead,
        "cancel": _url(request, "card", person)
        if person
        else reverse("people:people", kwargs={"org": org}),
    }
    return form_page(
        request,
        form,
        lambda data: redirect(work(data)),
        "people/form.html",
        context=context,
        refuse=_show,
    )


def _show(form: forms.Form, error: DomainError) -> None:
    """`birth` is one matter for the rules and two fields on the page."""
    if error.field == "birth" and "birth_date" in form.fields:
        error.field = "birth_date"
    apply_domain_error(form, error)


def _initial(form_class: type[forms.Form], row: Any) -> dict[str, Any]:
    if row is None:
        return {"capacity": 2, "entered_on": timezone.localdate()}
    return {name: getattr(row, name) for name in form_class.base_fields}


def _url(request: OrgRequest, name: str, person: Person) -> str:
    return reverse(
        f"people:{name}", kwargs={"org": request.organisation.slug, "person_id": person.pk}
    )
