"""Requests of mentees and competences of mentors: codes suggested from words, confirmed by people."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.library.engine.classifier import PUPIL, TEACHER, Classifier
from nastavnik.library.engine.suggest import (
    Suggestion,
    suggest_competences,
    suggest_requests,
)
from nastavnik.library.queries import effective_classifier
from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MentorCompetence,
    MentorProfile,
)
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.codes import request_title, topic_title
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand


def audience_of(category: str) -> str:
    return TEACHER if category in STAFF_CATEGORIES else PUPIL


def suggestions(text: str, audience: str) -> tuple[Suggestion, ...]:
    """Codes that the words of a request speak for, best first."""
    return _suggested(text, audience, effective_classifier())


def competence_suggestions(text: str) -> tuple[Suggestion, ...]:
    """Topics that the words of a mentor offer, best first."""
    return _offered(text, effective_classifier())


@lru_cache(maxsize=4096)
def _suggested(text: str, audience: str, known: Classifier) -> tuple[Suggestion, ...]:
    return tuple(suggest_requests(text, audience=audience, classifier=known))


@lru_cache(maxsize=4096)
def _offered(text: str, known: Classifier) -> tuple[Suggestion, ...]:
    return tuple(suggest_competences(text, classifier=known))


@transaction.atomic
def add_request(
    *,
    actor: Actor,
    mentee: MenteeProfile,
    text: str,
    code: str = "",
    topic: str = "",
    source: str = "",
    method: str = "",
    noted_on: date | None = None,
) -> MenteeRequest:
    """Note a request. A code given is the curator's word; without one the best guess waits for it.

    Raises DomainError: `request_empty`, `code_unknown`.
    """
    demand(actor.can("people.edit"))
    text = tidy(text)[:400]
    if not text and not code:
        raise DomainError("request_empty", "Напишите запрос или выберите его вид.", field="text")
    request = MenteeRequest(
        organisation_id=mentee.organisation_id,
        mentee=mentee,
        text=text,
        source=source,
        method=method,
        noted_on=noted_on,
    )
    if code:
        _set_code(request, code, topic)
    elif guess := next(iter(suggestions(text, audience_of(mentee.person.category))), None):
        request.code, request.topic = guess.code, guess.topic
    request.save()
    audit.record(
        actor=actor,
        action="people.request_added",
        subject=mentee,
        details={"code": request.code, "topic": request.topic},
    )
    return request


@transaction.atomic
def confirm_request(
    *, actor: Actor, request: MenteeRequest, code: str, topic: str = ""
) -> MenteeRequest:
    """The curator agrees with the code, or puts another."""
    demand(actor.can("people.edit"))
    request = MenteeRequest.objects.select_for_update().get(pk=request.pk)
    before = request.code
    _set_code(request, code, topic)
    request.save(update_fields=["code", "topic", "is_confirmed"])
    audit.record(
        actor=actor,
        action="people.request_confirmed",
        subject=request.mentee,
        from_state=before,
        to_state=request.code,
        details={"topic": request.topic},
    )
    return request


@transaction.atomic
def confirm_suggested(
    *, actor: Actor, mentee_ids: Collection[int] = (), mentor_ids: Collection[int] = ()
) -> int:
    """Agree at once with every suggested code of these people. Returns how many were confirmed."""
    demand(actor.can("people.edit"))
    requests = list(
        MenteeRequest.objects.filter(mentee__in=mentee_ids, is_confirmed=False)
        .exclude(code="")
        .select_related("mentee__person")
    )
    competences = list(
        MentorCompetence.objects.filter(mentor__in=mentor_ids, is_confirmed=False)
        .exclude(topic="")
        .select_related("mentor__person")
    )
    for row in requests:
        row.is_confirmed = True
        row.save(update_fields=["is_confirmed"])
        audit.record(
            actor=actor,
            action="people.request_confirmed",
            subject=row.mentee,
            to_state=row.code,
            details={"topic": row.topic},
        )
    for offer in competences:
        offer.is_confirmed = True
        offer.save(update_fields=["is_confirmed"])
        audit.record(
            actor=actor,
            action="people.competence_confirmed",
            subject=offer.mentor,
            to_state=offer.topic,
        )
    return len(requests) + len(competences)


@transaction.atomic
def remove_request(*, actor: Actor, request: MenteeRequest) -> None:
    demand(actor.can("people.edit"))
    mentee, code = request.mentee, request.code
    request.delete()
    audit.record(
        actor=actor, action="people.request_removed", subject=mentee, details={"code": code}
    )


@transaction.atomic
def add_competence(
    *, actor: Actor, mentor: MentorProfile, text: str, topic: str = ""
) -> list[MentorCompetence]:
    """Note what a mentor can do; words that name several topics give several competences.

    Raises DomainError: `competence_empty`, `topic_unknown`.
    """
    demand(actor.can("people.edit"))
    text = tidy(text)[:400]
    if not text and not topic:
        raise DomainError("competence_empty", "Напишите, чем наставник может помочь.", field="text")
    if topic and not topic_title(topic):
        raise DomainError("topic_unknown", "Выберите тему из списка.", field="topic")
    topics = [topic] if topic else [s.topic for s in competence_suggestions(text)] or [""]
    rows = [
        MentorCompetence(
            organisation_id=mentor.organisation_id,
            mentor=mentor,
            text=text,
            code=code,
            topic=code,
            is_confirmed=bool(topic),
        )
        for code in topics
    ]
    for row in rows:
        row.save()
    audit.record(
        actor=actor, action="people.competence_added", subject=mentor, details={"topics": topics}
    )
    return rows


@transaction.atomic
def confirm_competence(
    *, actor: Actor, competence: MentorCompetence, topic: str
) -> MentorCompetence:
    demand(actor.can("people.edit"))
    if not topic_title(topic):
        raise DomainError("topic_unknown", "Выберите тему из списка.", field="topic")
    competence = MentorCompetence.objects.select_for_update().get(pk=competence.pk)
    before = competence.topic
    competence.code = competence.topic = topic
    competence.is_confirmed = True
    competence.save(update_fields=["code", "topic", "is_confirmed"])
    audit.record(
        actor=actor,
        action="people.competence_confirmed",
        subject=competence.mentor,
        from_state=before,
        to_state=topic,
    )
    return competence


@transaction.atomic
def remove_competence(*, actor: Actor, competence: MentorCompetence) -> None:
    demand(actor.can("people.edit"))
    mentor, topic = competence.mentor, competence.topic
    competence.delete()
    audit.record(
        actor=actor, action="people.competence_removed", subject=mentor, details={"topic": topic}
    )


def _set_code(request: MenteeRequest, code: str, topic: str) -> None:
    if not request_title(code):
        raise DomainError("code_unknown", "Выберите вид запроса из списка.", field="code")
    request.code = code
    request.topic = topic if topic_title(topic) else ""
    request.is_confirmed = True
