"""A person's card, and the person himself: added, changed, archived, named, merged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.people.forms.persons import (
    MergeForm,
    NameCasesForm,
    NewPersonForm,
    PersonForm,
    ReasonForm,
)
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.policies import can_see_contacts, visible_fields
from nastavnik.people.queries.cards import card_sections, history
from nastavnik.people.queries.codes import request_title, topic_title
from nastavnik.people.queries.people import same_people
from nastavnik.people.queries.registers import pair_facts
from nastavnik.people.services import merge, persons
from nastavnik.people.services.names import name_forms
from nastavnik.people.views.card_pages import card_form, card_url
from nastavnik.people.views.common import OrgRequest, person_or_404
from nastavnik.people.views.summaries import mentee_facts, mentor_facts, person_facts
from nastavnik.shared.page import page


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
        return card_url(request, part if part in {"mentee", "mentor"} else "card", person)

    return card_form(
        request, NewPersonForm, work, title="Новый человек", button="Добавить", initial=initial
    )


@page("people.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.edit_person(actor=request.actor, person=person, values=data)  # type: ignore[arg-type]
        return card_url(request, "card", person)

    initial = PersonForm.initial_of(person)
    return card_form(
        request, PersonForm, work, title="Сведения о человеке", person=person, initial=initial
    )


@page("people.edit", methods=["GET", "POST"])
def archive(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.archive_person(actor=request.actor, person=person, reason=data["reason"])
        messages.success(request, f"{person.full_name}: запись в архиве.")
        return reverse("people:people", kwargs={"org": request.organisation.slug})

    return card_form(
        request, ReasonForm, work, title="В архив", person=person, button="Отправить в архив"
    )


@page("people.edit", methods=["GET", "POST"])
def names(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """The six cases of the name, proposed by grammar, confirmed or mended by the curator."""
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.confirm_name_cases(actor=request.actor, person=person, forms=data)
        return card_url(request, "card", person)

    lead = "" if person.gender else "Укажите в сведениях пол: от него зависят падежи."
    return card_form(
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
        return card_url(request, "card", person)

    return card_form(
        request, MergeForm, work, title="Объединить записи", person=person, button="Объединить",
        extra={"candidates": candidates},
        lead="Всё, что есть у выбранной записи, перейдёт в эту. Сама запись останется ссылкой.",
    )  # fmt: skip
