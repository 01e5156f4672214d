"""A session lives as long as a role does, and forms are accepted from our own pages only."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.services import end_role
from tests.neighbours import Neighbours, grant, make_user

PAGE = "/o/own/people/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, "nastavnik.accounts.backend.PasswordBackend")
    return client


def test_session_ends_when_the_only_role_ends(curator) -> None:
    client = signed_in(curator)
    before = client.get(PAGE).status_code
    with time_machine.travel("2026-11-20 10:00:00+03:00"):
        end_role(grant=RoleGrant.objects.get(user=curator), last_day=date(2026, 11, 19))
        after = client.get(PAGE)
    assert (before, after.status_code, "_auth_user_id" in client.session) == (200, 302, False)


def test_role_holds_through_its_last_day(curator) -> None:
    RoleGrant.objects.update(ends_on=date(2026, 11, 20))
    seen = []
    for moment in ("2026-11-20 23:59:00+03:00", "2026-11-21 00:01:00+03:00"):
        with time_machine.travel(moment):
            seen.append(signed_in(curator).get(PAGE).status_code)
    assert seen == [200, 302]


def test_role_that_has_not_begun_opens_nothing(neighbours: Neighbours) -> None:
    user = make_user("early")
    grant(user, Role.CURATOR, neighbours.own)
    RoleGrant.objects.update(starts_on=date(2999, 1, 1))
    assert signed_in(user).get(PAGE).status_code == 302


def test_losing_one_of_two_roles_keeps_the_other(neighbours: Neighbours, curator) -> None:
    grant(curator, Role.CURATOR, neighbours.sibling)
    client = signed_in(curator)
    RoleGrant.objects.filter(organisation=neighbours.own).update(ends_on=date(2020, 9, 2))
    seen = [client.get(path).status_code for path in (PAGE, "/o/sibling/people/")]
    assert seen == [404, 200]


def test_closed_account_is_out_at_once(curator) -> None:
    client = signed_in(curator)
    curator.is_active = False
    curator.save(update_fields=["is_active"])
    assert client.get(PAGE).status_code == 302


def test_session_ends_after_its_hours(curator) -> None:
    with time_machine.travel("2026-11-20 08:00:00+03:00"):
        client = signed_in(curator)
    with time_machine.travel("2026-11-20 20:01:00+03:00"):
        assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("path", ["/login/", "/logout/", "/display/", "/o/own/people/add/"])
def test_form_without_its_token_is_refused(curator, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    assert client.post(path, {}).status_code == 403
