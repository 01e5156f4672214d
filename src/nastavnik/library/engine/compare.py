"""How well a competence answers a request, by code alone."""

from nastavnik.library.engine.classifier import Classifier, delivered

SAME, RELATED, GENERAL, NONE = 1.0, 0.6, 0.4, 0.0


def closeness(
    request: str, topic: str, competence: str, *, classifier: Classifier | None = None
) -> float:
    """Return 1 for the same topic, 0.6 for a related one, 0.4 when the competence answers the kind of
    request in general, 0 otherwise.

    `request` is a request code, `topic` its topic code or "", `competence` a topic code. A request
    without a topic is answered fully by any competence listed for it.
    """
    known = classifier or delivered()
    if topic and topic == competence:
        return SAME
    if topic in known.topics and competence in known.topics[topic].related:
        return RELATED
    kind = known.requests.get(request)
    if kind is not None and competence in kind.competences:
        return GENERAL if topic else SAME
    return NONE
