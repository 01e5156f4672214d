"""A territory's matching: one task an organisation, nobody sees another's people."""

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import system_actor
from nastavnik.matching.models import MatchRun
from nastavnik.matching.queries import able_mentors, unfinished_run, waiting_mentees
from nastavnik.pairs import queries, tasks
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation, Territory

ACTOR = system_actor("Подбор по территории")


@transaction.atomic
def propose_in_territory(*, slug: str) -> int:
    """Queue a task for each organisation of the territory and of those below it; how many.

    Raises DomainError when there is no such territory.
    """
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None:
        raise DomainError("no_territory", f"Нет территории с коротким именем {slug}.")
    below = Organisation.objects.filter(territory__path__startswith=territory.path)
    ids = list(below.order_by("id").values_list("pk", flat=True))
    for pk in ids:
        tasks.propose_for.enqueue(pk)
    return len(ids)


@transaction.atomic
def propose_in_organisation(*, organisation_id: int) -> MatchRun | None:
    """A proposal by the system; None where a run is under way or there is nobody to propose."""
    waiting = waiting_mentees().exclude(pk__in=queries.taken_mentees())
    if unfinished_run() is not None or not waiting.exists() or not able_mentors().exists():
        return None
    return propose_pairs(
        actor=ACTOR,
        organisation=Organisation.objects.get(pk=organisation_id),
        on=timezone.localdate(),
    )
