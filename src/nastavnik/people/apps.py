from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nastavnik.people"
    label = "people"
    verbose_name = "Люди"
    default_auto_field = "django.db.models.BigAutoField"
