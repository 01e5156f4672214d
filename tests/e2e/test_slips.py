"""A child says «хочу участвовать» on a phone in half a minute, with the black scheme as well."""

import pytest
from django.utils.timezone import localdate

from nastavnik.informing.links import path_of
from nastavnik.informing.models import Slip
from nastavnik.shared.display import COOKIE
from nastavnik.tenancy.scope import scope
from tests.informing.slips_making import sheets_for
from tests.neighbours import make_neighbours


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("display", ["", "scheme-black"])
def test_child_joins_on_a_phone(live_server, open_page, axe, display):
    school = make_neighbours().own
    with scope({school.pk}):
        child, adult = sheets_for(school, "5Б", audiences=("parents",), today=localdate())
        paths = [path_of(adult), path_of(child)]
    page = open_page(width=360, height=740)
    if display:
        page.context.add_cookies([{"name": COOKIE, "value": display, "url": live_server.url}])
    faults = []
    for path in paths:
        page.goto(live_server.url + path)
        faults += axe(page)
        faults += [path] * page.evaluate("document.documentElement.scrollWidth > innerWidth")

    page.get_by_text("Хочу, чтобы у меня был наставник").click()
    page.locator(".chip", has_text="Учёба").click()
    page.get_by_label("Фамилия и имя").fill("Лиса-12")
    page.get_by_text("Это не имя, а кодовое слово").click()
    page.get_by_role("button", name="Записаться").click()
    page.get_by_text("Спасибо, мы тебя записали").wait_for()
    faults += axe(page)

    with scope({school.pk}):
        rows = list(Slip.objects.values_list("name", "is_code", "side", "request_code"))
    assert rows == [("Лиса-12", True, "mentee", "study")]
    assert faults == []
