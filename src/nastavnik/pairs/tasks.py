"""Background work of pairs."""

from datetime import date

from django_tasks import task


@task()
def work_night(day: str) -> dict[str, int]:
    """The night's work of one day; done again after a crash, it changes nothing more."""
    from nastavnik.pairs.services.night import every_organisation  # noqa: PLC0415 -- leaf

    return every_organisation(on=date.fromisoformat(day))
