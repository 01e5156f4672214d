"""The preference survey after a meeting, for those who were there."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.events import queries
from nastavnik.events.models import Event, EventKind, EventState
from nastavnik.events.services.meetings import locked
from nastavnik.events.talks import order_of_talking
from nastavnik.shared.errors import DomainError
from nastavnik.surveys.models import Campaign
from nastavnik.surveys.services import open_preferences
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def open_survey(
    *,
    actor: Actor,
    organisation: Organisation,
    event: Event,
    closes_on: date | None = None,
    today: date | None = None,
) -> Campaign:
    """Ask those present whom they would like to work with, in the order in which they talked.

    Again it gives the same survey. Raises: DomainError while the meeting is not ended, after a
    final meeting, or when one side stayed away.
    """
    event = locked(event)
    if event.survey is not None:
        return event.survey
    if event.state != EventState.ENDED or event.kind != EventKind.GROUP_MEETING:
        raise DomainError("not_ended", "Опрос открывают после завершения встречи перед подбором.")
    rows = queries.participants_of(event, with_topics=True)
    came = [row for row in rows if row.arrived_at is not None]
    event.survey = open_preferences(
        actor=actor,
        organisation=organisation,
        mentees=[row.person.mentee for row in came if not row.is_mentor],
        mentors=[row.person.mentor for row in came if row.is_mentor],
        order_of_talking=order_of_talking(event, came),
        badges={row.person_id: row.number for row in came},
        source_label=f"{event.title}, {event.on:%d.%m.%Y}",
        closes_on=closes_on,
        on=today,
    )
    event.save(update_fields={"survey"})
    record(actor=actor, action="events.survey", subject=event)
    return event.survey
