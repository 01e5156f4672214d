"""The coordinator's room: many agreed at once, one returned with remarks, the grid, what is late."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.catalogue import template_of
from nastavnik.roadmaps.models import ItemComment, ItemState, Roadmap, RoadmapState
from nastavnik.roadmaps.queries import agreement, progress
from nastavnik.roadmaps.services import states
from nastavnik.roadmaps.services.drafting import create_from_template
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_organisation, make_user
from tests.roadmaps.making import CURATOR, YEAR, items_of, line, make_roadmap

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def town(neighbours):
    return neighbours.own.territory


@pytest.fixture
def coordinator(client, town):
    user = make_user("coordinator")
    grant(user, Role.COORDINATOR, town)
    client.force_login(user)
    return client


def sent(organisation: Organisation, *lines, template="") -> Roadmap:
    """A roadmap on agreement with the coordinator; `template` makes it the template's, word for word."""
    with scope({organisation.pk}):
        if template:
            roadmap = create_from_template(
                actor=CURATOR,
                organisation=organisation,
                code=template,
                title="Дорожная карта",
                period=YEAR,
                lines=template_of(template, organisation=organisation).lines,
            )
        else:
            roadmap = make_roadmap(organisation, *lines)
        return states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")


def state_of(roadmap: Roadmap) -> str:
    with scope({roadmap.organisation_id}):
        return Roadmap.objects.get(pk=roadmap.pk).state


def test_template_word_for_word_is_clean_and_a_file_is_looked_at(neighbours, town):
    clean = sent(neighbours.own, template="institution")
    looked = sent(neighbours.sibling, line("Свой пункт", "май"))

    found = agreement.queue(town, on=TODAY)

    assert [one.roadmap.pk for one in found.clean] == [clean.pk]
    assert [one.roadmap.pk for one in found.deviating] == [looked.pk]


def test_clean_ones_are_agreed_by_one_button(neighbours, town, coordinator):
    roadmaps = [
        sent(place, template="institution") for place in (neighbours.own, neighbours.sibling)
    ]

    coordinator.post(
        reverse("roadmaps:agree-many", kwargs={"territory": town.slug}),
        {"roadmaps": [roadmap.pk for roadmap in roadmaps]},
    )

    assert [state_of(roadmap) for roadmap in roadmaps] == [RoadmapState.AGREED] * 2


def test_a_deviating_one_and_a_foreign_one_are_not_agreed_by_that_button(
    neighbours, town, coordinator
):
    deviating = sent(neighbours.own, line("Свой пункт", "май"))
    foreign = sent(neighbours.far, template="institution")
    address = reverse("roadmaps:agree-many", kwargs={"territory": town.slug})

    for roadmap in (deviating, foreign):
        coordinator.post(address, {"roadmaps": [roadmap.pk]})

    assert [state_of(one) for one in (deviating, foreign)] == [RoadmapState.ON_AGREEMENT] * 2


def test_return_joins_chips_and_words_into_remarks(neighbours, town, coordinator):
    roadmap = sent(neighbours.own, line("Первый", ""), line("Второй", "май"))
    with scope({neighbours.own.pk}):
        first = items_of(roadmap)[0]
    kwargs = {"territory": town.slug, "pk": roadmap.pk}

    coordinator.post(
        reverse("roadmaps:send-back", kwargs=kwargs),
        {f"chips-{first.pk}": ["1"], f"text-{first.pk}": "Например, до октября."},
    )

    with scope({neighbours.own.pk}):
        remarks = list(ItemComment.objects.values_list("item_id", "text"))
    assert remarks == [(first.pk, "Укажите срок. Например, до октября.")]
    assert state_of(roadmap) == RoadmapState.RETURNED


def test_return_without_a_word_is_refused_and_nothing_moves(neighbours, town, coordinator):
    roadmap = sent(neighbours.own, line("Первый", ""))
    kwargs = {"territory": town.slug, "pk": roadmap.pk}

    answer = coordinator.post(reverse("roadmaps:send-back", kwargs=kwargs), {})

    assert answer.status_code == 422
    assert "Напишите, что исправить." in answer.content.decode()
    assert state_of(roadmap) == RoadmapState.ON_AGREEMENT


def test_passed_days_are_a_check_of_the_page_and_no_obstacle(neighbours, town, coordinator):
    roadmap = sent(neighbours.own, line("Прошёл", "до 01.10.2026"), line("Впереди", "май"))
    kwargs = {"territory": town.slug, "pk": roadmap.pk}

    page = coordinator.get(reverse("roadmaps:judge", kwargs=kwargs), {"all": "1"}).content.decode()

    assert "Сроки прошли: 1" in page
    assert "до 01.10.2026 (прошёл)" in page
    assert "росроч" not in page


@pytest.mark.parametrize("name", ["judge", "agree", "send-back"])
def test_roadmap_of_another_town_and_a_draft_are_not_there(neighbours, town, coordinator, name):
    foreign = sent(neighbours.far, line("Чужой", "май"))
    with scope({neighbours.own.pk}):
        draft = make_roadmap(neighbours.own)

    for roadmap in (foreign, draft):
        address = reverse(f"roadmaps:{name}", kwargs={"territory": town.slug, "pk": roadmap.pk})
        ask = coordinator.get if name == "judge" else coordinator.post
        assert ask(address).status_code == 404


