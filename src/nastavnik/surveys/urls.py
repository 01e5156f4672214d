"""Addresses of surveys."""

from django.urls import path

from nastavnik.surveys.views import campaigns, grid, papers, public, results

app_name = "surveys"

_SURVEYS = "o/<slug:org>/surveys/"
_ONE = f"{_SURVEYS}<int:pk>/"

urlpatterns = [
    path(_SURVEYS, campaigns.surveys, name="list"),
    path(f"{_SURVEYS}new/", campaigns.new, name="new"),
    path(_ONE, campaigns.campaign, name="campaign"),
    path(f"{_ONE}close/", campaigns.close, name="close"),
    path(f"{_ONE}reopen/", campaigns.reopen, name="reopen"),
    path(f"{_ONE}invite/", campaigns.invite, name="invite"),
    path(f"{_ONE}links/", campaigns.links, name="links"),
    path(f"{_ONE}forms/", papers.forms, name="forms"),
    path(f"{_ONE}grid/", grid.grid, name="grid"),
    path(f"{_ONE}analysis/", papers.analysis, name="analysis"),
    path(f"{_ONE}results/", results.results, name="results"),
    path("s/<str:token>/", public.answer_page, name="answer"),
]
