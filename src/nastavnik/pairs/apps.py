from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "nastavnik.pairs"
    label = "pairs"
    verbose_name = "Пары и группы"
    default_auto_field = "django.db.models.BigAutoField"
