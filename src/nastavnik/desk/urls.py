from django.urls import path

from nastavnik.desk.views import institution, team, territory, today

app_name = "desk"
_ORG = "o/<slug:org>/"
_TERRITORY = "t/<slug:territory>/"
urlpatterns = [
    path("", today.entry, name="home"),
    path("today/", today.entry, name="entry"),
    path(f"{_ORG}today/", today.today, name="today"),
    path(f"{_ORG}start/", today.launch, name="launch"),
    path(f"{_ORG}audit/", today.history, name="audit"),
    path(f"{_ORG}institution/", institution.card, name="organisation"),
    path(f"{_ORG}institution/edit/", institution.edit, name="organisation_edit"),
    path(f"{_ORG}institution/cases/", institution.cases, name="cases"),
    path(f"{_ORG}institution/contingent/", institution.contingent, name="contingent"),
    path(f"{_ORG}institution/settings/", institution.rules, name="rules"),
    path(f"{_ORG}team/", team.team_page, name="team"),
    path(f"{_ORG}team/group/", team.working_group, name="working_group"),
    path(f"{_ORG}team/appoint/", team.appointments, name="appointments"),
    path(f"{_ORG}team/acting/", team.acting_head, name="acting_head"),
    path(f"{_ORG}team/invite/", team.invite, name="invite"),
    path(f"{_ORG}team/<int:grant_id>/link/", team.renew, name="renew"),
    path(f"{_ORG}team/<int:grant_id>/end/", team.end, name="end_role"),
    path(f"{_TERRITORY}today/", today.territory_today, name="territory_today"),
    path(f"{_TERRITORY}institutions/", territory.institutions, name="institutions"),
    path(f"{_TERRITORY}institutions/add/", territory.add_organisation, name="add_organisation"),
    path(f"{_TERRITORY}add/", territory.add_territory, name="add_territory"),
    path(f"{_TERRITORY}institutions/<slug:slug>/invite/", territory.leader, name="leader"),
    path(f"{_TERRITORY}officers/invite/", territory.officer, name="officer"),
]
