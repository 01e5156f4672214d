from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nastavnik.documents"
    label = "documents"
    verbose_name = "Документы"
    default_auto_field = "django.db.models.BigAutoField"
