"""A child answers on a phone in a few presses; the curator types papers in without a mouse."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.surveys.models import Wish
from nastavnik.tenancy.scope import scope
from tests.e2e.visitor import sign_in
from tests.neighbours import grant, make_neighbours, make_user
from tests.surveys.making import ask, link, place

MOST_PRESSES = 6


def wishes(school, surname):
    with scope({school.pk}):
        rows = Wish.objects.filter(chooser__person__surname=surname).order_by("rank")
        return list(rows.values_list("rank", "about__person__given"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_child_chooses_on_a_phone(live_server, open_page, axe, javascript):
    school = make_neighbours().own
    with scope({school.pk}):
        address = link(place(ask(school), "Азимова"))
    page = open_page(width=360, height=740, javascript=javascript)
    page.goto(live_server.url + address)
    found = axe(page) if javascript else []
    too_wide = javascript and page.evaluate("document.documentElement.scrollWidth > innerWidth")

    targets = page.locator(".pickme__place")
    sizes = [targets.nth(number).bounding_box() for number in range(3)]
    press = [
        round_button(page, "Ольга Петровна, место 1"),
        round_button(page, "Нина Петровна, место 2"),
        page.get_by_role("button", name="Готово"),
    ]
    for target in press:
        target.click()
    page.get_by_text("Ответ записан").wait_for()

    assert len(press) <= MOST_PRESSES
    assert wishes(school, "Азимова") == [(1, "Ольга"), (2, "Нина")]
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in sizes)
    assert (found, too_wide) == ([], False)


@pytest.mark.django_db(transaction=True)
def test_second_press_takes_back_and_one_person_holds_one_place(live_server, open_page):
    school = make_neighbours().own
    with scope({school.pk}):
        address = link(place(ask(school), "Азимова"))
    page = open_page(width=360)
    page.goto(live_server.url + address)
    first = page.get_by_label("Ольга Петровна, место 1")
    second = page.get_by_label("Ольга Петровна, место 2")

    round_button(page, "Ольга Петровна, место 1").click()
    round_button(page, "Ольга Петровна, место 2").click()
    assert (first.is_checked(), second.is_checked()) == (False, True)
    round_button(page, "Ольга Петровна, место 2").click()
    assert not second.is_checked()


@pytest.mark.django_db(transaction=True)
def test_papers_are_typed_in_from_the_keyboard_alone(live_server, open_page, axe):
    school = make_neighbours().own
    curator = make_user("curator")
    grant(curator, Role.CURATOR, school)
    with scope({school.pk}):
        campaign = ask(school)
    page = open_page(width=1280)
    sign_in(page, live_server, curator)
    page.goto(f"{live_server.url}/o/{school.slug}/surveys/{campaign.pk}/grid/")

    type_row(page, "2", "1", "", "", "добрая")
    type_row(page, "0", "", "", "2", "")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("33")
    page.keyboard.press("Enter")
    page.get_by_text("номера 33 нет в списке").first.wait_for()
    page.keyboard.type("3")  # the wrong number stands marked and is replaced
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Сохранить: 4 анкеты").wait_for()
    found = axe(page)
    shown = page.locator("tbody tr").first.inner_text().replace("\u00a0", " ")
    page.keyboard.press("Enter")
    page.get_by_text("Внесено: 4 анкеты.").wait_for()

    assert "Жукова О. П.; Ершова Н. П." in shown
    assert wishes(school, "Азимова") == [(1, "Ольга"), (2, "Нина")]
    assert wishes(school, "Бокова") == [(None, "Ольга")]
    assert (wishes(school, "Вилкова"), wishes(school, "Ершова")) == ([(1, "Нина")], [(1, "Анна")])
    with scope({school.pk}):
        assert place(campaign, "Азимова").why == "добрая"
    assert found == []


def round_button(page, name):
    """What a finger presses: the circle, not the hidden control inside it."""
    return page.locator(".pickme__place", has=page.get_by_label(name))


def type_row(page, *cells):
    """The cursor stands in the first cell of the row and ends in that of the next one."""
    for text in cells:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
