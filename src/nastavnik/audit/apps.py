from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nastavnik.audit"
    label = "audit"
    verbose_name = "Журнал действий"
    default_auto_field = "django.db.models.BigAutoField"
