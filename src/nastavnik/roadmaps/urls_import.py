"""Addresses of the import of roadmaps."""

from django.urls import URLPattern, path

from nastavnik.roadmaps.views import imports

_IMPORT = "o/<slug:org>/roadmap/import/"
_ONE = f"{_IMPORT}<int:import_id>/"

import_urls: list[URLPattern] = [
    path(_IMPORT, imports.start, name="import"),
    path(_ONE, imports.check, name="import-check"),
    path(f"{_ONE}done/", imports.done, name="import-done"),
    path(f"{_ONE}undo/", imports.undo, name="import-undo"),
    path(f"{_ONE}drop/", imports.drop, name="import-drop"),
]
