from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nastavnik.accounts"
    label = "accounts"
    verbose_name = "Пользователи и роли"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.accounts.gate import gate  # noqa: PLC0415 -- models load after the app
        from nastavnik.accounts.places import (  # noqa: PLC0415 -- models load after the app
            places_of,
        )
        from nastavnik.shared.navigation import (  # noqa: PLC0415 -- models load after the app
            install_places,
        )
        from nastavnik.shared.page import install_gate  # noqa: PLC0415 -- models load after the app

        install_gate(gate)
        install_places(places_of)
