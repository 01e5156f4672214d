"""What the registers can prove to a roadmap line."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.models.person import Category
from nastavnik.people.queries.certificates import lacking_certificates, outside_mentors
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.people.queries.registers import GONE, MENTORS_GONE
from nastavnik.roadmaps.evidence import (
    Evidence,
    EvidenceKind,
    Parameter,
    Rules,
    Work,
    enough,
    register,
)
from nastavnik.shared.typography import counted

_MENTORS = Work("Открыть реестр наставников", "people:mentors")
_MENTEES = Work("Открыть реестр наставляемых", "people:mentees")
_CONSENTS = Work("Открыть согласия", "people:consents")
_EVERYBODY, _MENTORS_ONLY = "participants", "mentors"
_WHOSE = ((_EVERYBODY, "всех участников"), (_MENTORS_ONLY, "только наставников"))


def mentees_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MenteeProfile.objects.exclude(state__in=GONE).count()
    people = counted(number, "наставляемый", "наставляемых", "наставляемых")
    return enough(number, f"в реестре {people}", parameters)


def mentors_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MentorProfile.objects.exclude(state__in=MENTORS_GONE).count()
    people = counted(number, "наставник", "наставника", "наставников")
    return enough(number, f"в реестре {people}", parameters)


def mentors_of_category(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    """Mentors in the register whose category is `parameters["category"]`."""
    category = str(parameters.get("category", ""))
    rows = MentorProfile.objects.exclude(state__in=MENTORS_GONE)
    number = rows.filter(person__category=category).count()
    people = counted(number, "наставник", "наставника", "наставников")
    return enough(number, f"в реестре {people} этой категории", parameters)


def requests_share(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    """At least `share_percent` of mentees have said what they want help with."""
    rows = MenteeProfile.objects.exclude(state__in=GONE)
    return _share(_with(rows, "requests"), "запросы записаны у", parameters)


def competences_share(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    """At least `share_percent` of mentors have said what they can help with."""
    rows = MentorProfile.objects.exclude(state__in=MENTORS_GONE)
    return _share(_with(rows, "competences"), "компетенции записаны у", parameters)


def certificate_share(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """At least `share_percent` of mentors from outside have both certificates; none to show: none."""
    people = list(outside_mentors(on).select_related("organisation"))
    if not people or not people[0].organisation.teaches_children:
        return None
    lacking = lacking_certificates(people[0].organisation, on).count()
    return _share((len(people) - lacking, len(people)), "справки приняты у", parameters)


def consent_shares(rules: Rules, on: date) -> list[Evidence | None]:
    """At least `share_percent` (0–100) of those whom `of` names have every consent they need.

    One query for all rules: the verdict on consents is the dearest of the registers.
    """
    counts = _consents(on)
    answers = []
    for rule in rules:
        mentors_only = rule.get("of") == _MENTORS_ONLY
        ours = Counter[int]()
        for (state, in_order), people in counts.items():
            is_ours = not mentors_only or (state is not None and state not in MENTORS_GONE)
            ours[in_order] += people * is_ours
        answers.append(_share((ours[1], ours.total()), "согласия получены у", rule))
    return answers


def _consents(on: date) -> Counter[tuple[str | None, int]]:
    """How many participants by (their state as mentors, whether their consents are in order)."""
    participants = Person.objects.filter(archived_at__isnull=True).exclude(mentee=None, mentor=None)
    in_order = When(consents_in_order(on, person="pk", prefix=""), then=1)
    verdict = Case(in_order, default=0, output_field=IntegerField())
    return Counter(participants.order_by().values_list("mentor__state", verdict))


def _with(rows: "QuerySet[Any]", related: str) -> tuple[int, int]:
    """How many of the rows have something of their own, and how many there are."""
    found = rows.aggregate(
        total=Count("pk", distinct=True),
        have=Count("pk", distinct=True, filter=Q(**{f"{related}__isnull": False})),
    )
    return found["have"], found["total"]


def _share(counts: tuple[int, int], words: str, parameters: Mapping[str, Any]) -> Evidence | None:
    """«… у 9 из 10»: a proof when the share is large enough."""
    have, total = counts
    if not total:
        return None
    is_met = 100 * have >= parameters.get("share_percent", 100) * total
    return Evidence(f"{words} {have} из {total}", is_met=is_met)


def register_all() -> None:
    _register_numbers()
    _register_shares()


def _register_numbers() -> None:
    register(
        EvidenceKind.MENTEES_AT_LEAST,
        mentees_at_least,
        title="В реестре наставляемых не меньше людей, чем нужно",
        parameters=(Parameter("number", "Сколько наставляемых", "number", default=1),),
        work=_MENTEES,
        hint="Столько наставляемых внесено в реестр.",
    )
    register(
        EvidenceKind.MENTORS_AT_LEAST,
        mentors_at_least,
        title="В реестре наставников не меньше людей, чем нужно",
        parameters=(Parameter("number", "Сколько наставников", "number", default=1),),
        work=_MENTORS,
        hint="Столько наставников внесено в реестр.",
    )
    register(
        EvidenceKind.MENTORS_OF_CATEGORY,
        mentors_of_category,
        title="В реестре есть наставники нужной категории",
        parameters=(
            Parameter("category", "Какая категория", "choice", choices=lambda: Category.choices),
            Parameter("number", "Сколько наставников", "number", default=1),
        ),
        work=_MENTORS,
        hint="Например, работники предприятий или студенты: столько их в реестре.",
    )


def _register_shares() -> None:
    def share(default: int, label: str) -> tuple[Parameter, ...]:
        return (Parameter("share_percent", label, "percent", default=default),)

    register(
        EvidenceKind.REQUESTS_SHARE,
        requests_share,
        title="Запросы наставляемых записаны",
        parameters=share(90, "У скольких процентов наставляемых"),
        work=_MENTEES,
        hint="У стольких наставляемых в реестре записано, с чем нужна помощь.",
    )
    register(
        EvidenceKind.COMPETENCES_SHARE,
        competences_share,
        title="Анкеты наставников внесены: записано, чем каждый может помочь",
        parameters=share(90, "У скольких процентов наставников"),
        work=_MENTORS,
        hint="У стольких наставников в реестре записано, чем они могут помочь.",
    )
    register(
        EvidenceKind.CONSENT_SHARE,
        find_many=consent_shares,
        title="Согласия получены",
        parameters=(
            Parameter("of", "Чьи", "choice", default=_EVERYBODY, choices=lambda: _WHOSE),
            *share(100, "У скольких процентов"),
        ),
        work=_CONSENTS,
        hint="У стольких из них действуют все нужные согласия. Отзовут — пункт откроется.",
    )
    register(
        EvidenceKind.CERTIFICATE_SHARE,
        certificate_share,
        title="Справки наставников со стороны приняты",
        parameters=share(100, "У скольких процентов таких наставников"),
        work=Work("Открыть справки", "people:certificates"),
        hint="У стольких взрослых наставников не из учреждения приняты обе справки.",
    )
