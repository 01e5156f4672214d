from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "nastavnik.shared"
    label = "shared"
    verbose_name = "Общее"
    default_auto_field = "django.db.models.BigAutoField"
