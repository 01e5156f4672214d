"""«3-минутные разговоры»: the schedule of rounds and tables."""

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.events import policies, queries
from nastavnik.events.engine.rotation import choose_talks, make_schedule
from nastavnik.events.models import Event, EventState
from nastavnik.events.relevance import talk_weights
from nastavnik.events.services.meetings import locked
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def make_rotation(
    *,
    actor: Actor,
    organisation: Organisation,
    event: Event,
    minutes: int,
    most_rounds: int = 0,
    everyone: bool = False,
) -> Event:
    """Lay out the rounds for those who came, or for the whole list before the meeting begins.

    `most_rounds` 0 is as many as needed; otherwise the closest topics come first. Equal lists give
    equal schedules. Raises: DomainError when one side is empty or nobody has a common topic.
    """
    event = locked(event)
    demand(policies.can_change(actor, event))
    rows = queries.participants_of(event, with_topics=True)
    if event.state == EventState.GOING:
        rows = [row for row in rows if row.arrived_at is not None]
    mentees = [row.pk for row in rows if not row.is_mentor]
    mentors = [row.pk for row in rows if row.is_mentor]
    if not mentees or not mentors:
        raise DomainError("one_side", "Для разговоров нужны и наставники, и наставляемые.")
    weights, apart = talk_weights(organisation, rows, everyone=everyone)
    if not weights:
        raise DomainError(
            "nothing_common",
            "Общих тем не нашлось. Отметьте «Каждый с каждым» или уточните запросы.",
            field="everyone",
        )
    wanted = choose_talks(weights, most_rounds or len(rows))
    schedule = make_schedule(mentees, mentors, wanted, apart=apart)
    event.round_minutes = minutes
    event.rotation = {
        "minutes": minutes,
        "people": sorted(mentees + mentors),
        "tables": sorted(mentors),
        "rounds": [[list(talk) for talk in talks] for talks in schedule.rounds],
        "extra": sorted(list(talk) for talk in schedule.extra),
        "left_out": len(weights) - len(wanted),
    }
    event.save(update_fields={"rotation", "round_minutes"})
    record(
        actor=actor,
        action="events.rotation",
        subject=event,
        details={"rounds": len(schedule.rounds), "talks": len(wanted)},
    )
    return event
