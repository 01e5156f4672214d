"""The tree: who adds institutions and territories, whom they appoint, what is refused."""

import pytest
from django.core.exceptions import ValidationError

from nastavnik.accounts.models import Invitation, RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent, SystemEvent
from nastavnik.desk.services.access import invite_to_organisation, invite_to_territory
from nastavnik.desk.services.territory import add_organisation, add_territory, found_territory
from nastavnik.documents.models import Journal
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM, actor_as
from tests.people_making import DAY

COORDINATOR, CENTRE = actor_as(Role.COORDINATOR), actor_as(Role.CENTRE)
SCHOOL = {"slug": "new", "kind": "school", "short_name": "Школа № 9", "full_name": "Школа № 9"}
DISTRICT = {"slug": "district", "kind": "municipality", "name": "Заречный район"}
PERSON = {"surname": "Громов", "given": "Пётр", "patronymic": "", "gender": "male"}


def test_coordinator_adds_an_institution_with_its_journals(neighbours) -> None:
    added = add_organisation(actor=COORDINATOR, territory=neighbours.own.territory, values=SCHOOL)
    assert Organisation.objects.get(slug="new") == added
    with scope({added.pk}):
        assert Journal.objects.count() == 3
        assert AuditEvent.objects.get().action == "organisation.add"


def test_taken_address_is_refused_in_words(neighbours) -> None:
    with pytest.raises(DomainError) as refused:
        add_organisation(
            actor=COORDINATOR, territory=neighbours.region, values=SCHOOL | {"slug": "own"}
        )
    assert (refused.value.code, refused.value.field) == ("slug_taken", "slug")
    with pytest.raises(DomainError) as refused:
        add_territory(
            actor=COORDINATOR, parent=neighbours.region, values=DISTRICT | {"slug": "first"}
        )
    assert refused.value.code == "slug_taken"


def test_impossible_address_is_refused(neighbours) -> None:
    with pytest.raises(ValidationError):
        add_organisation(
            actor=COORDINATOR, territory=neighbours.region, values=SCHOOL | {"slug": "не адрес"}
        )


def test_territory_stands_under_its_parent(neighbours) -> None:
    added = add_territory(actor=COORDINATOR, parent=neighbours.region, values=DISTRICT)
    assert added.parent == neighbours.region
    assert SystemEvent.objects.filter(action="territory.add").count() == 1


def test_others_add_nothing(neighbours) -> None:
    for actor in (CENTRE, actor_as(Role.HEAD), actor_as(Role.CONTROLLER)):
        with pytest.raises(PermissionRefused):
            add_organisation(actor=actor, territory=neighbours.region, values=SCHOOL)
        with pytest.raises(PermissionRefused):
            add_territory(actor=actor, parent=neighbours.region, values=DISTRICT)


@pytest.mark.django_db
def test_root_of_a_tree_is_founded_by_the_server_only() -> None:
    root = {"name": " Новая область ", "slug": "root", "kind": "region"}
    with pytest.raises(DomainError) as refused:
        found_territory(actor=actor_as(Role.REGION), **root)
    assert refused.value.code == "system_only"
    assert found_territory(actor=SYSTEM, **root).name == "Новая область"
    with pytest.raises(DomainError) as again:
        found_territory(actor=SYSTEM, **root)
    assert again.value.code == "slug_taken"


def test_territory_appoints_the_first_curator_by_a_link(neighbours, now) -> None:
    values = {"organisation": neighbours.own, "now": now, "today": DAY, "from_territory": True}
    token = invite_to_organisation(actor=COORDINATOR, role=Role.CURATOR, **PERSON, **values)
    assert token
    assert RoleGrant.objects.get().organisation == neighbours.own
    assert Invitation.objects.get().used_at is None
    for actor, role in ((COORDINATOR, Role.SYSADMIN), (actor_as(Role.HEAD), Role.CURATOR)):
        with pytest.raises(PermissionRefused):
            invite_to_organisation(actor=actor, role=role, **PERSON, **values)


def test_territory_appoints_its_officers_and_no_heads(neighbours, now) -> None:
    values = {"territory": neighbours.region, "audience": "", "now": now, "today": DAY}
    invite_to_territory(actor=COORDINATOR, role=Role.CENTRE, **PERSON, **values)
    assert RoleGrant.objects.get().territory == neighbours.region
    for actor, role in (
        (COORDINATOR, Role.HEAD),
        (COORDINATOR, Role.REGION),
        (CENTRE, Role.CENTRE),
    ):
        with pytest.raises(PermissionRefused):
            invite_to_territory(actor=actor, role=role, **PERSON, **values)
    assert SystemEvent.objects.filter(action="accounts.grant").count() == 1
