"""What the registers can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count

from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.roadmaps.evidence import Evidence, EvidenceKind, Parameter, Work, register
from nastavnik.shared.typography import counted


def mentees_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MenteeProfile.objects.count()
    people = counted(number, "наставляемый", "наставляемых", "наставляемых")
    return _enough(number, f"в реестре {people}", parameters)


def mentors_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MentorProfile.objects.count()
    people = counted(number, "наставник", "наставника", "наставников")
    return _enough(number, f"в реестре {people}", parameters)


def consent_share(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """At least `share_percent` (0–100) of participants have every consent they need."""
    participants = Person.objects.filter(archived_at__isnull=True)
    in_order = consents_in_order(on, person="pk", prefix="")
    found = participants.exclude(mentee=None, mentor=None).aggregate(
        total=Count("pk"), have=Count("pk", filter=in_order)
    )
    total, have = found["total"], found["have"]
    if not total:
        return None
    is_met = 100 * have >= parameters.get("share_percent", 100) * total
    return Evidence(f"согласия получены у {have} из {total}", is_met=is_met)


def _enough(number: int, words: str, parameters: Mapping[str, Any]) -> Evidence | None:
    """The number and, while there are too few, how many are wanted."""
    wanted: int = parameters.get("number", 1)
    if number >= wanted:
        return Evidence(words)
    return Evidence(f"{words}, нужно {wanted}", is_met=False) if number else None


def register_all() -> None:
    register(
        EvidenceKind.MENTEES_AT_LEAST,
        mentees_at_least,
        title="В реестре наставляемых не меньше людей, чем нужно",
        parameters=(Parameter("number", "Сколько наставляемых", "number", default=1),),
        work=Work("Открыть реестр наставляемых", "people:mentees"),
    )
    register(
        EvidenceKind.MENTORS_AT_LEAST,
        mentors_at_least,
        title="В реестре наставников не меньше людей, чем нужно",
        parameters=(Parameter("number", "Сколько наставников", "number", default=1),),
        work=Work("Открыть реестр наставников", "people:mentors"),
    )
    register(
        EvidenceKind.CONSENT_SHARE,
        consent_share,
        title="Согласия получены",
        parameters=(Parameter("share_percent", "У скольких процентов", "percent", default=100),),
        work=Work("Открыть согласия", "people:consents"),
    )
