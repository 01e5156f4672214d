from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "nastavnik.tenancy"
    label = "tenancy"
    verbose_name = "Территории и учреждения"
    default_auto_field = "django.db.models.BigAutoField"
