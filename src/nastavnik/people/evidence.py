"""What the registers can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import missing_consents
from nastavnik.roadmaps.evidence import Evidence, EvidenceKind, register
from nastavnik.shared.typography import counted


def mentees_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MenteeProfile.objects.count()
    if number < parameters.get("number", 1):
        return None
    return Evidence(f"в реестре {counted(number, 'наставляемый', 'наставляемых', 'наставляемых')}")


def mentors_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = MentorProfile.objects.count()
    if number < parameters.get("number", 1):
        return None
    return Evidence(f"в реестре {counted(number, 'наставник', 'наставника', 'наставников')}")


def consent_share(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """At least `share_percent` (0–100) of participants have every consent they need."""
    people = list(Person.objects.filter(archived_at__isnull=True).exclude(mentee=None, mentor=None))
    papers = papers_of(person.pk for person in people)
    have = sum(1 for person in people if not missing_consents(person, papers[person.pk], on))
    if not people or 100 * have < parameters.get("share_percent", 100) * len(people):
        return None
    return Evidence(f"согласия получены у {have} из {len(people)}")


def register_all() -> None:
    register(EvidenceKind.MENTEES_AT_LEAST, mentees_at_least)
    register(EvidenceKind.MENTORS_AT_LEAST, mentors_at_least)
    register(EvidenceKind.CONSENT_SHARE, consent_share)
