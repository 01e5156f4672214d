import datetime as dt

import pytest
from django.template.loader import render_to_string

from nastavnik.shared import today
from nastavnik.shared.today import Card, cards_for, register_card

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def no_providers(monkeypatch):
    monkeypatch.setattr(today, "_providers", {})


def card(title, level="go", day=None):
    return Card(title, "Текст.", "/x/", "Открыть", level, dt.date(2026, 10, day) if day else None)


def test_cards_urgent_first_then_by_date():
    register_card(
        "curator",
        lambda request: [card("в", day=5), card("б", "wait"), card("г", day=2), card("д")],
    )
    register_card("curator", lambda request: [card("а", "bad", 30)])

    assert [found.title for found in cards_for(["curator"], None)] == ["а", "б", "г", "в", "д"]


def test_cards_at_most_seven():
    register_card("head", lambda request: [card(str(number)) for number in range(9)])

    assert len(cards_for(["head"], None)) == 7


def test_cards_of_two_roles_are_not_doubled():
    def provider(request):
        return [card("а")]

    register_card("head", provider)
    register_card("curator", provider)
    register_card("curator", provider)

    assert cards_for(["head", "curator", "parent"], None) == [card("а")]


def test_today_cards_empty_day_says_what_is_next():
    html = render_to_string(
        "ui/today_cards.html", {"cards": [], "next_text": "Ближайшее: 24 октября."}
    )

    assert "На сегодня всё" in html
    assert "Ближайшее: 24 октября." in html
