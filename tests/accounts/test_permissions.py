"""The registry is whole, used, and written down."""

import re
from pathlib import Path

from nastavnik.accounts.permission_table import permission_table
from nastavnik.accounts.permissions import ACTIONS, ROLE_ACTIONS, TERRITORY_ROLES, Role

ROOT = Path(__file__).resolve().parents[2]


def test_page_of_permissions_is_the_registry() -> None:
    """After a change: `nastavnik permissions > docs/permissions.md`."""
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == permission_table()


def test_every_role_has_its_actions_and_every_action_a_role() -> None:
    assert set(ROLE_ACTIONS) == set(Role)
    assert set(ACTIONS) == frozenset().union(*ROLE_ACTIONS.values())


def test_territory_reaches_no_row_of_people() -> None:
    about_people = re.compile(r"(people|consents|certificates|selection|matching|pairs|team)\.")
    reached = frozenset().union(*(ROLE_ACTIONS[role] for role in TERRITORY_ROLES))
    assert [action for action in reached if about_people.match(action)] == []


def test_only_the_head_signs() -> None:
    assert [role for role in Role if "documents.sign" in ROLE_ACTIONS[role]] == [Role.HEAD]
