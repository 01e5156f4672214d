from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "nastavnik.library"
    label = "library"
    verbose_name = "Библиотека"
    default_auto_field = "django.db.models.BigAutoField"
