"""The page behind a personal link: whom would you like to work with, no account."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nastavnik.accounts.actor import Actor
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.surveys.cards import Card, cards_for
from nastavnik.surveys.forms import AnswerForm
from nastavnik.surveys.models import AnswerWay, Invitation, Side
from nastavnik.surveys.queries import invitation_by_token
from nastavnik.surveys.services.answers import (
    RANK_FIELDS,
    answer,
    may_answer,
    others_of,
)
from nastavnik.surveys.services.campaigns import closed_error
from nastavnik.tenancy.scope import scope


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask the one whom the link names; posting the same answer again changes nothing."""
    found = invitation_by_token(token)
    if found is None:
        raise Http404
    with scope({found[0]}):
        return _Asking(request, _invitation(found[1]), token).respond()


def _invitation(pk: int) -> Invitation:
    found: Invitation = Invitation.objects.select_related("campaign", "person").get(pk=pk)
    return found


class _Asking:
    """One visit of one person."""

    def __init__(self, request: HttpRequest, invitation: Invitation, token: str) -> None:
        self.request, self.invitation, self.token = request, invitation, token
        self.today = timezone.localdate()
        self.person = invitation.person
        self.is_child = self.person.is_minor_on(self.today)

    def respond(self) -> HttpResponseBase:
        posted = self.request.method == "POST"
        try:
            if not may_answer(self.invitation, self.today):
                raise closed_error(self.invitation.campaign, to_child=self.is_child)
            others = others_of(self.invitation, self.today)
        except DomainError as problem:
            return self._page(status=409 if posted else 200, problem=problem)
        cards = cards_for(self.person, others.values(), self.today)
        kept = self._kept() if self.invitation.answered_at else None
        if posted:
            return self._take(cards, kept)
        if kept is not None and "edit" not in self.request.GET:
            return self._page(thanks=True, chosen=_named(kept, cards))
        return self._page(cards=_rows(cards, kept or {}), kept=kept or {})

    def _take(self, cards: list[Card], kept: dict[str, Any] | None) -> HttpResponseBase:
        form = AnswerForm(
            self.request.POST, numbers=[card.number for card in cards], is_child=self.is_child
        )
        if form.is_valid():
            actor = Actor(user_id=None, label=self.person.full_name, roles=frozenset())
            try:
                answer(
                    actor=actor,
                    invitation=self.invitation,
                    choices=form.answer,
                    way=AnswerWay.LINK,
                    on=self.today,
                )
            except DomainError as error:
                apply_domain_error(form, error)
            else:
                return redirect("surveys:answer", token=self.token)
        typed = {name: _typed(form, name) for name in (*RANK_FIELDS, "not_with", "why")}
        return self._page(status=422, cards=_rows(cards, typed), kept=typed, form=form)

    def _kept(self) -> dict[str, Any]:
        """The answer as the form sends it; «nobody» on the first place when nobody was chosen."""
        rows = list(self.invitation.wishes.select_related("about"))
        places = {row.rank: str(row.about.number) for row in rows if row.rank}
        return {
            **{name: places.get(rank) for rank, name in enumerate(RANK_FIELDS, 1)},
            **({} if places else {"first": ""}),
            "not_with": [str(row.about.number) for row in rows if row.is_not_with],
            "why": self.invitation.why,
        }

    def _page(self, *, status: int = 200, **more: Any) -> HttpResponseBase:
        context = {
            "name": self.person.given if self.is_child else _called(self.person),
            "is_child": self.is_child,
            "is_mentee": self.invitation.side == Side.MENTEE,
            "campaign": self.invitation.campaign,
            "last_day": self.invitation.late_until or self.invitation.campaign.closes_on,
            "answered": self.invitation.answered_at is not None,
            **more,
        }
        response = TemplateResponse(self.request, "surveys/answer.html", context, status=status)
        return response.render()


def _called(person: Any) -> str:
    return " ".join(part for part in (person.given, person.patronymic) if part)


def _typed(form: AnswerForm, name: str) -> Any:
    if name == "not_with":
        return form.data.getlist(name)  # type: ignore[attr-defined]
    return form.data.get(name)


def _rows(cards: list[Card], kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Each card with the place that it holds."""
    avoided = set(kept.get("not_with", ()))
    return [
        {
            "card": card,
            "places": [
                (rank, name, kept.get(name) == str(card.number))
                for rank, name in enumerate(RANK_FIELDS, 1)
            ],
            "is_avoided": str(card.number) in avoided,
        }
        for card in cards
    ]


def _named(kept: dict[str, Any], cards: list[Card]) -> list[Card]:
    """Those chosen, the first one first."""
    known = {str(card.number): card for card in cards}
    return [known[kept[name]] for name in RANK_FIELDS if kept.get(name) in known]
