"""«Запуск программы»: nine steps from an empty system to a signed order, in any order."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from nastavnik.accounts import queries as accounts
from nastavnik.accounts.permissions import Role
from nastavnik.desk.services.team import ORDER_CURATOR, ORDER_WORKING_GROUP
from nastavnik.documents.models import Document, DocumentState, Journal
from nastavnik.documents.queries import next_number
from nastavnik.events import queries as events
from nastavnik.events.models import Event, EventState
from nastavnik.pairs.models import OPEN_STATES, Pair, PairAnswer, PairState, ProgrammeState
from nastavnik.pairs.services.programme import current_programme, missing_parameters
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.people.queries.consents import collected
from nastavnik.shared.typography import counted, date_words, nbsp_initials
from nastavnik.surveys import queries as surveys
from nastavnik.tenancy.models import Organisation

State = Literal["done", "go", "wait", "idle"]
MENTEES = ("наставляемый", "наставляемых", "наставляемых")
MENTORS = ("наставник", "наставника", "наставников")
PAIRS = ("пара", "пары", "пар")
DRAFTED = (DocumentState.DRAFT, DocumentState.CHECK, DocumentState.RETURNED)


@dataclass(frozen=True)
class Step:
    """One line of the task list; `minutes` is what it usually takes from here."""

    title: str
    url: str
    text: str
    state: State
    minutes: int = 0


def launch_steps(organisation: Organisation, *, on: date) -> list[Step]:
    """The nine steps with live states for the organisation in scope."""
    where = {"org": organisation.slug}
    return [
        _institution(organisation, where),
        _team(organisation, where, on),
        _registers(where),
        _consents(where, on),
        _programme(where),
        _meeting(where, on),
        _matching(where),
        _answers(where),
        _order(where),
    ]


def _institution(organisation: Organisation, where: dict[str, str]) -> Step:
    url = reverse("desk:organisation", kwargs=where)
    if not organisation.head_surname:
        return Step("Учреждение", url, "Впишите руководителя и проверьте названия.", "go", 1)
    names = (organisation.head_given, organisation.head_patronymic)
    initials = " ".join(f"{name[0]}." for name in names if name)
    head = nbsp_initials(f"{organisation.head_post} {organisation.head_surname} {initials}".strip())
    head = head if initials else f"{head}."
    if not organisation.cases_confirmed:
        return Step("Учреждение", url, f"{head} Проверьте, как склоняются названия и имя.", "go", 1)
    journal = Journal.objects.filter(code="orders").first()
    number = next_number(journal, date.today().year) if journal else 1  # noqa: DTZ011
    return Step(
        "Учреждение",
        url,
        f"{organisation.short_name}, {head} Журнал приказов: следующий номер {number}.",
        "done",
    )


def _team(organisation: Organisation, where: dict[str, str], on: date) -> Step:
    url = reverse("desk:team", kwargs=where)
    orders = dict.fromkeys((ORDER_WORKING_GROUP, ORDER_CURATOR), "")
    for kind, state in Document.objects.filter(kind__in=orders).values_list("kind", "state"):
        if orders[kind] != DocumentState.IN_FORCE:
            orders[kind] = state
    if all(state == DocumentState.IN_FORCE for state in orders.values()):
        return Step(
            "Команда", url, "Рабочая группа, куратор и ответственный назначены приказами.", "done"
        )
    if any(state in DRAFTED for state in orders.values()):
        text = "Проект приказа о команде составлен: проверьте его и отправьте на подпись."
        return Step("Команда", url, text, "go", 3)
    if any(state == DocumentState.TO_SIGN for state in orders.values()):
        return Step("Команда", url, "Приказы о команде ждут подписи руководителя.", "wait")
    held = {grant.role for grant in accounts.team_of(organisation, on=on)}
    if Role.CURATOR in held:
        return Step(
            "Команда",
            url,
            "Куратор работает. Оформите рабочую группу и назначения приказами.",
            "go",
            5,
        )
    return Step("Команда", url, "Выберите рабочую группу, куратора и ответственного.", "go", 5)


def _registers(where: dict[str, str]) -> Step:
    url = reverse("people:import-start", kwargs=where)
    mentees, mentors = MenteeProfile.objects.count(), MentorProfile.objects.count()
    if mentees and mentors:
        text = f"В реестрах {counted(mentees, *MENTEES)} и {counted(mentors, *MENTORS)}."
        return Step("Импорт реестров", url, text, "done")
    lacking = "наставников" if mentees else "наставляемых"
    text = (
        f"Загрузите реестр {lacking} из Excel."
        if mentees or mentors
        else "Загрузите старые реестры из Excel: подойдут любые заголовки."
    )
    return Step("Импорт реестров", url, text, "go", 15)


def _consents(where: dict[str, str], on: date) -> Step:
    url = reverse("people:consents", kwargs=where)
    have = collected(on)
    if not have.total:
        return Step("Согласия", url, "Появятся, когда в реестрах будут люди.", "idle", 10)
    if not have.lacking:
        return Step("Согласия", url, f"Получены у всех: {have.ready} из {have.total}.", "done")
    text = f"Есть у {have.ready} из {have.total}. Остальные можно напечатать одним файлом."
    return Step("Согласия", url, text, "go", 10)


def _programme(where: dict[str, str]) -> Step:
    url = reverse("pairs:programmes", kwargs=where)
    programme = current_programme()
    if programme is None:
        return Step(
            "Программа", url, "Паспорт программы: большая часть заполнится из данных.", "go", 5
        )
    if programme.state in {ProgrammeState.APPROVED, ProgrammeState.FINISHED}:
        return Step("Программа", url, f"«{programme.title}» утверждена.", "done")
    if programme.state == ProgrammeState.TO_SIGN:
        return Step("Программа", url, f"«{programme.title}» ждёт подписи руководителя.", "wait")
    missing = len(missing_parameters(programme))
    text = f"Осталось заполнить: {missing}." if missing else "Паспорт заполнен, составьте приказ."
    return Step("Программа", url, text, "go", 5)


def _meeting(where: dict[str, str], on: date) -> Step:
    """The group meeting with its survey (PRODUCT.md § 4.2), or the word that it is not needed."""
    title, url = "Встреча и опрос", reverse("events:list", kwargs=where)
    if not (MenteeProfile.objects.exists() and MentorProfile.objects.exists()):
        return Step(title, url, "Появится, когда загружены оба реестра.", "idle", 5)
    found = events.meeting_of_year(on)
    if found is None:
        waiver = events.waiver_of_year(on)
        if waiver is not None:
            reason = waiver.reason.rstrip(".")
            return Step(title, url, f"Решили обойтись без встречи: {reason}.", "done")
        text = "Познакомьте наставников и наставляемых и спросите, с кем им интересно."
        return Step(title, url, text, "go", 5)
    card = reverse("events:card", kwargs={**where, "pk": found.pk})
    text, state = _held(found, on) if found.state == EventState.ENDED else _coming(found)
    return Step(title, card, text, state, 0 if state == "done" else 5)


def _held(found: Event, on: date) -> tuple[str, State]:
    """What is said of a meeting that is over."""
    if found.protocol is None or found.protocol.state == DocumentState.DROPPED:
        return "Встреча прошла, протокола нет: откройте её снова и завершите ещё раз.", "go"
    held = f"Встреча прошла {date_words(found.on)}, протокол составлен."
    if found.survey is None:
        return f"{held} Опрос ещё не открыт.", "done"
    survey = surveys.campaigns(on).get(pk=found.survey.pk)
    return f"{held} Опрос: ответили {survey.answered} из {survey.asked}.", "done"


def _coming(found: Event) -> tuple[str, State]:
    """What is said of a meeting that is not over."""
    day = date_words(found.on)
    if found.state == EventState.GOING:
        return "Встреча идёт: отметьте пришедших и завершите её протоколом.", "go"
    if found.state == EventState.DRAFT:
        return f"Встреча {day} готовится: проверьте список и объявите её.", "go"
    return f"Встреча назначена на {day}.", "wait"


def _matching(where: dict[str, str]) -> Step:
    url = reverse("pairs:match", kwargs=where)
    if not (MenteeProfile.objects.exists() and MentorProfile.objects.exists()):
        return Step("Подбор", url, "Начнётся, когда загружены оба реестра.", "idle", 10)
    made = Pair.objects.filter(state__in=list(OPEN_STATES)).count()
    if made:
        return Step("Подбор", url, f"Составлено: {counted(made, *PAIRS)}.", "done")
    return Step(
        "Подбор",
        url,
        "Система предложит пары и объяснит каждую. Согласия можно собирать позже.",
        "go",
        10,
    )


def _answers(where: dict[str, str]) -> Step:
    url = reverse("pairs:answers", kwargs=where)
    replies = PairAnswer.objects.filter(pair__state__in=list(OPEN_STATES))
    asked, waiting = replies.count(), replies.filter(is_yes__isnull=True).count()
    if not asked:
        return Step("Добровольность", url, "Появится, когда составлены пары.", "idle", 5)
    if waiting:
        text = f"Ответили {asked - waiting} из {asked}. Напечатайте лист или разошлите ссылки."
        return Step("Добровольность", url, text, "go" if waiting == asked else "wait", 5)
    return Step("Добровольность", url, f"Ответили все: {asked} из {asked}.", "done")


def _order(where: dict[str, str]) -> Step:
    url = reverse("pairs:order", kwargs=where)
    states = list(Pair.objects.values_list("state", flat=True))
    active, agreed = states.count(PairState.ACTIVE), states.count(PairState.AGREED)
    if agreed:
        works = f"Работает {counted(active, *PAIRS)}. " if active else ""
        text = f"{works}Согласны и ждут приказа: {counted(agreed, *PAIRS)}."
        return Step("Приказ", url, text, "go", 5)
    if states.count(PairState.IN_ORDER):
        return Step("Приказ", url, "Приказ составлен и ждёт подписи руководителя.", "wait")
    if active:
        return Step("Приказ", url, f"Приказ подписан, работает {counted(active, *PAIRS)}.", "done")
    return Step(
        "Приказ", url, "Появится, когда хотя бы одна пара согласована обеими сторонами.", "idle", 5
    )
