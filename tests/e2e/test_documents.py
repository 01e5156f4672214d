"""The head signs on a phone; the sheet before the signature is the one that prints."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.tenancy.scope import scope
from tests.documents.making import make_waiting
from tests.e2e.visitor import sign_in
from tests.neighbours import grant, make_neighbours, make_user


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_head_signs_on_a_phone(live_server, open_page, axe, javascript):
    school = make_neighbours().own
    head = make_user("head", surname="Зотов", given="Игорь", patronymic="Павлович")
    grant(head, Role.HEAD, school)
    with scope({school.pk}):
        document = make_waiting(school)
    page = open_page(width=360, javascript=javascript)
    sign_in(page, live_server, head)

    page.goto(f"{live_server.url}/o/{school.slug}/docs/inbox/")
    sheet = page.locator(".paper").inner_text()
    found = axe(page) if javascript else []
    too_wide = javascript and page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Подписать документ").click()
    page.get_by_text("Документ действует").wait_for()

    with scope({school.pk}):
        assert Document.objects.get(pk=document.pk).number == 1
    assert (found, too_wide) == ([], False)
    assert "ПРИКАЗЫВАЮ" in sheet
    assert "№ 1" in page.locator(".paper").inner_text().replace("\u00a0", " ")
