"""Places of the section «Люди» in the menu."""

from nastavnik.shared.navigation import Room, register


def register_rooms() -> None:
    register(Room("people", "Наставляемые", "people:mentees", action="people.view", order=10))
    register(Room("people", "Наставники", "people:mentors", action="mentors.view", order=20))
    register(Room("people", "Все люди", "people:people", action="people.view", order=60))
    register(
        Room(
            "people",
            "Загрузка из Excel",
            "people:import-start",
            action="people.import",
            order=70,
            icon="upload",
            text="Реестры наставляемых, наставников и сотрудников из файлов.",
            up="desk:launch",
        )
    )
    register(
        Room(
            "more",
            "Выгрузка реестров",
            "people:export",
            action="people.export",
            order=70,
            icon="download",
            text="Файлы Excel в официальной форме.",
        )
    )
