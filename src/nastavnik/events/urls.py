"""Addresses of group meetings."""

from django.urls import path

from nastavnik.events.views import card, checkin, people, register

app_name = "events"

_ORG = "o/<slug:org>/"
_EVENTS = f"{_ORG}events/"
_EVENT = f"{_EVENTS}<int:pk>/"

urlpatterns = [
    path(_EVENTS, register.register, name="list"),
    path(f"{_EVENTS}new/", register.new, name="new"),
    path(_EVENT, card.card, name="card"),
    path(f"{_EVENT}edit/", register.edit, name="edit"),
    path(f"{_EVENT}announce/", card.announce, name="announce"),
    path(f"{_EVENT}start/", card.start, name="start"),
    path(f"{_EVENT}cancel/", card.cancel, name="cancel"),
    path(f"{_EVENT}people/", people.people, name="people"),
    path(f"{_EVENT}people/save/", people.people_save, name="people-save"),
    path(f"{_EVENT}attendance/", people.attendance, name="attendance"),
    path(f"{_EVENT}attendance/save/", people.attendance_save, name="attendance-save"),
    path("checkin/<str:token>/", checkin.checkin, name="checkin"),
]
