"""The questions, in plain Russian. What is doubtful is asked, never guessed in silence."""

from collections.abc import Iterable, Sequence
from datetime import date

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip

NO_YEAR = "Год не указан ни в сроке, ни в названии дорожной карты. Какой это год?"
OUTSIDE = "Этого времени нет в периоде дорожной карты. Какой это год?"
TWO_DIGITS = "Год записан двумя цифрами. Верно ли, что это {year} год?"
SEVERAL = "В периоде дорожной карты такое время бывает несколько раз: {years}. Какой это год?"
LIST_OVER_NEW_YEAR = "Месяцы идут через Новый год. Верно ли распределены годы?"
NO_SUCH_DAY = "Такого дня в календаре нет. Какая дата имелась в виду?"
BACKWARDS = "Конец раньше начала. Какие даты имелись в виду?"
UNTIL_YEAR = (
    "«До {year} года» понимают по-разному. Верно ли, что срок — весь {year} год включительно?"
)
UNTIL_MONTH = "Срок истекает до начала этого месяца или месяц входит в срок?"
YEARS_OR_SCHOOL_YEAR = "Это календарные годы или учебный год?"
NO_PERIOD = "Период дорожной карты неизвестен. На какие даты рассчитан срок?"
WHICH_YEAR_OF_PERIOD = "Дорожная карта рассчитана на несколько лет. О каком годе речь?"
WHICH_YEAR_END = "Имеется в виду конец календарного или учебного года?"
SCHOOL_YEAR_END = "День окончания учебного года задаёт учебный план. Верно ли: по {end}?"
WHICH_SCHOOL_YEAR = "Какой это учебный год?"
TERM = "Даты четвертей устанавливает учреждение. Верно ли: с {start} по {end}?"
HOLIDAYS = "Даты каникул устанавливает учреждение. Верно ли: с {start} по {end}?"
WHICH_HOLIDAYS = "Какие это каникулы и на какие даты они приходятся?"
HALF = "Это полугодие календарного или учебного года? Сейчас взято: с {start} по {end}."
APPROXIMATE = "Срок назван приблизительно. Верно ли: с {start} по {end}?"
MIDDLE = "«Середина» — это какие даты?"
WINTER = "Зима начинается в одном году и кончается в другом. Верно ли: с {start} по {end}?"
DAY_OF_WHICH_MONTH = "Это число какого месяца — или каждого?"
LENT_OUTSIDE = "Год взят у соседнего срока, но в период дорожной карты это время не входит. Верно ли: с {start} по {end}?"
WHICH_WEEKDAY = "Какой по счёту день недели в месяце? Пока взят последний."
OPEN_END = "Указано только начало. До какого дня срок?"
FROM_WHICH_DAY = "С какого дня отсчитывать этот срок?"
WHICH_DOCUMENT = "Какой документ устанавливает эти сроки?"
MIXED_YEARLY = (
    "В одной ячейке названы и «ежегодно», и «постоянно», и месяц. Верно ли: каждый год, {months}?"
)
RECURRING_AND_MONTH = "Названы и повторение, и отдельное время. Верно ли: повторять весь год, а {month} — последний срок?"
RECURRING_UNTIL = "Названы и повторение, и дата. Верно ли, что повторять нужно до этой даты?"
UNKNOWN = "Не удалось понять: «{words}». Какой это срок?"
EMPTY = "Срок не указан. Так и должно быть?"


def day_words(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def dated(question: str, start: date, end: date) -> str:
    """Fill {start} and {end}."""
    return question.format(start=day_words(start), end=day_words(end))


def several(years: Iterable[int]) -> str:
    return SEVERAL.format(years=", ".join(map(str, sorted(set(years)))))


def month_names(months: Sequence[int]) -> str:
    return ", ".join(MONTHS[month - 1] for month in months)
