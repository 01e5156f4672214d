from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "nastavnik.matching"
    label = "matching"
    verbose_name = "Подбор"
    default_auto_field = "django.db.models.BigAutoField"
