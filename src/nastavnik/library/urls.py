"""The library of an institution (`o/…`) and of a territory (`t/…`)."""

from django.urls import URLPattern, path

from nastavnik.library import views

app_name = "library"


def _pages(prefix: str, own: str, edit: tuple[object, ...]) -> list[URLPattern]:
    add, change, retire, restore, repeal = edit
    base, entry = f"{prefix}/library/", f"{prefix}/library/<slug:dictionary>/<slug:code>/"
    made: list[tuple[str, object, str]] = [
        (base, views.index, "index"),
        (f"{base}new/<slug:dictionary>/", add, "add"),
        (f"{base}<slug:dictionary>/", views.dictionary, "dictionary"),
        (entry, views.entry, "entry"),
        (f"{entry}edit/", change, "edit"),
        (f"{entry}retire/", retire, "retire"),
        (f"{entry}restore/", restore, "restore"),
        (f"{base}acts/<slug:code>/repeal/", repeal, "repeal"),
    ]
    return [path(route, view, name=f"{own}{name}") for route, view, name in made]  # type: ignore[call-overload]


urlpatterns = [
    *_pages(
        "o/<slug:org>",
        "",
        (views.add_own, views.edit_own, views.retire_own, views.restore_own, views.repeal_own),
    ),
    *_pages(
        "t/<slug:territory>",
        "territory_",
        (views.add_here, views.edit_here, views.retire_here, views.restore_here, views.repeal_here),
    ),
]
