"""Addresses of consents, certificates and selection."""

from django.urls import URLPattern, path

from nastavnik.people.views import candidates, certificates, consent, consents, selection

C = "o/<slug:org>/consents/"
CELL = f"{C}<int:person_id>/<slug:kind>/"
T = "o/<slug:org>/certificates/"
S = "o/<slug:org>/selection/"
urlpatterns: list[URLPattern] = [
    path(C, consents.grid, name="consents"),
    path(f"{C}bulk/", consents.bulk, name="consents-bulk"),
    path(f"{C}receive/", consents.receive, name="consents-receive"),
    path(f"{C}blanks/", consents.blanks, name="consents-print"),
    path(f"{C}missing/", consents.missing, name="consents-missing"),
    path(f"{C}record/<int:consent_id>/", consent.consent, name="consent"),
    path(f"{C}record/<int:consent_id>/refuse/", consent.refuse, name="consent-refuse"),
    path(f"{C}record/<int:consent_id>/withdraw/", consent.withdraw, name="consent-withdraw"),
    path(f"{C}record/<int:consent_id>/paper/", consent.withdrawal, name="consent-withdrawal"),
    path(f"{C}scan/<str:token>/", consent.scan, name="consent-scan"),
    path(CELL, consent.cell, name="consent-cell"),
    path(f"{CELL}receive/", consent.receive, name="consent-receive"),
    path(f"{CELL}print/", consent.print_one, name="consent-print"),
    path("c/<str:token>/", consent.token, name="consent-token"),
    path(T, certificates.register, name="certificates"),
    path(f"{T}many/", certificates.many, name="certificates-many"),
    path(f"{T}<int:person_id>/", certificates.enter, name="certificates-enter"),
    path(
        f"{T}<int:person_id>/<slug:kind>/not-required/",
        certificates.not_required,
        name="certificate-not-required",
    ),
    path(f"{T}record/<int:certificate_id>/accept/", certificates.accept, name="certificate-accept"),
    path(f"{T}record/<int:certificate_id>/reject/", certificates.reject, name="certificate-reject"),
    path(S, selection.index, name="selection"),
    path(f"{S}bulk/", selection.bulk, name="selection-bulk"),
    path(f"{S}accept/", selection.accept, name="selection-accept"),
    path(f"{S}sitting/", selection.sitting, name="selection-sitting"),
    path(f"{S}<int:mentor_id>/", candidates.candidate, name="candidate"),
    path(f"{S}<int:mentor_id>/blank/", candidates.application_blank, name="candidate-blank"),
    path(f"{S}<int:mentor_id>/apply/", candidates.apply, name="candidate-apply"),
    path(f"{S}<int:mentor_id>/interview/", candidates.interview, name="candidate-interview"),
    path(f"{S}<int:mentor_id>/protocol/", candidates.interview_protocol, name="candidate-protocol"),
    path(f"{S}<int:mentor_id>/decide/", candidates.decide, name="candidate-decide"),
]
