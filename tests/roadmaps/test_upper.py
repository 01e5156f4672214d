"""Mandatory lines of the municipal roadmap stand in every roadmap below and follow it."""

from datetime import date

import pytest
import time_machine

from nastavnik.documents.kinds import example_data
from nastavnik.documents.services.signing import sign_document
from nastavnik.roadmaps.models import Roadmap, RoadmapItem, RoadmapKind, RoadmapState
from nastavnik.roadmaps.queries.upper import mandatory_lines_above
from nastavnik.roadmaps.services import approval, states
from nastavnik.roadmaps.services.items import edit_item, remove_item
from nastavnik.roadmaps.services.upper import follow_upper
from nastavnik.roadmaps.services.versions import new_version
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM, make_organisation
from tests.people_making import DAY
from tests.roadmaps.making import CURATOR, items_of, line, make_roadmap


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def office(neighbours):
    return make_organisation("office", neighbours.own.territory, kind="authority")


def in_force(office, roadmap: Roadmap) -> Roadmap:
    """The whole way of a municipal roadmap, by the system."""
    sent = states.send_to_agreement(
        actor=SYSTEM, roadmap=roadmap, by="council", council="городской совет"
    )
    paper = states.Protocol("1", date(2026, 11, 1))
    agreed = states.agree(actor=SYSTEM, roadmap=sent, protocol=paper)
    order = approval.prepare_order(actor=SYSTEM, roadmap=agreed, data=example_data("order_roadmap"))
    sign_document(actor=SYSTEM, document=order, registered_on=DAY)
    agreed.refresh_from_db()
    return agreed


def municipal(office) -> Roadmap:
    with scope({office.pk}):
        return in_force(
            office,
            make_roadmap(
                office,
                line("Всем: обучить наставников", "до 30.11.2026", number="14", mandatory=True),
                line("Своё дело управления"),
                actor=SYSTEM,
                kind=RoadmapKind.MUNICIPAL,
            ),
        )


def texts(organisation) -> list[str]:
    with scope({organisation.pk}):
        roadmap = Roadmap.objects.get(state=RoadmapState.DRAFT)
        return [item.text for item in items_of(roadmap)]


def test_roadmaps_below_get_the_mandatory_lines_and_others_do_not(neighbours, office) -> None:
    for organisation in (neighbours.own, neighbours.far):
        with scope({organisation.pk}):
            make_roadmap(organisation, line("Своё"))
    municipal(office)
    assert texts(neighbours.own) == ["Своё", "Всем: обучить наставников"]
    assert texts(neighbours.far) == ["Своё"]
    with scope({neighbours.sibling.pk}):
        later = make_roadmap(neighbours.sibling, line("Своё"))
        assert [item.text for item in items_of(later)] == ["Своё", "Всем: обучить наставников"]
        item = items_of(later)[1]
        assert (item.mandatory, item.number) == (True, "14")
        assert item.occurrences.get().due_on == date(2026, 11, 30)


def test_only_mandatory_lines_of_a_roadmap_in_force_are_read(neighbours, office) -> None:
    with scope({office.pk}):
        make_roadmap(
            office, line("Проект", mandatory=True), actor=SYSTEM, kind=RoadmapKind.MUNICIPAL
        )
    with scope({neighbours.own.pk}):
        assert mandatory_lines_above(neighbours.own) == []
    municipal(office)
    with scope({neighbours.own.pk}):
        found = mandatory_lines_above(neighbours.own)
    assert [row.values["text"] for row in found] == ["Всем: обучить наставников"]


def test_looking_again_changes_nothing(neighbours, office) -> None:
    with scope({neighbours.own.pk}):
        make_roadmap(neighbours.own)
    municipal(office)
    with scope({neighbours.own.pk}):
        assert follow_upper(actor=SYSTEM, organisation=neighbours.own) == 0


def test_new_municipal_version_changes_the_lines_below_in_place(neighbours, office) -> None:
    with scope({neighbours.own.pk}):
        make_roadmap(neighbours.own, line("Своё"))
    first = municipal(office)
    with scope({neighbours.own.pk}):
        before = RoadmapItem.objects.get(mandatory=True).pk
    with scope({office.pk}):
        draft = new_version(actor=SYSTEM, roadmap=first)
        edit_item(
            actor=SYSTEM,
            item=items_of(draft)[0],
            values={"text": "Всем: обучить за осень", "deadline_text": "до 20.12.2026"},
        )
        in_force(office, draft)
    with scope({neighbours.own.pk}):
        item = RoadmapItem.objects.get(mandatory=True)
        assert (item.pk, item.text) == (before, "Всем: обучить за осень")
        assert item.occurrences.get().due_on == date(2026, 12, 20)


def test_line_no_longer_demanded_becomes_ones_own(neighbours, office) -> None:
    with scope({neighbours.own.pk}):
        make_roadmap(neighbours.own, line("Своё"))
    roadmap = municipal(office)
    with scope({office.pk}):
        states.close_roadmap(actor=SYSTEM, roadmap=roadmap, words="Год закончился")
    with scope({neighbours.own.pk}):
        assert follow_upper(actor=SYSTEM, organisation=neighbours.own) == 1
        _, freed = items_of(Roadmap.objects.get())
        assert (freed.mandatory, freed.upper_id) == (False, None)
        remove_item(actor=CURATOR, item=freed)
