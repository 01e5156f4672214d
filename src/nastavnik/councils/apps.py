from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "nastavnik.councils"
    label = "councils"
    verbose_name = "Советы и группы"
    default_auto_field = "django.db.models.BigAutoField"
