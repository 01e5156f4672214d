"""Who has something to talk about: requests of mentees against competences of mentors."""

from collections.abc import Sequence

from nastavnik.events.engine.rotation import Talk
from nastavnik.events.models import Participant
from nastavnik.library.engine.compare import closeness
from nastavnik.library.queries import classifier_for
from nastavnik.matching.models import MatchRule, RuleKind
from nastavnik.matching.queries import form_rules
from nastavnik.tenancy.models import Organisation

EVERYONE = 0.01  # a talk without a common topic: possible, and behind all the others

Weights = dict[Talk, float]
"""(mentee's place, mentor's place) → 0..1"""


def talk_weights(
    organisation: Organisation, rows: Sequence[Participant], *, everyone: bool
) -> tuple[Weights, set[Talk]]:
    """Weights of the talks that should take place, and the talks that must not be added.

    A talk counts when a competence answers a request; with `everyone` all others count as well.
    People whom no form of mentoring joins, and pairs that the curator forbade, stay apart.
    """
    mentees = [row for row in rows if not row.is_mentor]
    mentors = [row for row in rows if row.is_mentor]
    known = classifier_for(organisation)
    forms = form_rules()
    forbidden = set(
        MatchRule.objects.filter(kind=RuleKind.FORBID).values_list(
            "mentee__person_id", "mentor__person_id"
        )
    )
    weights: Weights = {}
    apart: set[Talk] = set()
    for mentee in mentees:
        asked = _asked(mentee)
        for mentor in mentors:
            talk: Talk = (mentee.pk, mentor.pk)
            categories = (mentor.person.category, mentee.person.category)
            joined = any(categories[0] in f.mentors and categories[1] in f.mentees for f in forms)
            if not joined or (mentee.person_id, mentor.person_id) in forbidden:
                apart.add(talk)
                continue
            best = max(
                (
                    closeness(code, topic, competence, classifier=known)
                    for code, topic in asked
                    for competence in _offered(mentor)
                ),
                default=0.0,
            )
            if best or everyone:
                weights[talk] = best or EVERYONE
    return weights, apart


def _asked(row: Participant) -> list[tuple[str, str]]:
    profile = getattr(row.person, "mentee", None)
    return [(r.code, r.topic) for r in profile.requests.all()] if profile else []


def _offered(row: Participant) -> list[str]:
    profile = getattr(row.person, "mentor", None)
    return [c.topic for c in profile.competences.all() if c.topic] if profile else []
