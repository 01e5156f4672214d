from datetime import date

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.queries import history_of
from nastavnik.library import queries, services
from nastavnik.library.models import Entry, OwnEntry
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import SYSTEM, actor_as

pytestmark = pytest.mark.django_db

REGION = actor_as(Role.REGION)
CURATOR = actor_as(Role.CURATOR)


def _act(**changes):
    values = {
        "actor": REGION,
        "dictionary": "acts",
        "title": "О региональной модели наставничества",
        "attributes": {"kind": "Распоряжение", "number": "12-р", "date": date(2026, 2, 1)},
    }
    return services.save_entry(**(values | changes))


def test_every_database_has_the_delivered_dictionaries():
    assert queries.counts() == {
        "forms": 12,
        "role_models": 22,
        "kinds": 7,
        "requests": 14,
        "topics": Entry.objects.filter(dictionary="topics").count(),
        "categories": 9,
        "acts": 35,
        "materials": 13,
        "stages": 14,
        "folders": 12,
        "roadmap_templates": 5,
        "roadmap_lines": 155,
    }


def test_load_seed_twice_changes_nothing():
    assert services.load_seed() == 0


def test_load_seed_renews_a_changed_delivery_as_a_new_version():
    Entry.objects.filter(dictionary="kinds", code="group").update(title="Старое название")

    added = services.load_seed()

    found = Entry.objects.filter(dictionary="kinds", code="group").order_by("version")
    assert added == 1
    assert [(e.version, e.is_current, e.title) for e in found] == [
        (1, False, "Старое название"),
        (2, True, "Групповое"),
    ]


def test_load_seed_keeps_what_people_changed():
    services.save_entry(
        actor=SYSTEM, node=None, dictionary="kinds", code="group", title="В группе", attributes={}
    )

    assert services.load_seed() == 0
    assert queries.item("kinds", "group").title == "В группе"


def test_region_adds_an_act_that_only_its_own_tree_sees(neighbours):
    act = _act(node=neighbours.region)

    assert act.code == "o-regionalnoy-modeli-nastavnichestva"
    assert act.attributes["date"] == "2026-02-01"
    here = queries.item("acts", act.code, territory=neighbours.own.territory)
    assert (here.title, here.level) == ("О региональной модели наставничества", "Территория region")
    with pytest.raises(queries.UnknownEntry):
        queries.item("acts", act.code)


def test_change_keeps_the_former_version_and_is_recorded(neighbours):
    first = _act(node=neighbours.region)
    second = _act(
        node=neighbours.region, code=first.code, title="Новое название", reason="опечатка"
    )

    found = queries.item("acts", first.code, territory=neighbours.region)
    assert [(v.version, v.title, v.is_current) for v in queries.versions(found)] == [
        (2, "Новое название", True),
        (1, "О региональной модели наставничества", False),
    ]
    (event,) = history_of(second)
    assert (event.action, event.from_state, event.to_state, event.reason) == (
        "library.save",
        "версия 1",
        "версия 2",
        "опечатка",
    )


def test_nearest_owner_of_a_code_wins(neighbours):
    for node, title in (
        (neighbours.region, "Вид региона"),
        (neighbours.own.territory, "Вид города"),
    ):
        services.save_entry(
            actor=REGION, node=node, dictionary="kinds", code="group", title=title, attributes={}
        )

    nodes = (None, neighbours.region, neighbours.own.territory, neighbours.far.territory)
    shown = [queries.item("kinds", "group", territory=node).title for node in nodes]
    assert shown == ["Групповое", "Вид региона", "Вид города", "Вид региона"]


def test_own_version_keeps_the_attributes_of_the_inherited_one(neighbours):
    saved = services.save_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="kinds",
        code="group",
        title="Групповое",
        attributes={"max_mentees": 12},
    )

    assert (saved.attributes["min_mentees"], saved.attributes["max_mentees"]) == (2, 12)


def test_retired_entry_leaves_the_list_below_but_stays_readable(neighbours):
    services.retire_entry(
        actor=REGION, node=neighbours.region, dictionary="forms", code="parent-pupil", reason="нет"
    )

    here = {e.code for e in queries.items("forms", territory=neighbours.own.territory)}
    assert ("parent-pupil" in here, "pupil-pupil" in here) == (False, True)
    assert not queries.item("forms", "parent-pupil", territory=neighbours.region).is_active
    assert queries.counts(territory=neighbours.region)["forms"] == 11
    assert queries.counts()["forms"] == 12


def test_restored_entry_returns(neighbours):
    common = {"node": neighbours.region, "dictionary": "forms", "code": "parent-pupil"}
    services.retire_entry(actor=REGION, reason="нет", **common)
    services.restore_entry(actor=REGION, **common)

    assert queries.item("forms", "parent-pupil", territory=neighbours.region).is_active


def test_organisation_adds_its_own_act_that_neighbours_do_not_see(school, neighbours):
    act = _act(actor=CURATOR, node=school, title="Положение о наставничестве")

    assert [e.code for e in queries.items("acts", organisation=school)][-1] == act.code
    assert isinstance(act, OwnEntry)
    with pytest.raises(queries.UnknownEntry):
        queries.item("acts", act.code, territory=school.territory)
    assert queries.counts(organisation=school)["acts"] == queries.counts()["acts"] + 1


def test_organisation_cannot_take_a_code_of_its_territory(school):
    with pytest.raises(DomainError) as refused:
        _act(actor=CURATOR, node=school, code="r-145")

    assert refused.value.code == "not_own"


@pytest.mark.parametrize(
    "change",
    [
        lambda node: services.retire_entry(
            actor=CURATOR, node=node, dictionary="acts", code="r-145", reason=""
        ),
        lambda node: services.repeal_act(
            actor=CURATOR, node=node, code="r-145", last_day=date(2026, 1, 1)
        ),
    ],
)
def test_organisation_cannot_change_an_inherited_act(school, change):
    with pytest.raises(DomainError) as refused:
        change(school)

    assert refused.value.code == "not_own"


def test_unknown_entry_cannot_be_retired(neighbours):
    with pytest.raises(queries.UnknownEntry):
        services.retire_entry(
            actor=REGION, node=neighbours.region, dictionary="acts", code="nothing", reason=""
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)}, "valid_to"),
    ],
)
def test_nonsense_is_refused_beside_its_field(neighbours, changes, field):
    with pytest.raises(DomainError) as refused:
        _act(node=neighbours.region, **changes)

    assert refused.value.field == field


def test_same_title_gets_another_code(neighbours):
    codes = [_act(node=neighbours.region, title="Приказ № 5").code for _ in range(3)]

    assert codes == ["prikaz-5", "prikaz-5-2", "prikaz-5-3"]


def test_controller_may_not_write(neighbours):
    with pytest.raises(PermissionRefused):
        _act(actor=actor_as(Role.CONTROLLER), node=neighbours.region)


def test_repeal_refuses_impossible_dates_and_successors(neighbours):
    repeal = {"actor": REGION, "node": neighbours.region, "code": "tk-351-8"}

    with pytest.raises(DomainError) as early:
        services.repeal_act(last_day=date(2025, 2, 1), **repeal)
    with pytest.raises(DomainError) as itself:
        services.repeal_act(last_day=date(2027, 1, 1), replaced_by="tk-351-8", **repeal)

    assert (early.value.field, itself.value.field) == ("last_day", "replaced_by")
