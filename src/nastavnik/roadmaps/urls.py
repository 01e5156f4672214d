"""Addresses of roadmaps: the institution's own and the territory's work with many."""

from django.urls import path

from nastavnik.roadmaps.views import agreement, progress

app_name = "roadmaps"

_TERRITORY = "t/<slug:territory>/roadmaps/"

urlpatterns = [
    path(_TERRITORY, agreement.queue, name="queue"),
    path(f"{_TERRITORY}agree/", agreement.agree_many, name="agree-many"),
    path(f"{_TERRITORY}grid/", progress.grid, name="grid"),
    path(f"{_TERRITORY}overdue/", progress.overdue, name="overdue"),
    path(f"{_TERRITORY}<int:pk>/", agreement.judge, name="judge"),
    path(f"{_TERRITORY}<int:pk>/agree/", agreement.agree, name="agree"),
    path(f"{_TERRITORY}<int:pk>/return/", agreement.send_back, name="send-back"),
]
