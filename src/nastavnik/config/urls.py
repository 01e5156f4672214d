"""All addresses; each app owns its own list."""

from django.urls import URLPattern, URLResolver, path

from nastavnik.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
