"""Signing in: one answer for every refusal, a limit on tries, no way out to other sites."""

import re

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.neighbours import make_user

PASSWORD = "проверочный-пароль-1"
LOGIN = "/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
OURS, STRANGER = "203.0.113.7", "198.51.100.9"


class CountingHasher(MD5PasswordHasher):
    """Counts the work that a clock would measure."""

    algorithm = "counting"
    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


def enter(client: Client, login: str = "curator", password: str = PASSWORD, **extra):
    data = {"username": login, "password": password} | extra.pop("data", {})
    return client.post(LOGIN, data, **extra)


def fail_often(client: Client, times: int, **extra) -> list[int]:
    return [enter(client, password="не тот", **extra).status_code for _ in range(times)]


@pytest.mark.parametrize("typed", ["curator", "CURATOR", "  Curator "])
def test_login_is_found_however_it_is_typed(client: Client, curator, typed: str) -> None:
    answer = enter(client, typed)
    assert (answer.status_code, answer.url) == (302, "/today/")


def test_unknown_login_wrong_password_and_closed_account_answer_alike(client, curator) -> None:
    closed = make_user("closed")
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    pages = [
        enter(client, "curator", "не тот"),
        enter(client, "nobody", "не тот"),
        enter(client, "closed", PASSWORD),
    ]
    texts = {
        TOKEN.sub("", page.content.decode()).replace(login, "")
        for page, login in zip(pages, ("curator", "nobody", "closed"), strict=True)
    }
    assert ([page.status_code for page in pages], len(texts)) == ([422] * 3, 1)


def test_unknown_login_costs_as_many_hashes_as_a_known_one(client, curator, settings) -> None:
    """Time tells nothing: both paths run the password hasher exactly once."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    make_user("counted")
    counts = []
    for login in ("counted", "nobody"):
        CountingHasher.calls = 0
        enter(client, login, "не тот")
        counts.append(CountingHasher.calls)
    assert counts == [1, 1]


def test_eleventh_try_is_refused_even_with_the_right_password(client, curator) -> None:
    statuses = fail_often(client, 10, REMOTE_ADDR=STRANGER)
    after = enter(client, REMOTE_ADDR=STRANGER)
    assert (statuses[:9], after.status_code) == ([422] * 9, 429)


def test_spelling_of_the_login_gives_no_more_tries(client, curator) -> None:
    for login in ("curator", "CURATOR", " Curator") * 4:
        enter(client, login, "не тот")
    assert enter(client, "CuRaToR").status_code == 429


def test_tries_are_given_back_after_an_hour(client, curator) -> None:
    with time_machine.travel("2026-11-20 10:00:00+03:00"):
        fail_often(client, 10)
    with time_machine.travel("2026-11-20 11:01:00+03:00"):
        assert enter(client).status_code == 302


def test_owner_at_another_address_is_not_locked_out(client, curator) -> None:
    fail_often(client, 11, REMOTE_ADDR=STRANGER)
    assert enter(Client(), REMOTE_ADDR=OURS).status_code == 302


def test_forged_forwarding_header_gives_no_more_tries(client, curator) -> None:
    statuses = [
        enter(
            client,
            password="не тот",
            REMOTE_ADDR=STRANGER,
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(12)
    ]
    assert statuses[-1] == 429


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(client, curator, settings) -> None:
    """What the client itself wrote into the header stands further left and is not looked at."""
    settings.PROXIES = 1
    for n in range(11):
        enter(
            client,
            password="не тот",
            REMOTE_ADDR="127.0.0.1",
            headers={"X-Forwarded-For": f"192.0.2.{n}, {STRANGER}"},
        )
    seen = [
        enter(Client(), REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": address}).status_code
        for address in (f"192.0.2.99, {STRANGER}", OURS)
    ]
    assert seen == [429, 302]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(client, curator, target: str) -> None:
    assert enter(client, data={"next": target}).url == "/today/"


def test_sign_in_leads_to_the_page_that_was_asked_for(client, curator) -> None:
    assert enter(client, data={"next": "/o/own/people/"}).url == "/o/own/people/"


def test_session_key_changes_at_sign_in(client, curator) -> None:
    client.get(LOGIN)
    client.cookies["sessionid"] = "fixed-by-a-stranger"
    enter(client)
    assert client.cookies["sessionid"].value != "fixed-by-a-stranger"


def test_session_cookie_is_closed_to_scripts_and_other_sites(client, curator) -> None:
    enter(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_sign_out_wants_post_and_ends_the_session(client, curator) -> None:
    enter(client)
    by_link = client.get(reverse("accounts:logout")).status_code
    client.post(reverse("accounts:logout"))
    assert (by_link, client.get("/o/own/people/").status_code) == (405, 302)


def test_demonstration_entry_does_not_exist_in_production(client, curator) -> None:
    assert client.post(reverse("accounts:demo"), {"login": "curator"}).status_code == 404


def test_demonstration_entry_opens_demonstration_accounts_only(client, curator, settings) -> None:
    settings.DEMO = True
    assert client.post(reverse("accounts:demo"), {"login": "curator"}).status_code == 404


def test_password_is_never_sent_back(client, curator) -> None:
    page = enter(client, password="Слово-Которое-Ищем")
    assert "Слово-Которое-Ищем" not in page.content.decode()
