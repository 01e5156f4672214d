import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.library.policies import can_edit
from tests.neighbours import SYSTEM, actor_as, make_organisation, make_territory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "dictionary", "in_territory", "in_school"),
    [
        (Role.REGION, "forms", True, False),
        (Role.COORDINATOR, "acts", True, False),
        (Role.CENTRE, "requests", True, False),
        (Role.CONTROLLER, "acts", False, False),
        (Role.CURATOR, "acts", False, True),
        (Role.HEAD, "materials", False, True),
        (Role.CURATOR, "forms", False, False),
        (Role.RESPONSIBLE, "acts", False, False),
        (Role.REGION, "folders", False, False),
    ],
)
def test_each_level_edits_its_own_entries(role, dictionary, in_territory, in_school):
    region = make_territory("region")
    school = make_organisation("own", region)
    actor = actor_as(role)

    verdicts = [bool(can_edit(actor, node, dictionary)) for node in (region, school, None)]

    assert verdicts == [in_territory, in_school, False]


def test_federal_entries_are_changed_by_the_system_only():
    assert can_edit(SYSTEM, None, "acts")
    assert not can_edit(SYSTEM, None, "categories")
