from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from nastavnik.shared.navigation import Room, register


def _load_seed(using: str, **_kwargs: Any) -> None:
    from django.db import DEFAULT_DB_ALIAS, connections  # noqa: PLC0415 -- models are not loaded yet

    from nastavnik.library import models, services  # noqa: PLC0415 -- models are not loaded yet

    tables = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and models.Entry._meta.db_table in tables:
        services.load_seed()


class LibraryConfig(AppConfig):
    name = "nastavnik.library"
    label = "library"
    verbose_name = "Библиотека"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(
            Room(
                "more",
                "Библиотека",
                "library:index",
                action="library.view",
                icon="book",
                text="Справочники, правовые акты, материалы",
            )
        )
        register(
            Room(
                "more",
                "Библиотека территории",
                "library:territory_index",
                action="library.view",
                icon="book",
                scope="territory",
                text="Справочники и акты вашего уровня",
            )
        )
        # Every database gets the delivered dictionaries and every upgrade renews them; not a data
        # migration, because tests that empty the tables send the same signal.
        post_migrate.connect(_load_seed, sender=self, dispatch_uid="library.seed")
