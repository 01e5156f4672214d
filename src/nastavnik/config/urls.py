"""All addresses; each app owns its own list."""

from django.urls import URLPattern, URLResolver, include, path

from nastavnik.config.health import healthz

handler400 = "nastavnik.shared.views.bad_request"
handler403 = "nastavnik.shared.views.permission_denied"
handler404 = "nastavnik.shared.views.not_found"
handler500 = "nastavnik.shared.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("nastavnik.shared.urls")),
    path("", include("nastavnik.library.urls")),
    path("", include("nastavnik.documents.urls")),
    path("", include("nastavnik.roadmaps.urls")),
    path("", include("nastavnik.people.urls")),
    path("", include("nastavnik.surveys.urls")),
    path("", include("nastavnik.pairs.urls")),
    path("", include("nastavnik.events.urls")),
    path("", include("nastavnik.councils.urls")),
    path("", include("nastavnik.informing.urls")),
    path("", include("nastavnik.accounts.urls")),
    path("", include("nastavnik.desk.urls")),
]
