"""What pairs tell the apps below at start-up: facts for registers, an importer, things to do."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.remembered import remembered
from nastavnik.matching.queries import WAITING
from nastavnik.pairs import queries
from nastavnik.pairs.models import PairState
from nastavnik.pairs.queries.finds import for_how_many, found_count
from nastavnik.pairs.queries.loan_board import late_requests
from nastavnik.pairs.queries.neighbours import loan_numbers
from nastavnik.pairs.queries.registers import pair_facts
from nastavnik.pairs.queries.supported import supported_by
from nastavnik.pairs.queries.waiting import numbers, waiting_rules
from nastavnik.pairs.services.borrowing import forget_names
from nastavnik.pairs.services.importing import Importer
from nastavnik.pairs.services.merging import follow_merge, merge_obstacle
from nastavnik.people.models import Person
from nastavnik.people.news import listen
from nastavnik.people.policies import can_see_support
from nastavnik.people.queries.cards import CardSection, register_card_section
from nastavnik.people.queries.registers import register_pair_facts
from nastavnik.people.queries.support import open_supports, own_supports
from nastavnik.people.services.imports import register_pair_importer
from nastavnik.people.services.merge import register_merge_follower, register_merge_guard
from nastavnik.shared.today import Card, Level, register_card
from nastavnik.shared.typography import counted

PAIR_WORDS = ("пара", "пары", "пар")
PAIR_WORDS_OF = ("пары", "пар", "пар")
PAIR_WORDS_WHOM = ("пару", "пары", "пар")


def register_hooks() -> None:
    register_pair_facts(pair_facts)
    register_pair_importer(Importer())
    register_merge_guard(merge_obstacle)
    register_merge_follower(follow_merge)
    register_card(Role.CURATOR, pair_cards)
    register_card(Role.CURATOR, waiting_cards)
    register_card(Role.CURATOR, loan_cards)
    for role in (Role.THIRD_PARTY, Role.COUNCIL, Role.RESPONSIBLE, Role.SYSADMIN):
        register_card(role, supported_cards)
    for role in (Role.COORDINATOR, Role.CENTRE):
        register_card(role, late_loan_card)
    register_card_section(support_section)
    listen(forget_names)


def pair_cards(request: HttpRequest) -> Iterator[Card]:
    """Paused pairs, answers that are waited for, agreed pairs without an order; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    found = queries.counts()
    org = {"org": organisation.slug}
    if number := found.get(PairState.PAUSED, 0):
        yield Card(
            title=f"Верните к работе {counted(number, *PAIR_WORDS_WHOM)}",
            text="Чего-то не хватает: согласия, справки или ответа.",
            url=f"{reverse('pairs:list', kwargs=org)}?state=paused",
            button="Посмотреть, что мешает",
            level="bad",
        )
    if number := found.get(PairState.PROPOSED, 0):
        yield Card(
            title=f"Спросите участников {counted(number, *PAIR_WORDS_OF)}",
            text="Без «да» обеих сторон пара не войдёт в приказ.",
            url=reverse("pairs:answers", kwargs=org),
            button="Открыть ответы",
            level="wait",
        )
    if number := found.get(PairState.AGREED, 0):
        yield Card(
            title=f"Составьте приказ: {counted(number, *PAIR_WORDS)}",
            text="Участники согласны, лист покажет, всё ли на месте.",
            url=reverse("pairs:order", kwargs=org),
            button="К приказу",
        )


def waiting_cards(request: HttpRequest) -> Iterator[Card]:
    """Those who wait longer than the institution's term, and mentors found for those who wait.

    News of a find comes first and names the number of the others; two queries.
    """
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    rules = waiting_rules(organisation)
    wait = remembered(request, "waiting", lambda: numbers(timezone.localdate(), rules))
    found = remembered(request, "found", found_count)
    long = f"Без пары дольше {counted(rules.waiting_days, 'дня', 'дней', 'дней')}: {wait.long}"
    url = reverse("pairs:unpaired", kwargs={"org": organisation.slug})
    level: Level = "bad" if wait.longest else "wait"
    if found:
        decide = "Составить ли пару, решаете вы."
        yield Card(
            title=f"Нашёлся наставник {for_how_many(found)}",
            text=f"{long}. {decide}" if wait.long else f"Еженедельный поиск нашёл место. {decide}",
            url=f"{url}#found",
            button="Посмотреть находки",
            level=level,
        )
    elif wait.long:
        people = counted(wait.long, "человек ждёт", "человека ждут", "человек ждут")
        yield Card(
            title=long,
            text=f"{people} наставника. Назначьте специалиста и посмотрите, кого не хватает.",
            url=f"{url}?wait=long",
            button="Кто ждёт",
            level=level,
        )


