"""Which school year a day of the campaign belongs to."""

from datetime import date, timedelta

from nastavnik.documents.context import school_year

AHEAD = timedelta(days=31)
"""The teachers' council at the end of August tells of the year that begins in September."""


def campaign_year(day: date) -> str:
    return school_year(day + AHEAD)
