"""Councils, working and creative groups: composition by order, plan, sittings, protocols."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "nastavnik.councils"
    label = "councils"
    verbose_name = "Советы и группы"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.councils import effects, evidence, rooms  # noqa: PLC0415 -- models load after the app

        effects.register_all()
        evidence.register_all()
        rooms.register_all()
