from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "nastavnik.roadmaps"
    label = "roadmaps"
    verbose_name = "Дорожные карты"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.roadmaps.catalogue import (  # noqa: PLC0415 -- models load after the app
            lend_to_library,
        )
        from nastavnik.roadmaps.evidence import (  # noqa: PLC0415 -- models load after the app
            register_documents,
        )

        register_documents()
        lend_to_library()
