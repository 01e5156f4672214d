"""Whom an institution tells of mentoring and asks; which of them it has and where it tells them."""

from collections.abc import Mapping

from django.db import models

from nastavnik.tenancy.models import OrganisationKind


class Audience(models.TextChoices):
    PUPILS = "pupils", "обучающиеся"
    STAFF = "staff", "педагоги"
    PARENTS = "parents", "родители"
    GRADUATES = "graduates", "выпускники"
    YOUNG = "young", "молодые специалисты"
    EMPLOYERS = "employers", "предприятия и работодатели"
    OUTSIDE = "outside", "внешняя аудитория через СМИ"


class GatheringKind(models.TextChoices):
    """Where people are told. The first five are bodies that sit and keep protocols."""

    TEACHERS_COUNCIL = "teachers_council", "педагогический совет"
    PARENTS_MEETING = "parents_meeting", "родительское собрание"
    STUDENT_COUNCIL = "student_council", "ученическое самоуправление"
    METHOD_COMMISSION = "method_commission", "предметно-цикловая комиссия"
    ADMIN_COUNCIL = "admin_council", "административный совет"
    CLASS_HOUR = "class_hour", "классный час"
    GRADUATES_MEETING = "graduates_meeting", "встреча с выпускниками"
    EMPLOYERS_MEETING = "employers_meeting", "встреча с работодателями"
    OTHER = "other", "другая встреча"


_A, _G, _O = Audience, GatheringKind, OrganisationKind
SITTINGS = frozenset(
    {_G.TEACHERS_COUNCIL, _G.STUDENT_COUNCIL, _G.METHOD_COMMISSION, _G.ADMIN_COUNCIL}
)
STUDENT_BODY = "студенческое самоуправление"
"""What a college calls its pupils' council."""
USUAL_PLACE: Mapping[str, GatheringKind] = {
    _A.STAFF: _G.TEACHERS_COUNCIL,
    _A.PARENTS: _G.PARENTS_MEETING,
    _A.PUPILS: _G.STUDENT_COUNCIL,
    _A.YOUNG: _G.OTHER,
    _A.GRADUATES: _G.GRADUATES_MEETING,
    _A.EMPLOYERS: _G.EMPLOYERS_MEETING,
    _A.OUTSIDE: _G.OTHER,
}
_CHILDREN = (_A.STAFF, _A.PARENTS, _A.PUPILS, _A.YOUNG, _A.GRADUATES, _A.EMPLOYERS, _A.OUTSIDE)
_ADULTS = (_A.STAFF, _A.YOUNG, _A.EMPLOYERS, _A.OUTSIDE)
_KINDERGARTEN = (_A.STAFF, _A.PARENTS, _A.YOUNG, _A.OUTSIDE)
_TOLD_FIRST = (_A.STAFF, _A.PARENTS, _A.PUPILS)
_SCHOOL_SLOTS = tuple((audience, USUAL_PLACE[audience]) for audience in _TOLD_FIRST)


def offered(kind: str) -> tuple[Audience, ...]:
    """Audiences that an organisation of the kind can have; a kindergarten has no pupils to tell."""
    if kind == _O.KINDERGARTEN:
        return _KINDERGARTEN
    return _CHILDREN if kind in _TEACH else _ADULTS


def told_first(kind: str) -> tuple[Audience, ...]:
    """Audiences of a fresh campaign; the others are added when they are needed."""
    if kind == _O.COLLEGE:
        return (*_TOLD_FIRST, _A.YOUNG, _A.EMPLOYERS, _A.OUTSIDE)
    return tuple(audience for audience in _TOLD_FIRST if audience in offered(kind))


def slots(kind: str) -> tuple[tuple[Audience, GatheringKind], ...]:
    """Gatherings laid in advance: each is to be proven by its own protocol."""
    if kind == _O.COLLEGE:
        return (
            *_SCHOOL_SLOTS,
            (_A.STAFF, _G.ADMIN_COUNCIL),
            (_A.STAFF, _G.METHOD_COMMISSION),
        )
    if kind not in _TEACH and kind != _O.KINDERGARTEN:
        return ()
    return tuple(slot for slot in _SCHOOL_SLOTS if slot[0] in offered(kind))


_TEACH = frozenset({_O.SCHOOL, _O.LYCEUM, _O.COLLEGE, _O.ADDITIONAL})
