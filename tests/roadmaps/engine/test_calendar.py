"""The calendar file: what readers of calendars expect, to the octet."""

from datetime import UTC, date, datetime

import pytest

from nastavnik.roadmaps.engine.calendar import Entry, calendar

pytestmark = pytest.mark.unit

MADE = datetime(2026, 11, 10, 6, 0, tzinfo=UTC)


def _lines(*entries):
    return calendar("Дорожная карта; школа", entries, made_at=MADE).decode().split("\r\n")


def test_a_day_and_a_span_are_whole_days_with_an_open_end() -> None:
    lines = _lines(
        Entry("1@school", "Приказ", date(2026, 10, 31), date(2026, 10, 31)),
        Entry("2@school", "Обучение", date(2026, 10, 1), date(2026, 10, 31), "куратор"),
    )

    assert [line for line in lines if line.startswith("DT") and "STAMP" not in line] == [
        "DTSTART;VALUE=DATE:20261031",
        "DTEND;VALUE=DATE:20261101",
        "DTSTART;VALUE=DATE:20261001",
        "DTEND;VALUE=DATE:20261101",
    ]
    assert lines[4] == "X-WR-CALNAME:Дорожная карта\\; школа"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTAMP:20261110T060000Z" in lines


def test_long_lines_are_folded_between_letters() -> None:
    text = "Провести анкетирование, «опрос»; собрать согласия\nу всех " * 4
    content = calendar("", [Entry("1", text, MADE.date(), MADE.date())], made_at=MADE)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    unfolded = content.decode().replace("\r\n ", "")
    summary = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:"))
    plain = summary.removeprefix("SUMMARY:").replace("\\n", "\n")
    assert plain.replace("\\,", ",").replace("\\;", ";") == text


def test_control_signs_cannot_break_a_line() -> None:
    content = calendar("", [Entry("1", "а\r\x00\x0bб", MADE.date(), MADE.date())], made_at=MADE)

    assert b"SUMMARY:\xd0\xb0\xd0\xb1\r\n" in content
