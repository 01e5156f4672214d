from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def _install_walls(using: str, **_kwargs: Any) -> None:
    from nastavnik.tenancy import walls  # noqa: PLC0415 -- models are not loaded yet at import

    walls.install(connections[using])
    walls.let_in(connections[using], settings.DB_ROLE)


def _lift_walls(using: str, **_kwargs: Any) -> None:
    from nastavnik.tenancy import walls  # noqa: PLC0415 -- models are not loaded yet at import

    walls.lift(connections[using])


class TenancyConfig(AppConfig):
    name = "nastavnik.tenancy"
    label = "tenancy"
    verbose_name = "Территории и учреждения"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.apps import apps  # noqa: PLC0415 -- the registry is complete only now

        # The signal comes once per app that has models; the last such app has every table before it.
        own = [app for app in apps.get_app_configs() if app.name.startswith("nastavnik.")]
        last = [app for app in own if app.models_module is not None][-1]
        post_migrate.connect(_install_walls, sender=last, dispatch_uid="tenancy.walls")
        pre_migrate.connect(_lift_walls, sender=self, dispatch_uid="tenancy.walls")
