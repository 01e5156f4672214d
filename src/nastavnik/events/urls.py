"""Addresses of group meetings."""

from django.urls import path

from nastavnik.events.views import (
    card,
    checkin,
    ending,
    people,
    prints,
    register,
    screen,
    survey,
    talks,
)

app_name = "events"

_ORG = "o/<slug:org>/"
_EVENTS = f"{_ORG}events/"
_EVENT = f"{_EVENTS}<int:pk>/"

urlpatterns = [
    path(_EVENTS, register.register, name="list"),
    path(f"{_EVENTS}new/", register.new, name="new"),
    path(f"{_EVENTS}without/", register.waive, name="waive"),
    path(f"{_EVENTS}without/undo/", register.unwaive, name="unwaive"),
    path(_EVENT, card.card, name="card"),
    path(f"{_EVENT}edit/", register.edit, name="edit"),
    path(f"{_EVENT}announce/", card.announce, name="announce"),
    path(f"{_EVENT}start/", card.start, name="start"),
    path(f"{_EVENT}cancel/", card.cancel, name="cancel"),
    path(f"{_EVENT}reopen/", card.reopen, name="reopen"),
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
    path(f"{_EVENT}survey/", survey.survey, name="survey"),
    path(f"{_EVENT}screen/", screen.screen, name="screen"),
    path(f"{_EVENT}screen/count/", screen.screen_count, name="screen-count"),
    path(f"{_EVENT}rotation/", talks.talks, name="talks"),
    path(f"{_EVENT}rotation/make/", talks.talks_make, name="talks-make"),
    path(f"{_EVENT}rotation/print/", talks.talks_print, name="talks-print"),
    path(f"{_EVENT}rotation/<int:number>/", talks.talks_round, name="talks-round"),
    path("checkin/<str:token>/", checkin.checkin, name="checkin"),
]
