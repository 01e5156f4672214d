"""Who agrees at which level of the tree and of which direction; the region reads numbers."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.actor import Actor, Grants
from nastavnik.accounts.audiences import Audience
from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.models import AgreementBody, Roadmap, RoadmapKind, RoadmapState
from nastavnik.roadmaps.queries import agreement, progress
from nastavnik.roadmaps.services import states
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM, grant, make_organisation, make_user
from tests.roadmaps.making import CURATOR, line, make_roadmap
from tests.roadmaps.test_upper_pages import in_force, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T09:00:00+03:00", tick=False):
        yield


def sent(organisation, **more) -> Roadmap:
    is_office = organisation.kind == "authority"
    with scope({organisation.pk}):
        roadmap = make_roadmap(
            organisation,
            line("Свой пункт", "май"),
            actor=SYSTEM if is_office else CURATOR,
            kind=RoadmapKind.MUNICIPAL if is_office else RoadmapKind.INSTITUTION,
            **more,
        )
        return states.send_to_agreement(
            actor=SYSTEM if is_office else CURATOR,
            roadmap=roadmap,
            by=AgreementBody.COORDINATOR,
        )


def officer(role, territory, audience=""):
    """Somebody with a role at the territory."""
    user = make_user(f"{role}-{territory.slug}-{len(audience)}")
    row = grant(user, role, territory)
    row.audience = audience
    row.save()
    return user


def queue_of(territory, audiences=frozenset()) -> list[Roadmap]:
    found = agreement.queue(territory, on=TODAY, audiences=audiences)
    return [one.roadmap for one in (*found.clean, *found.deviating)]


def test_each_roadmap_waits_at_the_nearest_level_with_an_officer(neighbours) -> None:
    region, town = neighbours.region, neighbours.own.territory
    officer(Role.COORDINATOR, region)
    officer(Role.COORDINATOR, town)
    college = make_organisation("college", region, kind="college")
    in_town, unmanned, direct = sent(neighbours.own), sent(neighbours.far), sent(college)

    assert queue_of(town) == [in_town]
    assert queue_of(region) == [unmanned, direct]


def test_without_any_officer_a_roadmap_waits_on_its_own_territory(neighbours) -> None:
    roadmap = sent(neighbours.own)

    assert (queue_of(neighbours.own.territory), queue_of(neighbours.region)) == ([roadmap], [])


def test_municipal_roadmap_is_agreed_a_level_above_and_never_at_home(neighbours, client) -> None:
    region, town = neighbours.region, neighbours.own.territory
    client.force_login(officer(Role.COORDINATOR, region))
    roadmap = sent(make_organisation("office", town, kind="authority"))

    assert (queue_of(town), queue_of(region)) == ([], [roadmap])
    at_home, above = (
        client.post(
            reverse("roadmaps:agree", kwargs={"territory": place.slug, "pk": roadmap.pk})
        ).status_code
        for place in (town, region)
    )
    with scope({roadmap.organisation_id}):
        roadmap.refresh_from_db()
    assert (at_home, above, roadmap.state) == (404, 302, RoadmapState.AGREED)


def test_the_topmost_office_sends_its_roadmap_to_a_council_only(neighbours) -> None:
    ministry = make_organisation("ministry", neighbours.region, kind="authority")

    with pytest.raises(DomainError) as refused:
        sent(ministry)

    assert (refused.value.code, refused.value.field) == ("nobody_above", "by")


def test_region_reads_numbers_of_municipalities_and_goes_down_without_editing(
    neighbours, client
) -> None:
    late = in_force(neighbours.own, line("Раз", "до 30.09.2026"), line("Два", "до 01.10.2026"))
    sent(neighbours.sibling)
    client.force_login(officer(Role.REGION, neighbours.region))

    found = progress.below(neighbours.region, on=TODAY)
    told = [
        (one.territory.slug, one.institutions, one.in_force, one.waiting, one.late_lines)
        for one in found
    ]
    pages = [
        client.get(reverse(f"roadmaps:{name}", kwargs={"territory": place, **more}))
        for name, place, more in (
            ("grid", "region", {}),
            ("grid", "first", {}),
            ("strip", "first", {"pk": late.pk}),
        )
    ]

    assert told == [("first", 2, 1, 1, 2), ("second", 1, 0, 0, 0)]
    assert [page.status_code for page in pages] == [200] * 3
    assert '<a href="/t/first/roadmaps/grid/">' in text_of(pages[0])
    assert '<a href="/t/region/roadmaps/grid/">' in text_of(pages[1])
    agree = reverse("roadmaps:agree", kwargs={"territory": "region", "pk": late.pk})
    assert client.post(agree).status_code == 403


AUDIENCES = [
    ("school", "institution", {Audience.STUDENTS}),
    ("school", "teachers", {Audience.STAFF}),
    ("school", "", {Audience.STAFF, Audience.STUDENTS}),
    ("kindergarten", "teachers", {Audience.KINDERGARTENS}),
]


@pytest.mark.parametrize(("kind", "template", "readers"), AUDIENCES)
def test_each_of_three_coordinators_has_the_roadmaps_of_his_direction(
    neighbours, kind, template, readers
) -> None:
    town = neighbours.own.territory
    roadmap = sent(make_organisation("place", town, kind=kind), template_code=template)

    holders = {one for one in Audience if queue_of(town, frozenset({one.value})) == [roadmap]}

    assert holders == readers
    assert queue_of(town) == [roadmap]


@pytest.mark.parametrize(
    ("audience", "status"), [("", 302), (Audience.STUDENTS, 302), (Audience.STAFF, 403)]
)
def test_coordinator_of_another_direction_agrees_nothing(
    neighbours, client, audience, status
) -> None:
    town = neighbours.own.territory
    client.force_login(officer(Role.COORDINATOR, town, str(audience)))
    roadmap = sent(neighbours.own, template_code="institution")

    answer = client.post(
        reverse("roadmaps:agree", kwargs={"territory": town.slug, "pk": roadmap.pk})
    )

    assert answer.status_code == status


def test_return_of_another_direction_is_refused_in_words(neighbours) -> None:
    roadmap = sent(neighbours.own, template_code="institution")
    actor = Actor(
        None, "Рябова", frozenset({Role.COORDINATOR}), audiences=frozenset({Audience.STAFF.value})
    )

    with scope({neighbours.own.pk}), pytest.raises(PermissionRefused) as refused:
        states.return_with_comments(actor=actor, roadmap=roadmap, words="Исправьте")

    assert "другого направления: обучающиеся от 10 лет" in refused.value.message


def test_grid_shows_the_direction_of_its_reader(neighbours) -> None:
    town = neighbours.own.territory
    garden = make_organisation("garden", town, kind="kindergarten")
    for place in (neighbours.own, garden):
        in_force(place, line("Раз", "до 30.09.2026"))

    shown = [
        [row.organisation for row in progress.grid(town, on=TODAY, audiences=frozenset(one)).rows]
        for one in ({Audience.KINDERGARTENS.value}, {Audience.STUDENTS.value}, set())
    ]

    assert shown == [[garden], [neighbours.own], [garden, neighbours.own]]


def test_two_directions_of_one_person_join_and_a_grant_without_one_means_all(neighbours) -> None:
    town = neighbours.own.territory
    user = officer(Role.COORDINATOR, town, Audience.STAFF.value)
    grants = [*user.grants.all()]
    both = grant(user, Role.CENTRE, town)
    both.audience = Audience.STUDENTS.value
    alone = Grants(user, tuple(grants)).at_territory(town).audiences
    joined = Grants(user, (*grants, both)).at_territory(town).audiences
    both.audience = ""
    everything = Grants(user, (*grants, both)).at_territory(town).audiences

    assert (alone, joined, everything) == (
        {Audience.STAFF.value},
        {Audience.STAFF.value, Audience.STUDENTS.value},
        frozenset(),
    )
