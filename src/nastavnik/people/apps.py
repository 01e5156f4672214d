from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nastavnik.people"
    label = "people"
    verbose_name = "Люди"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rooms of the menu; states follow the papers."""
        from nastavnik.people import evidence, news, papers_rooms, rooms  # noqa: PLC0415 -- models load after the app
        from nastavnik.people.services.states import (  # noqa: PLC0415 -- models load after the app
            refresh_states,
        )

        rooms.register_rooms()
        evidence.register_all()
        papers_rooms.register_papers()
        news.listen(refresh_states)
