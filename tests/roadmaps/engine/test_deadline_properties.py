"""What holds for any text: nothing raises, nothing is lost, noise changes nothing."""

import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.roadmaps.engine.deadlines import (
    Kind,
    Period,
    as_dict,
    from_dict,
    goal_of,
    occurrences,
    parse,
    period_of,
)
from nastavnik.roadmaps.engine.deadlines.grammar import CONNECTORS
from nastavnik.roadmaps.engine.deadlines.recurrence import read_recurrence

pytestmark = pytest.mark.unit

MONTHS = [
    "январь",
    "февраля",
    "март",
    "апреле",
    "май",
    "июнь",
    "июля",
    "августе",
    "сентябрь",
    "октябрь",
    "ноября",
    "декабрь",
]
PIECES = [
    *MONTHS, "до", "с", "по", "в", "на", "не позднее", "не реже", "раз", "1 раз", "два раза",
    "ежегодно", "ежемесячно", "ежеквартально", "каждый", "месяц", "год", "года", "г.", "квартал",
    "четверть", "полугодие", "учебный", "2022", "2022/2023", "2021-2024", "15", "1", "II", "31",
    "15.03.2022", "01.09", "15.03.22", "числа", "последняя", "пятница", "в течение", "двух недель",
    "10 рабочих дней", "со дня", "подписания приказа", "после", "за", "встречи", "постоянно",
    "по мере необходимости", "в соответствии с", "планом", "совета", "периода", "реализации", "-",
    "–", "конца", "начало", "весь", "срок", "каникулы", "осенние", "куратор", "отчёт", "следующего",
    "за отчётным", "начиная", "включительно", "летом", "(", ")", "«", "»", "половина",
]  # fmt: skip
NOISELESS = (
    "до 15 марта 2022 г.",
    "не позднее 30.10.2021 г.",
    "март - декабрь 2022 г.",
    "май, август 2022 г.",
    "с 1 января по 31 декабря 2021 г.",
    "с 07 по 16 ноября 2022 г.",
    "ежемесячно 25 числа 2021 года",
    "ежеквартально декабрь 2021 г.",
    "ежегодно, на постоянной основе май",
    "в течение двух недель с даты определения модели",
    "в течение 3 рабочих дней со дня подписания приказа",
    "не реже одного раза в календарный год",
    "раз в две недели",
    "до конца 3 квартала 2022 г.",
    "в течение I четверти",
    "2 полугодие 2022 - 2023 учебного года",
    "не позднее 25 числа месяца, следующего за отчётным",
    "последняя пятница месяца",
    "на 2020 - 2024 учебный год",
    "в соответствии с планом работы совета",
    "по мере необходимости",
    "до 1 сентября ежегодно",
    "весь период",
    "начало сентября 2022 г.",
)
SPACES = (" ", "  ", "\u00a0", "\t", " \u00a0", "\u202f")
DASHES = ("-", "–", "—", " - ", " – ", "\u2011", "−")
LATIN = str.maketrans("асеорхАВСЕНКМОРТХ", "aceopxABCEHKMOPTX")

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
periods = st.none() | st.builds(
    lambda start, length, academic: Period(start, start + timedelta(length), academic),
    days,
    st.integers(0, 1500),
    st.booleans(),
)
cells = st.lists(st.sampled_from(PIECES), max_size=12).flatmap(
    lambda pieces: st.lists(
        st.sampled_from([" ", ", ", "; ", "\n", " и "]),
        min_size=len(pieces),
        max_size=len(pieces),
    ).map(
        lambda joints: "".join(a + b for a, b in zip(pieces, joints, strict=True)),
    )
)
texts = st.text(max_size=60) | cells


@given(texts, periods)
def test_any_text_gives_deadlines_that_survive_json_and_lay_out(text, period):
    found = parse(text, period)

    assert found
    assert tuple(from_dict(json.loads(json.dumps(as_dict(one)))) for one in found) == found
    assert all(one.question or one.kind is not Kind.UNKNOWN for one in found)
    laid = occurrences(found, period)
    assert [one.ordinal for one in laid] == list(range(1, len(laid) + 1))
    assert all(one.start <= one.due for one in laid if one.start and one.due)
    period_of(text)
    goal_of(text)


@given(cells, periods)
def test_every_word_is_in_a_phrase_or_in_an_unknown_part(text, period):
    told = " ".join(one.source_words for one in parse(text, period))

    left = [word for word in re.findall(r"\w+", text.lower()) if word not in CONNECTORS]
    said = re.findall(r"\w+", told.lower())
    assert [word for word in left if word not in said] == []


@given(cells, periods)
def test_an_end_is_never_before_its_start_and_rules_are_readable(text, period):
    for one in parse(text, period):
        assert one.start is None or one.end is None or one.start <= one.end
        if one.recurrence and not one.recurrence.startswith("event("):
            assert str(read_recurrence(one.recurrence)) == one.recurrence


@given(st.integers(1, 12), st.integers(1, 12), periods)
def test_months_without_a_year_stay_in_the_period_or_ask(first, last, period):
    (found,) = parse(f"{MONTHS[first - 1]} – {MONTHS[last - 1]}", period)

    if found.start is None or found.end is None:
        assert found.question
    else:
        assert period is not None
        assert found.start <= period.end
        assert period.start <= found.end
        assert (found.start.month, found.end.month) == (first, last)


@given(st.sampled_from(NOISELESS), st.data())
def test_noise_changes_nothing(text, data):
    noisy = data.draw(st.sampled_from([str, str.upper, str.title, str.lower]))(text)
    noisy = noisy.replace(" - ", data.draw(st.sampled_from(DASHES)))
    noisy = noisy.replace("ё", data.draw(st.sampled_from("её")))
    noisy = noisy.replace(" ", data.draw(st.sampled_from(SPACES)))
    if data.draw(st.booleans()):
        noisy = noisy.translate(LATIN)
    if data.draw(st.booleans()):
        noisy = noisy.replace(".", "") if ".2" not in noisy else noisy
        noisy = f"  {noisy.rstrip('.')}.. "
    noisy = re.sub(
        r"(?<=\d{4})\s+(?=г)", data.draw(st.sampled_from(["", " "])), noisy, flags=re.IGNORECASE
    )
    period = Period(date(2022, 9, 1), date(2023, 8, 31), academic=True)

    assert meaning(noisy, period) == meaning(text, period)


def meaning(text, period):
    return [
        (one.kind, one.start, one.end, one.recurrence, bool(one.question))
        for one in parse(text, period)
    ]
