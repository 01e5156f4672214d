"""The place of group meetings in the menu."""

from nastavnik.shared.navigation import Room, register


def register_rooms() -> None:
    register(
        Room(
            "pairs",
            "Групповые встречи",
            "events:list",
            action="events.view",
            order=15,
            icon="people",
            text="Приглашения, бейджи, отметка пришедших, короткие разговоры, протокол.",
        )
    )
