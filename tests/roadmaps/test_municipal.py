"""The territory's own roadmap: from an empty page to lines that the institutions have taken over."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.roadmaps.models import ItemState, RoadmapItem
from nastavnik.roadmaps.queries.municipal import municipal as municipal_of
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_organisation, make_user
from tests.people_making import DAY
from tests.roadmaps.making import line, make_roadmap
from tests.roadmaps.test_upper import municipal
from tests.roadmaps.test_upper_pages import text_of

pytestmark = pytest.mark.django_db
AT = {"territory": "first"}
OWN = "/t/first/roadmaps/own/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def town(neighbours):
    return neighbours.own.territory


@pytest.fixture
def office(town):
    return make_organisation("office", town, kind="authority")


@pytest.fixture
def coordinator(client, town):
    user = make_user("coordinator")
    row = grant(user, Role.COORDINATOR, town)
    row.ends_on = date(2027, 6, 30)
    row.save()
    client.force_login(user)
    return client


def test_without_an_authority_the_page_asks_for_one(coordinator) -> None:
    assert "Сначала добавьте орган управления образованием" in text_of(coordinator.get(OWN))


@pytest.mark.parametrize(
    ("way", "page", "asks"),
    [("import", "import", "Дорожная карта из файла"), ("template", "new", "Муниципальная")],
)
def test_empty_page_leads_to_a_page_that_works(office, coordinator, way, page, asks) -> None:
    shown = text_of(coordinator.get(OWN))

    opened = coordinator.post(f"{OWN}keep/", {"way": way}, follow=True)

    assert "Нет утверждённой муниципальной программы" in shown
    assert opened.redirect_chain == [(reverse(f"roadmaps:{page}", kwargs={"org": "office"}), 302)]
    assert (opened.status_code, asks in text_of(opened)) == (200, True)


def test_right_is_given_once_with_a_trace_and_ends_with_the_officers_own(
    office, coordinator
) -> None:
    for _ in range(2):
        coordinator.post(f"{OWN}keep/", {"way": "import"})

    given = RoleGrant.objects.get(organisation=office)
    assert (given.role, given.starts_on, given.ends_on) == (
        Role.RESPONSIBLE,
        DAY,
        date(2027, 6, 30),
    )
    with scope({office.pk}):
        assert AuditEvent.objects.filter(action="accounts.grant").count() == 1


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.REGION])
def test_who_only_reads_gets_no_right(client, town, office, role) -> None:
    user = make_user("reader")
    grant(user, role, town)
    client.force_login(user)

    page = text_of(client.get(OWN))
    refused = client.post(f"{OWN}keep/", {"way": "import"})

    assert ("Взять шаблон" in page, refused.status_code) == (False, 403)
    assert not RoleGrant.objects.filter(organisation=office).exists()


def test_neighbouring_towns_office_is_out_of_reach(neighbours, coordinator) -> None:
    make_organisation("their-office", neighbours.far.territory, kind="authority")

    answer = coordinator.post("/t/second/roadmaps/own/keep/", {"way": "import"})

    assert answer.status_code == 404


def test_draft_is_offered_to_go_on_with(office, coordinator) -> None:
    with scope({office.pk}):
        make_roadmap(office, line("Своё"), kind="municipal")

    page = text_of(coordinator.get(OWN))

    assert ("Карта готовится" in page, "Продолжить" in page) == (True, True)


def test_programme_in_force_shows_its_order_and_who_took_each_line(
    neighbours, office, coordinator
) -> None:
    for place in (neighbours.own, neighbours.sibling, neighbours.far):
        with scope({place.pk}):
            make_roadmap(place)
    roadmap = municipal(office)
    with scope({neighbours.own.pk}):
        RoadmapItem.objects.filter(upper_id__isnull=False).update(state=ItemState.DONE)

    found = municipal_of(office.territory)
    page = text_of(coordinator.get(OWN))

    assert [(one.item.text, one.taken, one.done) for one in found.lines] == [
        ("Всем: обучить наставников", 2, 1)
    ]
    with scope({office.pk}):
        number = roadmap.order.number_text
    assert f"Утверждена приказом № {number} от 10 ноября" in page
    assert "2 из 2" in page
    assert reverse("roadmaps:strip", kwargs={**AT, "pk": roadmap.pk}) in page


def test_municipal_strip_is_read_at_home(office, coordinator) -> None:
    roadmap = municipal(office)

    page = coordinator.get(reverse("roadmaps:strip", kwargs={**AT, "pk": roadmap.pk}))

    assert "Всем: обучить наставников" in text_of(page)
