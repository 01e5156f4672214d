from django.apps import AppConfig


class InformingConfig(AppConfig):
    name = "nastavnik.informing"
    label = "informing"
    verbose_name = "Информирование"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.informing import evidence_slips, night, rooms_slips  # noqa: PLC0415 -- models load after the app

        evidence_slips.register_all()
        rooms_slips.register_rooms()
        night.register_work()
