"""The review of proposals in a real browser: by the keyboard alone, and by dragging a card."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.matching.models import MatchChange
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.tenancy.scope import scope
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_neighbours, make_user
from tests.pairs.making import CURATOR
from tests.people_making import DAY, make_mentee, make_mentor

TABS_AT_MOST = 80


@pytest.fixture
def review(live_server, open_page, transactional_db):
    """The review of a school with two proposals."""
    school = make_neighbours().own
    user = make_user("curator")
    grant(user, Role.CURATOR, school)
    with scope({school.pk}):
        for name in ("Юдина", "Яшина"):
            make_mentee(school, name)
            make_mentor(school, f"{name[:-2]}ева", capacity=1)
        propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    visitor = Visitor(open_page(javascript=True), live_server, user, school)
    visitor.open("match/")
    return visitor, school


def tab_to(page, text: str) -> None:
    """Press Tab until what has the focus says this."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "document.activeElement.innerText || document.activeElement.closest('label')?.innerText"
        )
        if said and said.replace("\n", " ").startswith(text):
            return
    raise AssertionError(f"no way to «{text}» by Tab")


def test_pair_is_locked_undone_and_accepted_by_the_keyboard_alone(review):
    visitor, school = review
    page = visitor.page
    tab_to(page, "Закрепить")
    page.keyboard.press("Enter")
    page.wait_for_url("**/with/**")
    tab_to(page, "Закрепить эту пару")
    tab_to(page, "Уже занимались вместе")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("в следующих подборах эта пара останется").wait_for()
    tab_to(page, "Отменить")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Отменить решение").wait_for()
    tab_to(page, "Ошибка при выборе")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Решение отменено").wait_for()
    tab_to(page, "Принять")
    page.keyboard.press("Enter")
    page.get_by_text("Теперь спросите участников").wait_for()
    with scope({school.pk}):
        change = MatchChange.objects.get()
    assert (change.kind, change.reason, change.undone_at is None) == (
        "lock",
        "Просьба семьи",
        False,
    )


def test_card_dragged_onto_another_asks_about_that_mentor(review):
    page = review[0].page
    cards = page.locator("[data-mentee]")
    other = cards.nth(1).get_attribute("data-mentor")
    mentee = cards.nth(0).get_attribute("data-mentee")
    cards.nth(0).locator(".person").first.drag_to(cards.nth(1))
    page.wait_for_url(f"**/match/{mentee}/with/{other}/")
    page.get_by_text("Закрепить и пересчитать остальных").wait_for()


def test_slider_of_what_if_counts_at_once(review):
    visitor, _ = review
    visitor.open("gap/")
    visitor.page.locator(".slide__range").first.fill("2")
    visitor.page.get_by_text("После изменений наставник есть").wait_for()
    assert visitor.page.get_by_label("Новых наставников").input_value() == "2"
