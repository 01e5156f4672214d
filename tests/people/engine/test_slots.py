"""Free hours of the week: read from what schools write, told back in the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.people.engine.slots import (
    known_slots,
    read_slots,
    slots_in_words,
    slots_of_ticks,
    ticks_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ср 15:00–17:00; пт после обеда", "ср 15:00–17:00; пт 13:00–18:00"),
        ("Среда с 15.00 до 17.00, пятница 14-16", "ср 15:00–17:00; пт 14:00–16:00"),
        ("вт, чт 16:00-18:00", "вт, чт 16:00–18:00"),
        ("пн-пт после уроков", "пн–пт 15:00–18:00"),
        ("по средам в 15:00", "ср 15:00–16:00"),
        ("будни вечером; выходные весь день", "пн–пт 18:00–21:00; сб, вс весь день"),
        ("с понедельника по среду после 17", "пн–ср 17:00–21:00"),
        ("ср 10-12, 15-17", "ср 10:00–12:00, 15:00–17:00"),
        ("суббота до 12 ч.", "сб 8:00–12:00"),
        ("вт 15:30-17:30", "вт 16:00–17:00"),
        ("чт 14:15–15:00", "чт 14:00–15:00"),
        ("ежедневно утром", "пн–вс 8:00–12:00"),
        ("во вторник днём и в пятницу утром", "вт 12:00–15:00; пт 8:00–12:00"),
        ("сб-пн 9-10", "пн, сб, вс 9:00–10:00"),
        ("", ""),
    ],
)
def test_usual_spellings_are_understood_without_doubt(text, words):
    reading = read_slots(text)

    assert slots_in_words(reading.slots) == words
    assert (reading.doubts, reading.unknown) == ((), ())


@pytest.mark.parametrize(
    ("text", "words", "doubts", "unknown"),
    [
        ("после 15:00", "пн–пт 15:00–21:00", ("не назван день («после 15:00»): взяты будни",), ()),
        ("ср", "ср весь день", ("не названо время («ср»): взят весь день",), ()),
        ("ср 3-5", "ср 15:00–17:00", ("«3-5» — приняли за время после полудня",), ()),
        ("2 часа в неделю", "", (), ("2 часа", "неделю")),
        ("ср 15-16 кроме каникул", "ср 15:00–16:00", (), ("кроме", "каникул")),
        ("ср 25:00", "", (), ("25:00",)),
        ("ср 22-23; чт 15", "чт 15:00–16:00", (), ("22-23",)),
    ],
)
def test_what_is_assumed_or_not_understood_is_told(text, words, doubts, unknown):
    reading = read_slots(text)

    assert slots_in_words(reading.slots) == words
    assert (reading.doubts, reading.unknown) == (doubts, unknown)


@given(st.frozensets(st.sampled_from(sorted(known_slots())), max_size=30))
def test_words_read_back_are_the_same_hours(slots):
    reading = read_slots(slots_in_words(slots))

    assert frozenset(reading.slots) == slots
    assert (reading.doubts, reading.unknown) == ((), ())


@given(st.frozensets(st.sampled_from(sorted(known_slots())), max_size=91))
def test_ticks_and_words_of_a_form_lose_nothing(slots):
    ticks, words = ticks_of(slots)

    assert slots_of_ticks(ticks) | frozenset(read_slots(words).slots) == slots


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text):
    assert frozenset(read_slots(text).slots) <= known_slots()
