"""«Без пары — сопровождение» for the specialist: whom he supports, how long they wait, why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.queries import current_and_unfinished
from nastavnik.pairs.queries.finds import last_search
from nastavnik.pairs.queries.waiting import waiting
from nastavnik.people.models import MenteeProfile, Support
from nastavnik.people.queries.support import own_supports
from nastavnik.tenancy.models import Organisation

TALK_WITHIN = timedelta(days=14)
FOUND = "Наставник уже предложен, решает куратор."
SHORT = "Наставников по такому запросу пока меньше, чем тех, кто ждёт."
NOBODY = "Подходящего наставника пока нет. Поиск повторяется каждую неделю."
NOT_YET = "Поиск ещё впереди."


@dataclass(frozen=True)
class Supported:
    """A mentee without a pair as the specialist sees him."""

    mentee: MenteeProfile
    support: Any
    days: int
    reason: str
    needs_talk: bool
    talked_today: bool


def supported_by(actor: Actor, organisation: Organisation, on: date) -> list[Supported]:
    """Those whom the actor supports and who still wait: first who needs a talk, the longest wait first."""
    own = own_supports(actor, organisation, on=on).prefetch_related("talks")
    supports = {row.mentee_id: row for row in own}
    if not supports:
        return []
    mentees = waiting().filter(pk__in=supports.keys()).select_related("person")
    reasons = _reasons()
    rows = [
        Supported(
            mentee=mentee,
            support=supports[mentee.pk],
            days=(on - mentee.since).days,
            reason=reasons.get(mentee.pk, NOT_YET),
            needs_talk=_needs_talk(supports[mentee.pk], on),
            talked_today=supports[mentee.pk].last_talk == on,
        )
        for mentee in mentees.order_by("since", "person__search_key")
    ]
    return sorted(rows, key=lambda row: not row.needs_talk)


def _needs_talk(support: Any, on: date) -> bool:
    """No talk for two weeks, or none since the support began."""
    last: date = support.last_talk or support.starts_on
    return on - last >= TALK_WITHIN


def _reasons() -> dict[int, str]:
    """In gentle words, without numbers, rules and wishes: those are the curator's."""
    run, _ = current_and_unfinished()
    search = last_search()
    told: dict[int, str] = {}
    for result in (found.result for found in (run, search) if found is not None):
        told |= {
            left["mentee"]: NOBODY if left["certificate"] is None else SHORT
            for left in result["unmatched"]
        }
        told |= {entry["mentee"]: FOUND for entry in result["chosen"]}
    if run is not None:
        told |= {entry["mentee"]: FOUND for entry in draft_entries(run, changes_of(run))}
    return told


def own_support(
    actor: Actor, organisation: Organisation, mentee_id: int, on: date
) -> Support | None:
    """The actor's support of one mentee who waits."""
    if not waiting().filter(pk=mentee_id).exists():
        return None
    found: Support | None = (
        own_supports(actor, organisation, on=on)
        .select_related("mentee__person")
        .filter(mentee=mentee_id)
        .first()
    )
    return found
