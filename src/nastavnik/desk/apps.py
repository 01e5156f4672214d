from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nastavnik.desk"
    label = "desk"
    verbose_name = "Рабочий стол"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.desk.rooms import register_all  # noqa: PLC0415 -- models load after the app

        register_all()
