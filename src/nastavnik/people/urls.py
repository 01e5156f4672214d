"""Addresses about people; one list a topic."""

from django.urls import URLPattern, path

from nastavnik.people import urls_papers
from nastavnik.people.views import asks, cards, imports, profiles, registers, representatives

app_name = "people"

register_urls: list[URLPattern] = [
    path("o/<slug:org>/mentees/", registers.mentee_register, name="mentees"),
    path("o/<slug:org>/mentees/register/", registers.official_mentees, name="official-mentees"),
    path("o/<slug:org>/mentees/recheck/", registers.recheck_mentees, name="recheck-mentees"),
    path("o/<slug:org>/mentors/", registers.mentor_register, name="mentors"),
    path("o/<slug:org>/mentors/register/", registers.official_mentors, name="official-mentors"),
    path("o/<slug:org>/mentors/recheck/", registers.recheck_mentors, name="recheck-mentors"),
    path("o/<slug:org>/requests/", registers.requests_report, name="requests"),
    path("o/<slug:org>/find/", registers.find, name="find"),
    path("o/<slug:org>/export/", registers.export, name="export"),
]

CARD = "o/<slug:org>/people/<int:person_id>/"
card_urls: list[URLPattern] = [
    path("o/<slug:org>/people/", registers.people_register, name="people"),
    path("o/<slug:org>/people/add/", cards.add, name="add"),
    path(CARD, cards.card, name="card"),
    path(f"{CARD}edit/", cards.edit, name="edit"),
    path(f"{CARD}names/", cards.names, name="names"),
    path(f"{CARD}merge/", cards.merge_page, name="merge"),
    path(f"{CARD}archive/", cards.archive, name="archive"),
    path(f"{CARD}mentee/", profiles.mentee, name="mentee"),
    path(f"{CARD}mentee/state/", profiles.move_mentee, name="move-mentee"),
    path(f"{CARD}mentor/", profiles.mentor, name="mentor"),
    path(f"{CARD}mentor/state/", profiles.move_mentor, name="move-mentor"),
    path(f"{CARD}requests/add/", asks.add_request, name="add-request"),
    path(f"{CARD}requests/<int:request_id>/", asks.confirm_request, name="confirm-request"),
    path(f"{CARD}requests/<int:request_id>/remove/", asks.remove_request, name="remove-request"),
    path(f"{CARD}competences/add/", asks.add_competence, name="add-competence"),
    path(
        f"{CARD}competences/<int:competence_id>/",
        asks.confirm_competence,
        name="confirm-competence",
    ),
    path(
        f"{CARD}competences/<int:competence_id>/remove/",
        asks.remove_competence,
        name="remove-competence",
    ),
    path(
        f"{CARD}representatives/add/", representatives.add_representative, name="add-representative"
    ),
    path(
        f"{CARD}representatives/<int:representative_id>/",
        representatives.edit_representative,
        name="edit-representative",
    ),
    path(
        f"{CARD}representatives/<int:representative_id>/remove/",
        representatives.remove_representative,
        name="remove-representative",
    ),
]

BATCH = "o/<slug:org>/import/<int:batch_id>/"
import_urls: list[URLPattern] = [
    path("o/<slug:org>/import/", imports.start, name="import-start"),
    path("o/<slug:org>/import/sample/<slug:kind>.xlsx", imports.sample, name="import-sample"),
    path(f"{BATCH}map/", imports.columns, name="import-map"),
    path(f"{BATCH}check/", imports.check, name="import-check"),
    path(f"{BATCH}done/", imports.done, name="import-done"),
    path(f"{BATCH}undo/", imports.undo, name="import-undo"),
    path(f"{BATCH}drop/", imports.drop, name="import-drop"),
]

urlpatterns: list[URLPattern] = [
    *import_urls,
    *register_urls,
    *card_urls,
    *urls_papers.urlpatterns,
]