def loan_cards(request: HttpRequest) -> Iterator[Card]:
    """Neighbours who ask for a mentor, and mentors whom neighbours agreed to lend; two queries."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    found = remembered(request, "loans", loan_numbers)
    url = reverse("pairs:neighbours", kwargs={"org": organisation.slug})
    if found.to_answer:
        asked = counted(found.to_answer, "запрос", "запроса", "запросов")
        yield Card(
            title=f"Ответьте соседям: {asked} о наставнике",
            text="Другое учреждение муниципалитета просит помочь. Имена откроются после согласия.",
            url=f"{url}#calls",
            button="Открыть запросы",
            level="wait",
            due=found.answer_by,
        )
    if found.to_enter:
        mentors = counted(found.to_enter, "наставника", "наставников", "наставников")
        yield Card(
            title=f"Внесите в базу {mentors} от соседей",
            text="Другое учреждение согласилось помочь. Соберите согласие и справки.",
            url=f"{url}#requests",
            button="Открыть запросы",
        )


def supported_cards(request: HttpRequest) -> Iterator[Card]:
    """Whom the reader supports while there is no mentor."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    rows = supported_by(request.actor, organisation, timezone.localdate())  # type: ignore[attr-defined]
    if not rows:
        return
    late = sum(row.needs_talk for row in rows)
    who = counted(len(rows), "человека", "человек", "человек")
    yield Card(
        title=f"Поддержите {who} без наставника",
        text=f"Давно не было беседы: {late}." if late else "Со всеми недавно беседовали.",
        url=reverse("pairs:supported", kwargs={"org": organisation.slug}),
        button="Кого сопровождаю",
        level="wait" if late else "go",
    )


def late_loan_card(request: HttpRequest) -> Iterator[Card]:
    """Institutions of the territory that leave a neighbour's request without an answer."""
    territory: Any = getattr(request, "territory", None)
    if territory is None:
        return
    late = late_requests(request.actor, territory, timezone.localdate())  # type: ignore[attr-defined]
    if late:
        yield Card(
            title=f"Запросы наставников ждут дольше недели: {late}",
            text="Одно учреждение просит наставника у другого и не получает ответа.",
            url=reverse("pairs:loan-board", kwargs={"territory": territory.slug}) + "?state=asked",
            button="Кому не ответили",
            level="wait",
        )


def has_supported(request: HttpRequest) -> bool:
    """The room stands for psychologists and class teachers, and for whoever was asked to support."""
    actor: Any = getattr(request, "actor", None)
    organisation: Any = getattr(request, "organisation", None)
    if actor is None or Role.THIRD_PARTY in actor.roles:
        return actor is not None
    if organisation is None:
        return False
    found = own_supports(actor, organisation, on=timezone.localdate())
    return remembered(request, f"supported-{actor.user_id}", found.exists)


def support_section(request: HttpRequest, person: Person) -> CardSection | None:
    """Who supports a mentee without a pair, for those who may see it."""
    actor: Any = getattr(request, "actor", None)
    mentee = getattr(person, "mentee", None)
    if actor is None or mentee is None or not can_see_support(actor):
        return None
    found = open_supports([mentee.pk]).get(mentee.pk)
    may_assign = mentee.state in WAITING and bool(actor.can("people.edit"))
    if found is None and not may_assign:
        return None
    where = reverse("pairs:unpaired-support", kwargs={"org": request.organisation.slug})  # type: ignore[attr-defined]
    url = f"{where}?p={mentee.pk}" if may_assign else ""
    near = reverse(
        "pairs:neighbours-search",
        kwargs={"org": request.organisation.slug, "mentee_id": mentee.pk},  # type: ignore[attr-defined]
    )
    may_ask = may_assign and bool(actor.can("loans.edit"))
    context = {"support": found, "url": url, "near_url": near if may_ask else ""}
    return CardSection("Пока нет наставника", "pairs/support_card.html", context, order=5)
