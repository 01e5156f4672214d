"""One-time links: they work once, die alike, and never hand over more than their giver may."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from nastavnik.accounts.models import Invitation, User
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.services import invite
from nastavnik.desk.services.access import renew_invitation
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM, Neighbours, actor_as, grant, make_user

NEW = "совсем другой пароль"


def link_for(user: User) -> str:
    return f"/invite/{invite(actor=SYSTEM, user=user, now=timezone.now())}/"


def accept(client: Client, path: str, password: str = NEW):
    return client.post(path, {"password": password, "again": password})


def test_link_sets_the_password_and_signs_in(client, curator) -> None:
    path = link_for(curator)
    answer = accept(client, path)
    curator.refresh_from_db()
    assert (answer.status_code, curator.check_password(NEW)) == (302, True)


def test_used_expired_replaced_and_unknown_links_answer_alike(client, curator) -> None:
    used, replaced = link_for(make_user("a")), link_for(curator)
    accept(Client(), used)
    expired_user = make_user("b")
    expired = link_for(expired_user)
    Invitation.objects.filter(user=expired_user).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    link_for(curator)
    answers = set()
    for path in (used, expired, replaced, "/invite/unknown/"):
        page = client.get(path)
        answers.add((page.status_code, page.content.decode().replace(path.split("/")[2], "")))
    assert [status for status, _ in answers] == [410]


def test_link_dies_after_seven_days(client, curator) -> None:
    path = link_for(curator)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert accept(client, path).status_code == 410


@pytest.mark.parametrize("password", ["короткий", "1234567890", "Викторовна"])
def test_weak_password_is_refused_and_the_link_lives(client, curator, password: str) -> None:
    path = link_for(curator)
    refused = accept(client, path, password).status_code
    assert (refused, client.get(path).status_code) == (422, 200)


def test_token_is_kept_only_as_a_hash(curator) -> None:
    token = invite(actor=SYSTEM, user=curator, now=timezone.now())
    kept = Invitation.objects.values_list("token_hash", flat=True).get()
    assert (len(kept), token in kept) == (64, False)


def test_link_of_an_account_without_a_role_ends_at_the_door(client, db) -> None:
    accept(client, link_for(make_user("nobody-yet")))
    assert client.get("/today/").status_code == 302


def test_new_password_ends_the_sessions_of_the_old_one(client, curator) -> None:
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    accept(Client(), link_for(curator))
    assert client.get("/o/own/people/").status_code == 302


def renew(neighbours: Neighbours, user: User, *roles: Role) -> str:
    with scope({neighbours.own.pk}):
        return renew_invitation(
            actor=actor_as(*roles), organisation=neighbours.own, user=user, now=timezone.now()
        )


RENEWALS = {
    (Role.HEAD, Role.CURATOR): True,
    (Role.HEAD, Role.HEAD): True,
    (Role.CURATOR, Role.RESPONSIBLE): True,
    (Role.CURATOR, Role.SYSADMIN): True,
    (Role.CURATOR, Role.HEAD): False,
    (Role.SYSADMIN, Role.THIRD_PARTY): True,
    (Role.SYSADMIN, Role.CURATOR): False,
    (Role.SYSADMIN, Role.RESPONSIBLE): False,
    (Role.SYSADMIN, Role.HEAD): False,
    (Role.RESPONSIBLE, Role.THIRD_PARTY): False,
}


@pytest.mark.parametrize(("pair", "allowed"), RENEWALS.items())
def test_link_is_renewed_only_for_those_below(neighbours: Neighbours, pair, allowed) -> None:
    giver, taker = pair
    user = make_user("taker")
    grant(user, taker, neighbours.own)
    if allowed:
        assert renew(neighbours, user, giver)
    else:
        with pytest.raises(PermissionRefused):
            renew(neighbours, user, giver)


def test_link_is_not_renewed_for_someone_with_a_role_elsewhere(neighbours: Neighbours) -> None:
    """Else a curator could enter a neighbouring institution as a shared colleague."""
    user = make_user("shared")
    grant(user, Role.COUNCIL, neighbours.own)
    grant(user, Role.CURATOR, neighbours.sibling)
    with pytest.raises(PermissionRefused):
        renew(neighbours, user, Role.HEAD)


def test_link_is_not_renewed_for_an_officer_of_the_territory(neighbours: Neighbours) -> None:
    user = make_user("officer")
    grant(user, Role.COUNCIL, neighbours.own)
    grant(user, Role.REGION, neighbours.region)
    with pytest.raises(PermissionRefused):
        renew(neighbours, user, Role.HEAD)


def test_link_is_not_renewed_for_a_stranger_or_the_server_admin(neighbours: Neighbours) -> None:
    stranger, admin = make_user("stranger"), make_user("admin", is_system_admin=True)
    grant(admin, Role.COUNCIL, neighbours.own)
    for user in (stranger, admin):
        with pytest.raises(DomainError):
            renew(neighbours, user, Role.HEAD)
