from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nastavnik.accounts"
    label = "accounts"
    verbose_name = "Пользователи и роли"
    default_auto_field = "django.db.models.BigAutoField"
