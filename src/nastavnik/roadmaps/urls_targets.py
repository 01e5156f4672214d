"""Addresses of the targets of a roadmap."""

from django.urls import URLPattern, path

from nastavnik.roadmaps.views import targets

_TARGET = "o/<slug:org>/roadmap/targets/<int:target_id>/"

target_urls: list[URLPattern] = [
    path("o/<slug:org>/roadmap/<int:pk>/targets/", targets.add, name="target-add"),
    path(_TARGET, targets.edit, name="target"),
    path(f"{_TARGET}remove/", targets.remove, name="target-remove"),
]
