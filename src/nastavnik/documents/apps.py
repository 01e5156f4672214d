from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nastavnik.documents"
    label = "documents"
    verbose_name = "Документы"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.documents import rooms  # noqa: PLC0415 -- models load after the app

        rooms.open_rooms()
