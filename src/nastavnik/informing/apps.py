from django.apps import AppConfig


class InformingConfig(AppConfig):
    name = "nastavnik.informing"
    label = "informing"
    verbose_name = "Информирование"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.informing import (  # noqa: PLC0415 -- models load after the app
            evidence,
            evidence_slips,
            hooks,
            night,
            rooms,
            rooms_slips,
        )

        evidence.register_all()
        evidence_slips.register_all()
        rooms.register_rooms()
        rooms_slips.register_rooms()
        hooks.register_hooks()
        night.register_work()
