"""What the desk puts on the menu and registers with `documents`."""

from nastavnik.desk.services import team
from nastavnik.documents.effects import DocumentEffects, register


def register_all() -> None:
    register(
        team.ORDER_CURATOR,
        DocumentEffects(
            checks=team.check_curator_order,
            on_sign=team.grant_roles,
            on_cancel=team.end_roles,
        ),
    )
