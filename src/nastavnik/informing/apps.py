from django.apps import AppConfig


class InformingConfig(AppConfig):
    name = "nastavnik.informing"
    label = "informing"
    verbose_name = "Информирование"
    default_auto_field = "django.db.models.BigAutoField"
