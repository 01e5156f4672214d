"""What roadmaps put on the menu."""

from nastavnik.shared import navigation
from nastavnik.shared.navigation import Room

ROOMS = (
    Room(
        "territory",
        "Согласование карт",
        "roadmaps:queue",
        action="roadmaps.view",
        order=20,
        scope="territory",
    ),
    Room(
        "territory",
        "Ход карт",
        "roadmaps:grid",
        action="roadmaps.view",
        order=30,
        scope="territory",
    ),
)


def register_all() -> None:
    for room in ROOMS:
        navigation.register(room)
