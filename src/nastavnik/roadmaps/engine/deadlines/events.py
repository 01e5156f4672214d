"""Events that a deadline counts from: known ones by their words, others kept as written."""

import calendar
from datetime import date, timedelta

from nastavnik.roadmaps.engine.deadlines.model import Deadline
from nastavnik.roadmaps.engine.deadlines.recurrence import Offset, read_offset
from nastavnik.roadmaps.engine.deadlines.words import fold

OTHER = "other: "
_OTHER_CHARS = 80

EVENTS = {
    "model_defined": "определение модели наставничества",
    "pairs_approved": "закрепление пар и групп",
    "programme_approved": "утверждение программы наставничества",
    "programme_started": "начало программы наставничества",
    "programme_completed": "завершение программы наставничества",
    "roadmap_approved": "утверждение дорожной карты",
    "order_signed": "подписание приказа",
    "agreement_signed": "подписание соглашения",
    "application_received": "поступление заявления",
    "survey_closed": "завершение анкетирования",
    "meeting": "встреча",
}
"""Key → what the curator enters a date for."""

_DONE = (
    "подписан",
    "издан",
    "утвержден",
    "регистрац",
    "вступлен",
    "принят",
    "введен",
    "согласован",
)
_ENDED = ("окончан", "завершен", "закрыт", "проведен")
_STEMS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("model_defined", ("определен", "выбор"), ("модел", "форм")),
    (
        "pairs_approved",
        ("формирован", "закреплен", "создан", "утвержден"),
        ("пар", "групп", "тандем"),
    ),
    ("order_signed", _DONE, ("приказ", "распоряжен", "постановлен")),
    ("agreement_signed", ("подписан", "заключен"), ("соглашен", "договор")),
    ("roadmap_approved", _DONE, ("карт",)),
    ("programme_approved", _DONE, ("программ",)),
    ("programme_completed", _ENDED, ("программ", "наставничеств", "цикл", "взаимодейств")),
    ("programme_started", ("начал", "старт", "запуск"), ("программ", "наставничеств", "цикл")),
    ("survey_closed", (*_ENDED, "итог"), ("анкетирован", "опрос", "мониторинг", "тестирован")),
    (
        "application_received",
        ("получен", "поступлен", "подач", "регистрац"),
        ("заявлен", "запрос", "обращен", "документ"),
    ),
    ("meeting", ("встреч", "заседан", "совещан"), ("",)),
)
_HOLIDAYS = {(1, day) for day in range(1, 9)} | {
    (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4),
}  # fmt: skip
"""Labour Code, art. 112; days moved by the government each year are not known here."""


def event_key(words: str) -> str:
    """The key of an event by its words; an unknown event keeps them."""
    low = words.lower().replace("ё", "е")
    parts = [fold(word) for word in low.split()]
    for key, doing, thing in _STEMS:
        if any(p.startswith(doing) for p in parts) and any(p.startswith(thing) for p in parts):
            return key
    tidy = " ".join(" ".join(parts).replace("(", " ").replace(")", " ").split())
    return OTHER + tidy[:_OTHER_CHARS].rstrip()


def event_words(key: str) -> str:
    """What to call the event on a page."""
    return EVENTS.get(key) or key.removeprefix(OTHER)


def due_after(deadline: Deadline, happened: date) -> date | None:
    """The due day of a relative deadline once its event has a date; None for other kinds."""
    if deadline.event is None or not (deadline.recurrence or "").startswith("event("):
        return None
    offset = read_offset(deadline.recurrence or "")
    try:
        return moved(happened, offset)
    except (OverflowError, ValueError):
        return None


def moved(day: date, offset: Offset) -> date:
    """The day at that distance. Raises OverflowError or ValueError beyond the calendar."""
    if offset.unit == "months":
        index = day.year * 12 + day.month - 1 + offset.amount
        year, month = divmod(index, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    if offset.unit == "days":
        return day + timedelta(days=offset.amount)
    step = timedelta(days=1 if offset.amount > 0 else -1)
    left = abs(offset.amount)
    while left:
        day += step
        left -= is_working(day)
    return day


def is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS
