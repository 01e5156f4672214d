"""Which roles work with pairs, the programme, matching and orders."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.matching.policies import can_match
from nastavnik.pairs import policies
from tests.neighbours import SYSTEM, actor_as

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("policy", "roles"),
    [
        (policies.can_edit_pairs, {Role.CURATOR}),
        (policies.can_edit_programme, {Role.CURATOR}),
        (policies.can_prepare_orders, {Role.CURATOR, Role.HEAD}),
        (can_match, {Role.CURATOR}),
    ],
)
def test_policy_opens_to_its_roles(policy, roles) -> None:
    assert {role for role in Role if policy(actor_as(role))} == roles
    assert policy(SYSTEM)
