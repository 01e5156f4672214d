"""The place of the informing campaign in the menu."""

from nastavnik.shared.navigation import Room, register


def register_rooms() -> None:
    register(
        Room(
            "roadmap",
            "Информирование",
            "informing:campaign",
            action="informing.view",
            order=30,
            icon="people",
            text="Кому рассказали о программе и кто хочет участвовать: встречи, объявления, письма, СМИ.",
        )
    )
