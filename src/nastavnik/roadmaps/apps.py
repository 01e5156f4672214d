from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "nastavnik.roadmaps"
    label = "roadmaps"
    verbose_name = "Дорожные карты"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.roadmaps import (  # noqa: PLC0415 -- models load after the app
            catalogue,
            papers,
            rooms,
        )

        rooms.register_all()
        papers.register_all()
        catalogue.lend_to_library()
