"""A roadmap on its way: nobody approves his own, nothing changes while it is read, versions follow."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.kinds import example_data
from nastavnik.documents.services.signing import sign_document
from nastavnik.roadmaps import queries
from nastavnik.roadmaps.models import ItemComment, Roadmap, RoadmapState
from nastavnik.roadmaps.services import approval, states
from nastavnik.roadmaps.services.closing import resolve_comment
from nastavnik.roadmaps.services.items import add_item, edit_item, remove_item
from nastavnik.roadmaps.services.versions import new_version
from nastavnik.shared.errors import PermissionRefused
from nastavnik.shared.states import WrongState
from nastavnik.tenancy.scope import scope
from tests.neighbours import actor_as
from tests.people_making import DAY
from tests.roadmaps.making import COORDINATOR, CURATOR, HEAD, items_of, line, make_roadmap
from tests.roadmaps.test_drafting import refused

BOTH = Actor(user_id=7, label="Зотова И. П.", roles=frozenset({Role.HEAD, Role.CURATOR}))
PROTOCOL = states.Protocol("4", date(2026, 11, 5))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def sent(organisation, *, actor=CURATOR, by="coordinator", council="") -> Roadmap:
    roadmap = make_roadmap(organisation, line("Первый"), line("Второй"))
    return states.send_to_agreement(actor=actor, roadmap=roadmap, by=by, council=council)


def agreed(organisation) -> Roadmap:
    return states.agree(actor=COORDINATOR, roadmap=sent(organisation))


def approved(organisation, roadmap: Roadmap) -> Roadmap:
    order = approval.prepare_order(actor=HEAD, roadmap=roadmap, data=example_data("order_roadmap"))
    sign_document(actor=HEAD, document=order, registered_on=DAY)
    roadmap.refresh_from_db()
    return roadmap


def test_sent_roadmap_is_fixed_until_it_comes_back(school) -> None:
    roadmap = sent(school)
    assert (roadmap.state, roadmap.sent_by, roadmap.sent_on) == (
        RoadmapState.ON_AGREEMENT,
        CURATOR.label,
        DAY,
    )
    with refused("roadmap_fixed"):
        add_item(actor=CURATOR, roadmap=roadmap, line=line("Третий"))
    with pytest.raises(WrongState):
        states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")


def test_empty_roadmap_and_nameless_council_are_not_sent(school) -> None:
    roadmap = make_roadmap(school, line("Раздел", is_group=True))
    with refused("empty_roadmap"):
        states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")
    with refused("council_needed"):
        states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="council")


def test_remarks_come_back_to_lines_and_must_be_answered(school) -> None:
    roadmap = sent(school)
    first, _ = items_of(roadmap)
    with refused("words_needed"):
        states.return_with_comments(actor=COORDINATOR, roadmap=roadmap)
    with refused("foreign_line"):
        states.return_with_comments(actor=COORDINATOR, roadmap=roadmap, remarks={99_999: "?"})
    states.return_with_comments(
        actor=COORDINATOR,
        roadmap=roadmap,
        words="Уточните сроки",
        remarks={first.pk: "Какой день?"},
    )
    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.return_words) == (RoadmapState.RETURNED, "Уточните сроки")
    with refused("open_remarks"):
        states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")
    edit_item(actor=CURATOR, item=first, values={"deadline_text": "до 01.12.2026"})
    resolve_comment(actor=CURATOR, comment=ItemComment.objects.get(), answer="Первое декабря")
    assert (
        states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator").state
        == RoadmapState.ON_AGREEMENT
    )


def test_curator_neither_agrees_nor_returns_what_the_coordinator_judges(school) -> None:
    roadmap = sent(school)
    with pytest.raises(PermissionRefused):
        states.agree(actor=CURATOR, roadmap=roadmap)
    with pytest.raises(PermissionRefused):
        states.return_with_comments(actor=CURATOR, roadmap=roadmap, words="?")
    with pytest.raises(PermissionRefused):
        states.agree(actor=HEAD, roadmap=roadmap)


def test_nobody_agrees_what_he_sent_himself(school) -> None:
    roadmap = sent(school, actor=Actor(5, "Рябова", frozenset({Role.CURATOR})))
    himself = replace(COORDINATOR, user_id=5)
    with pytest.raises(PermissionRefused):
        states.agree(actor=himself, roadmap=roadmap)
    assert states.agree(actor=replace(COORDINATOR, user_id=6), roadmap=roadmap).agreed_on == DAY


@pytest.mark.parametrize(
    ("protocol", "code"),
    [
        (None, "protocol_needed"),
        (states.Protocol(" ", DAY), "protocol_needed"),
        (states.Protocol("4", date(2026, 11, 30)), "protocol_ahead"),
        (states.Protocol("4", date(2020, 11, 30)), "protocol_old"),
    ],
)
def test_council_agrees_only_by_a_protocol(school, protocol, code) -> None:
    roadmap = sent(school, by="council", council="педагогический совет")
    with refused(code):
        states.agree(actor=CURATOR, roadmap=roadmap, protocol=protocol)


def test_council_stands_in_the_roadmap_with_its_protocol(school) -> None:
    roadmap = sent(school, by="council", council="педагогический совет")
    done = states.agree(actor=CURATOR, roadmap=roadmap, protocol=PROTOCOL)
    assert (done.agreed_by, done.agreed_on, done.protocol_number) == (
        "педагогический совет",
        PROTOCOL.on,
        "4",
    )


def test_many_are_agreed_each_in_its_own_scope(neighbours) -> None:
    chosen = []
    for organisation in (neighbours.own, neighbours.sibling):
        with scope({organisation.pk}):
            chosen.append(sent(organisation))
    with scope({neighbours.own.pk}):
        states.agree(actor=COORDINATOR, roadmap=chosen[0])
    told = states.agree_many(actor=COORDINATOR, chosen=chosen)
    assert [bool(refusal) for _, refusal in told] == [True, False]
    with scope({neighbours.sibling.pk}):
        assert Roadmap.objects.get().state == RoadmapState.AGREED


def test_order_puts_it_in_force_and_its_cancelling_takes_it_out(school, curator) -> None:
    roadmap = approved(school, agreed(school))
    assert (roadmap.state, roadmap.in_force_on, roadmap.order_item) == (
        RoadmapState.IN_FORCE,
        DAY,
        "1",
    )
    order = roadmap.order
    order.refresh_from_db()
    cancel = prepare_cancellation(actor=HEAD, document=order, reason="ошибка")
    sign_document(actor=HEAD, document=cancel, registered_on=DAY)
    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.order) == (RoadmapState.AGREED, None)


def test_only_an_agreed_roadmap_gets_one_order(school, curator) -> None:
    with refused("not_agreed"):
        approval.prepare_order(actor=CURATOR, roadmap=sent(school), data={})
    roadmap = agreed(school)
    order = approval.prepare_order(actor=CURATOR, roadmap=roadmap, data={})
    assert [check.level for check in approval.check_order(order)] == ["ok"]
    with refused("order_waits"):
        approval.prepare_order(actor=CURATOR, roadmap=roadmap, data={})
    states.return_with_comments(actor=COORDINATOR, roadmap=roadmap, words="Передумали")
    assert [check.level for check in approval.check_order(order)] == ["bad"]


def test_head_who_sent_it_needs_the_coordinator(school, curator) -> None:
    own = sent(school, actor=BOTH, by="council", council="совет")
    states.agree(actor=CURATOR, roadmap=own, protocol=PROTOCOL)
    order = approval.prepare_order(actor=CURATOR, roadmap=own, data={})
    order.registered_on = DAY
    with pytest.raises(PermissionRefused):
        approval.approve(BOTH, order)
    own.refresh_from_db()
    assert own.state == RoadmapState.AGREED


def test_new_version_keeps_lines_and_replaces_the_old_one_by_its_order(school, curator) -> None:
    first = approved(school, agreed(school))
    draft = new_version(actor=CURATOR, roadmap=first)
    with refused("version_waits"):
        new_version(actor=CURATOR, roadmap=first)
    one, two = items_of(draft)
    edit_item(actor=CURATOR, item=one, values={"text": "Первый, иначе"})
    remove_item(actor=CURATOR, item=two)
    add_item(actor=CURATOR, roadmap=draft, line=line("Третий"))
    found = queries.difference_of(first, draft)
    assert [face.text for face in found.added] == ["Третий"]
    assert [face.text for face in found.removed] == ["Второй"]
    assert [(c.before.text, c.after.text) for c in found.changed] == [("Первый", "Первый, иначе")]
    states.send_to_agreement(actor=CURATOR, roadmap=draft, by="coordinator")
    draft.refresh_from_db()
    approved(school, states.agree(actor=COORDINATOR, roadmap=draft))
    first.refresh_from_db()
    assert (first.state, first.close_words[:22]) == (RoadmapState.CLOSED, "Заменена новой версией")
    assert queries.current(DAY).pk == draft.pk
    assert [row.version for row in queries.versions_of(first)] == [2, 1]


def test_version_needs_something_agreed(school) -> None:
    with refused("nothing_agreed"):
        new_version(actor=CURATOR, roadmap=make_roadmap(school))


def test_closed_roadmap_is_kept_as_it_was(school) -> None:
    roadmap = make_roadmap(school)
    with refused("words_needed"):
        states.close_roadmap(actor=CURATOR, roadmap=roadmap, words="")
    states.close_roadmap(actor=CURATOR, roadmap=roadmap, words="Год закончился")
    (item,) = items_of(roadmap)
    item.roadmap.refresh_from_db()
    with refused("roadmap_closed"):
        edit_item(actor=CURATOR, item=item, values={"resources_internal": "кабинет"})


def test_mentor_may_nothing_of_it(school) -> None:
    roadmap = make_roadmap(school)
    with pytest.raises(PermissionRefused):
        states.send_to_agreement(actor=actor_as(Role.MENTOR), roadmap=roadmap, by="coordinator")
