from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "nastavnik.pairs"
    label = "pairs"
    verbose_name = "Пары и группы"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.pairs import evidence, hooks, rooms  # noqa: PLC0415 -- models load after the app
        from nastavnik.pairs.effects import register_all  # noqa: PLC0415 -- models load after the app

        register_all()
        evidence.register_all()
        rooms.register_rooms()
        hooks.register_hooks()
