"""Background work of pairs."""

from datetime import date

from django_tasks import task

from nastavnik.tenancy.scope import scope


@task()
def work_night(day: str) -> dict[str, int]:
    """The night's work of one day; done again after a crash, it changes nothing more."""
    from nastavnik.pairs.services.night import every_organisation  # noqa: PLC0415 -- leaf

    return every_organisation(on=date.fromisoformat(day))


@task()
def propose_for(organisation_id: int) -> None:
    """Make a proposal for one organisation where there is anybody to propose."""
    from nastavnik.pairs.services.region import propose_in_organisation  # noqa: PLC0415 -- leaf

    with scope({organisation_id}):
        propose_in_organisation(organisation_id=organisation_id)