def test_controller_reads_but_does_not_agree(neighbours, town, client):
    roadmap = sent(neighbours.own, line("Первый", "май"))
    user = make_user("controller")
    grant(user, Role.CONTROLLER, town)
    client.force_login(user)
    kwargs = {"territory": town.slug, "pk": roadmap.pk}

    assert client.get(reverse("roadmaps:judge", kwargs=kwargs)).status_code == 200
    assert client.post(reverse("roadmaps:agree", kwargs=kwargs)).status_code == 403


def in_force(organisation: Organisation, *lines) -> Roadmap:
    """As an order would leave it; the order itself is another test's matter."""
    with scope({organisation.pk}):
        roadmap = make_roadmap(organisation, *lines, template_code="institution")
        Roadmap.objects.filter(pk=roadmap.pk).update(
            state=RoadmapState.IN_FORCE, agreed_on=TODAY, in_force_on=TODAY
        )
    return roadmap


def test_grid_tells_done_late_and_ahead_and_puts_the_late_first(neighbours, town):
    late = [
        line("Первый", "до 30.09.2026", origin="institution/1"),
        line("Второй", "май", origin="institution/2"),
        line("Третий", "постоянно", origin="institution/3"),
    ]
    in_force(neighbours.sibling, *late)
    done = in_force(neighbours.own, *late)
    with scope({neighbours.own.pk}):
        done.items.filter(position=1).update(state=ItemState.DONE)

    found = progress.grid(town, on=TODAY)

    letters = [("".join(cell.letter for cell in row.cells), row.late) for row in found.rows]
    assert letters == [("П··", 1), ("В··", 0)]
    assert [row.organisation for row in found.rows] == [neighbours.sibling, neighbours.own]


def test_every_late_line_counts_though_lines_of_a_file_have_no_key(neighbours, town):
    in_force(neighbours.own, line("Раз", "до 30.09.2026"), line("Два", "до 01.10.2026"))

    assert [row.late for row in progress.grid(town, on=TODAY).rows] == [2]


def test_roadmap_in_force_stays_in_the_grid_while_its_next_version_is_drafted(neighbours, town):
    roadmap = in_force(neighbours.own, line("Раз", "до 30.09.2026", origin="institution/1"))
    with scope({neighbours.own.pk}):
        make_roadmap(neighbours.own)

    assert [row.roadmap for row in progress.grid(town, on=TODAY).rows] == [roadmap]


def test_only_dated_open_lines_in_force_are_overdue(neighbours, town):
    in_force(
        neighbours.own,
        line("Дата прошла", "до 30.09.2026"),
        line("Постоянный", "постоянно"),
        line("По другому документу", "в соответствии с планом работы совета"),
    )
    with scope({neighbours.sibling.pk}):
        make_roadmap(neighbours.sibling, line("Черновик", "до 30.09.2026"))

    found = progress.overdue(town, on=TODAY)

    assert [(one.item.text, one.days, one.item.who) for one in found] == [
        ("Дата прошла", 14, "Куратор")
    ]


@pytest.mark.parametrize("query", ["", "?print=1"])
def test_overdue_page_and_its_sheet(neighbours, town, coordinator, query):
    in_force(neighbours.own, line("Дата прошла", "до 30.09.2026"))

    page = coordinator.get(reverse("roadmaps:overdue", kwargs={"territory": town.slug}) + query)

    assert "14 дней" in page.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["queue", "grid", "overdue"])
def test_empty_territory_says_so(town, coordinator, name):
    answer = coordinator.get(reverse(f"roadmaps:{name}", kwargs={"territory": town.slug}))

    assert 'class="empty"' in answer.content.decode()


def test_next_leads_round_the_queue_without_a_clean_one(neighbours, town):
    sent(make_organisation("clean", town), template="institution")
    looked = [
        sent(place, line("Свой пункт", "май"))
        for place in (neighbours.own, neighbours.sibling, make_organisation("third", town))
    ]

    following = [agreement.next_waiting(town, roadmap, on=TODAY).roadmap for roadmap in looked]

    assert following == [*looked[1:], looked[0]]


def test_deciding_one_opens_the_one_after_it(neighbours, town, coordinator):
    skipped, decided, after = (
        sent(place, line("Свой пункт", "май"))
        for place in (neighbours.own, neighbours.sibling, make_organisation("third", town))
    )

    def at(name, roadmap):
        return reverse(f"roadmaps:{name}", kwargs={"territory": town.slug, "pk": roadmap.pk})

    page = coordinator.get(at("judge", skipped)).content.decode()
    answer = coordinator.post(at("agree", decided))

    assert f'href="{at("judge", decided)}"' in page
    assert answer["Location"] == at("judge", after)


def test_missing_day_and_person_are_asked_for_without_typing(neighbours, town, coordinator):
    roadmap = sent(neighbours.own, line("Без всего", "", responsible=()), line("Есть всё", "май"))
    kwargs = {"territory": town.slug, "pk": roadmap.pk}

    form = coordinator.get(reverse("roadmaps:judge", kwargs=kwargs)).context_data["form"]

    with scope({neighbours.own.pk}):
        first = items_of(roadmap)[0].pk
    assert {name: sorted(chips) for name, chips in form.initial.items()} == {
        f"chips-{first}": [0, 1]
    }
