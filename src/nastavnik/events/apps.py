from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "nastavnik.events"
    label = "events"
    verbose_name = "Групповые встречи"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.events import evidence, hooks, rooms  # noqa: PLC0415 -- models load after the app

        evidence.register_all()
        rooms.register_rooms()
        hooks.register_hooks()
