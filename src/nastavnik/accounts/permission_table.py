"""`docs/permissions.md`: the registry of rights as a table."""

from nastavnik.accounts.permissions import ACTIONS, ROLE_ACTIONS, TERRITORY_ROLES, Role

HEADER = """# Roles and actions

Made from the registry (`src/nastavnik/accounts/permissions.py`) by `nastavnik permissions`; a test compares them.
A role holds over one place of the tree: an institution, or a territory with all below it. What a role may do there
is the set of actions marked `+`. A page names its action in `@page`; a place where the person has no role answers 404,
a role without the action 403.
"""


def permission_table() -> str:
    """The whole page, ending with a line break."""
    institution = [role for role in Role if role not in TERRITORY_ROLES]
    territory = [role for role in Role if role in TERRITORY_ROLES]
    parts = [
        HEADER,
        _section("In an institution", institution),
        _section("On a territory", territory),
    ]
    return "\n".join(parts)


def _section(title: str, roles: list[Role]) -> str:
    held = frozenset().union(*(ROLE_ACTIONS[role] for role in roles))
    head = ["action", "meaning", *(f"`{role.value}`" for role in roles)]
    lines = [f"## {title}", "", *(f"- `{role.value}`: {role.label}" for role in roles), ""]
    lines += [_row(head), _row(["---"] * len(head))]
    for action, meaning in ACTIONS.items():
        if action in held:
            marks = ["+" if action in ROLE_ACTIONS[role] else "" for role in roles]
            lines.append(_row([f"`{action}`", meaning, *marks]))
    return "\n".join([*lines, ""])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
