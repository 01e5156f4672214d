"""Places of consents, certificates and selection in the menu and on «Сегодня»."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.remembered import remembered
from nastavnik.people.consent_kinds import SHORT, standings
from nastavnik.people.models import ConsentKind, Person
from nastavnik.people.queries import certificates, consents
from nastavnik.people.queries.cards import CardSection, register_card_section
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import required_certificates
from nastavnik.people.services.sittings import (
    APPLICATION,
    INTERVIEW_PROTOCOL,
    PROTOCOL,
    register_selection_effects,
)
from nastavnik.roadmaps.evidence import Work, register_document_work
from nastavnik.shared.navigation import Room, register
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted


def register_papers() -> None:
    register(
        Room(
            "people",
            "Согласия",
            "people:consents",
            action="consents.view",
            order=30,
            badge=_consents_missing,
            up="desk:launch",
        )
    )
    register(
        Room(
            "more",
            "Бланки согласий",
            "people:consents-print",
            action="consents.print",
            order=60,
            icon="print",
            text="Один файл Word по классам, только недостающие.",
        )
    )
    for order, title, name in ((40, "Справки", "certificates"), (50, "Отбор", "selection")):
        register(
            Room(
                "people",
                title,
                f"people:{name}",
                action=f"{name}.view",
                order=order,
                up="desk:launch",
            )
        )
    register_card(Role.CURATOR, _consent_cards)
    register_card(Role.CURATOR, _certificate_cards)
    register_selection_effects()
    register_card_section(_papers_section)
    _register_works()


def _register_works() -> None:
    """Where the papers that a line of a roadmap may ask for are made."""
    for code in (APPLICATION, INTERVIEW_PROTOCOL, PROTOCOL):
        register_document_work(code, Work("Открыть отбор", "people:selection"))
    for kind in ConsentKind:
        register_document_work(f"consent_{kind}", Work("Открыть согласия", "people:consents"))


def _consents_missing(request: HttpRequest) -> int:
    """Badge; nothing outside an organisation, where no scope is open."""
    if _organisation(request) is None:
        return 0
    return remembered(
        request, "consents_lacking", lambda: consents.lacking_count(timezone.localdate())
    )


def _consent_cards(request: HttpRequest) -> Iterable[Card]:
    organisation = _organisation(request)
    if organisation is None:
        return
    lacking = _consents_missing(request)
    if lacking:
        yield Card(
            title="Соберите согласия",
            text=f"Не хватает у {counted(lacking, 'человека', 'человек', 'человек')}. "
            "Без них в приказ не включают.",
            url=reverse("people:consents", kwargs={"org": organisation.slug}) + "?lacks=any",
            button="Открыть согласия",
            level="wait",
        )


def _certificate_cards(request: HttpRequest) -> Iterable[Card]:
    organisation = _organisation(request)
    if organisation is None:
        return
    today = timezone.localdate()
    url = reverse("people:certificates", kwargs={"org": organisation.slug})
    lacking = certificates.lacking_certificates(organisation, today).count()
    if lacking:
        yield Card(
            title="Внесите справки наставников",
            text=f"Нет действующих справок у {counted(lacking, 'наставника', 'наставников', 'наставников')}.",
            url=url,
            button="Открыть справки",
            level="wait",
        )
    expiring = certificates.expiring_count(today)
    if expiring:
        yield Card(
            title="Обновите справки",
            text=f"В ближайшие 30 дней истекает {counted(expiring, 'справка', 'справки', 'справок')}.",
            url=url,
            button="Посмотреть",
            level="wait",
        )


def _papers_section(request: HttpRequest, person: Person) -> CardSection | None:
    """Consents and certificates on a person's card, for those who may see them."""
    actor: Any = getattr(request, "actor", None)
    organisation = _organisation(request)
    if actor is None or organisation is None or not actor.can("consents.view"):
        return None
    today = timezone.localdate()
    papers = papers_of([person.pk])[person.pk]
    asked = required_certificates(person, today, with_minors=organisation.teaches_children)
    shows = bool(asked) and hasattr(person, "mentor") and bool(actor.can("certificates.view"))
    context = {
        "org": organisation.slug,
        "person": person,
        "consents": [(cell, SHORT[cell.kind]) for cell in standings(person, papers, today)],
        "certificates": certificates.certificate_standings(papers, today) if shows else [],
        "may_enter": bool(actor.can("certificates.edit")),
        "is_candidate": hasattr(person, "mentor") and bool(actor.can("selection.view")),
    }
    return CardSection("Согласия и справки", "people/papers_card.html", context, order=10)


def _organisation(request: HttpRequest) -> Any:
    return getattr(request, "organisation", None)
