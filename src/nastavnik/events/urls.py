"""Addresses of group meetings."""

from django.urls import path

from nastavnik.events.views import card, checkin, ending, people, prints, register

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
    path(f"{_EVENT}invitations/", prints.invitations, name="invitations"),
    path(f"{_EVENT}invitations/docx/", prints.invitations_docx, name="invitations-docx"),
    path(f"{_EVENT}badges/", prints.badges, name="badges"),
    path(f"{_EVENT}sheet/", prints.sheet, name="sheet"),
    path(f"{_EVENT}sheet/docx/", prints.sheet_docx, name="sheet-docx"),
    path(f"{_EVENT}end/", ending.end, name="end"),
    path("checkin/<str:token>/", checkin.checkin, name="checkin"),
]
