"""The page behind a personal link: one question, two buttons, no account."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nastavnik.accounts.actor import Actor
from nastavnik.library.queries import title_of
from nastavnik.pairs import queries
from nastavnik.pairs.facts import PairFacts, facts_of
from nastavnik.pairs.forms.answers import YesForm
from nastavnik.pairs.models import AnswerWay, PairAnswer
from nastavnik.pairs.queries.lent import first_names, told_to_lent
from nastavnik.pairs.services import answers
from nastavnik.pairs.views import lent
from nastavnik.people.models import Person
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.scope import scope


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask the one whom the link names; posting the same answer again changes nothing."""
    found = queries.answer_by_token(token)
    if found is None:
        return lent.yes(request, token)
    with scope({found[0]}):
        reply = PairAnswer.objects.select_related("person", "pair__mentor__person").get(pk=found[1])
        facts = facts_of(reply.pair)
        if reply.person_id not in {person.pk for person in facts.people}:
            raise Http404
        form = YesForm(request.POST) if request.method == "POST" else None
        if form is not None and form.is_valid():
            problem = _save(reply, is_yes=form.cleaned_data["answer"])
            if problem is None:
                return redirect("pairs:yes", token=token)
            return _page(request, reply, facts, problem, status=409)
        return _page(request, reply, facts, None, status=422 if form is not None else 200)


def _save(reply: PairAnswer, *, is_yes: bool) -> DomainError | None:
    person = reply.person
    actor = Actor(user_id=None, label=person.full_name, roles=frozenset())
    try:
        answers.answer(
            actor=actor, reply=reply, is_yes=is_yes, way=AnswerWay.LINK, on=timezone.localdate()
        )
    except DomainError as error:
        return error
    return None


def _page(
    request: HttpRequest,
    reply: PairAnswer,
    facts: PairFacts,
    problem: DomainError | None,
    *,
    status: int,
) -> HttpResponseBase:
    me = reply.person
    is_mentor = me.pk == facts.mentor.pk
    today = timezone.localdate()
    context = {
        "name": me.given,
        "is_child": me.is_minor_on(today),
        "is_mentor": is_mentor,
        "others": _mentees(facts, today) if is_mentor else [_named(facts.mentor, today)],
        "form_title": title_of("forms", reply.pair.form),
        "reply": reply,
        "can_answer": reply.pair.state in answers.ANSWERABLE,
        "problem": problem,
    }
    response = TemplateResponse(request, "pairs/yes.html", context, status=status)
    return response.render()


def _mentees(facts: PairFacts, today: date) -> list[tuple[str, str]]:
    """The mentees for their mentor; a neighbour's mentor reads a name only by consent."""
    profiles = [member.mentee for member in facts.members]
    unnamed = told_to_lent(facts.pair.mentor, profiles, today) or {}
    return [
        (unnamed[person.pk], "") if person.pk in unnamed else _named(person, today)
        for person in facts.mentees
    ]


def _named(person: Person, today: date) -> tuple[str, str]:
    return first_names(person, today), person.about
