"""The gate: node, grant, action, scope; what is not one's own answers with the same 404."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.test import RequestFactory

from nastavnik.accounts.actor import grants_of
from nastavnik.accounts.gate import gate
from nastavnik.accounts.permissions import Role
from nastavnik.shared.errors import PermissionRefused
from nastavnik.shared.page import PageSpec
from nastavnik.tenancy.scope import scoped_ids
from tests.neighbours import grant, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


def request_of(user, today: date = DAY):
    request = RequestFactory().get("/")
    request.grants = grants_of(user, today=today) if user else None
    return request


def enter(request, action: str = "today.view", **kwargs):
    with gate(request, PageSpec(action, ("GET",)), kwargs) as rest:
        return request.actor.roles, rest, scoped_ids()


def test_own_school_opens_with_its_scope_and_the_rest_of_the_address(neighbours, curator) -> None:
    request = request_of(curator)
    roles, rest, ids = enter(request, org="own", pk=7)
    assert (roles, rest, ids) == ({Role.CURATOR}, {"pk": 7}, {neighbours.own.pk})
    assert request.organisation == neighbours.own
    assert scoped_ids() is None


@pytest.mark.parametrize("address", [{"org": "sibling"}, {"org": "нет"}, {"territory": "нет"}])
def test_foreign_and_missing_nodes_are_not_found(neighbours, curator, address) -> None:
    with pytest.raises(Http404):
        enter(request_of(curator), **address)


def test_territory_of_others_is_not_found(neighbours, curator) -> None:
    with pytest.raises(Http404):
        enter(request_of(curator), territory="first")


def test_anonymous_and_roleless_find_nothing(neighbours) -> None:
    for user in (None, make_user("nobody")):
        for address in ({"org": "own"}, {"territory": "first"}, {}):
            with pytest.raises(Http404):
                enter(request_of(user), **address)


def test_role_reaches_down_its_territory_and_never_up_or_into_schools(neighbours) -> None:
    user = make_user("region")
    grant(user, Role.REGION, neighbours.region)
    request = request_of(user)
    for slug in ("region", "first", "second"):
        assert enter(request, territory=slug) == ({Role.REGION}, {}, None)
    assert request.territory.slug == "second"
    with pytest.raises(Http404):
        enter(request, org="own")
    officer = make_user("officer")
    grant(officer, Role.COORDINATOR, neighbours.own.territory)
    for slug in ("region", "second"):
        with pytest.raises(Http404):
            enter(request_of(officer), territory=slug)


def test_role_of_a_school_on_a_territory_opens_nothing(neighbours) -> None:
    user = make_user("odd")
    grant(user, Role.HEAD, neighbours.region)
    with pytest.raises(Http404):
        enter(request_of(user), territory="region")


def test_action_of_another_role_is_refused_in_words(neighbours, curator) -> None:
    with pytest.raises(PermissionRefused, match="Эта страница вам не открыта") as refused:
        enter(request_of(curator), "documents.sign", org="own")
    assert "Роль «Куратор» этого сделать не может." in str(refused.value)


def test_roles_of_two_schools_do_not_mix(neighbours) -> None:
    user = make_user("two")
    grant(user, Role.HEAD, neighbours.own)
    grant(user, Role.SYSADMIN, neighbours.sibling)
    assert enter(request_of(user), "documents.sign", org="own")[0] == {Role.HEAD}
    with pytest.raises(PermissionRefused):
        enter(request_of(user), "documents.sign", org="sibling")
    assert enter(request_of(user))[0] == {Role.HEAD, Role.SYSADMIN}


def test_misspelt_action_is_an_error_for_everybody(neighbours, curator) -> None:
    for user in (curator, None):
        with pytest.raises(KeyError):
            enter(request_of(user), "today.vew", org="own")


def test_grant_holds_from_its_first_to_its_last_day(neighbours) -> None:
    user = make_user("term")
    row = grant(user, Role.CURATOR, neighbours.own)
    row.starts_on, row.ends_on = DAY, DAY + timedelta(days=1)
    row.save()
    held = [bool(grants_of(user, today=DAY + timedelta(days=n)).rows) for n in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]
