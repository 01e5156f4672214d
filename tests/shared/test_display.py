import pytest
from django.urls import reverse

from nastavnik.shared.display import Display

pytestmark = pytest.mark.django_db


def test_display_unknown_values_are_dropped():
    assert Display.from_values(
        {"size": "900", "scheme": 'x" onload="', "images": "off"}
    ) == Display(images="off")


def test_display_choice_is_kept_in_cookie_and_drawn(client):
    answer = client.post(
        reverse("shared:display"), {"size": "200", "scheme": "black", "next": "/display/?a=1"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/display/?a=1")
    assert answer.cookies["display"].value == "size-200.scheme-black"
    page = client.get(reverse("shared:display")).content.decode()
    assert '<html lang="ru" data-size="200" data-scheme="black">' in page


def test_display_forged_cookie_is_ignored(client):
    client.cookies["display"] = 'size-999.scheme-"><script>'

    assert '<html lang="ru">' in client.get(reverse("shared:display")).content.decode()


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"]
)
def test_display_foreign_return_address_leads_home(client, wanted):
    answer = client.post(reverse("shared:display"), {"size": "150", "next": wanted})

    assert answer["Location"] == "/"


def test_display_reset_forgets(client):
    client.cookies["display"] = "size-150"

    answer = client.post(reverse("shared:display"), {"reset": "1", "size": "150", "next": "/"})

    assert answer.cookies["display"].value == ""


def test_display_without_token_is_refused(client_with_csrf):
    answer = client_with_csrf.post(reverse("shared:display"), {"size": "150"})

    assert answer.status_code == 403
    assert "Страница устарела" in answer.content.decode()


@pytest.fixture
def client_with_csrf():
    from django.test import Client

    return Client(enforce_csrf_checks=True)
