"""Addresses of consents, certificates and selection."""

from django.urls import URLPattern, path

from nastavnik.people.views import consent, consents

C = "o/<slug:org>/consents/"
CELL = f"{C}<int:person_id>/<slug:kind>/"
urlpatterns: list[URLPattern] = [
    path(C, consents.grid, name="consents"),
    path(f"{C}bulk/", consents.bulk, name="consents-bulk"),
    path(f"{C}receive/", consents.receive, name="consents-receive"),
    path(f"{C}blanks/", consents.blanks, name="consents-print"),
    path(f"{C}missing/", consents.missing, name="consents-missing"),
    path(f"{C}record/<int:consent_id>/", consent.consent, name="consent"),
    path(f"{C}record/<int:consent_id>/refuse/", consent.refuse, name="consent-refuse"),
    path(f"{C}record/<int:consent_id>/withdraw/", consent.withdraw, name="consent-withdraw"),
    path(f"{C}scan/<str:token>/", consent.scan, name="consent-scan"),
    path(CELL, consent.cell, name="consent-cell"),
    path(f"{CELL}receive/", consent.receive, name="consent-receive"),
    path(f"{CELL}print/", consent.print_one, name="consent-print"),
    path("c/<str:token>/", consent.token, name="consent-token"),
]
