"""How the tests of deadlines tell what was parsed."""

from datetime import date

from nastavnik.roadmaps.engine.deadlines import Period, parse

YEAR_2021 = Period(date(2021, 1, 1), date(2021, 12, 31))
YEAR_2022 = Period(date(2022, 1, 1), date(2022, 12, 31))
SCHOOL_2022 = Period(date(2022, 9, 1), date(2023, 8, 31), academic=True)
TO_2024 = Period(date(2021, 1, 1), date(2024, 12, 31))


def told(text, period=YEAR_2022):
    """Kind, first day, last day and repetition of each deadline; days as ISO text."""
    return [
        (
            deadline.kind.value,
            deadline.start and deadline.start.isoformat(),
            deadline.end and deadline.end.isoformat(),
            deadline.recurrence,
        )
        for deadline in parse(text, period)
    ]


def days(text, period=YEAR_2022):
    """(first day, last day) of each deadline."""
    return [(start, end) for _, start, end, _ in told(text, period)]


def rules(text, period=YEAR_2022):
    return [(deadline.kind.value, deadline.recurrence) for deadline in parse(text, period)]


def questions(text, period=YEAR_2022):
    return [deadline.question for deadline in parse(text, period)]
