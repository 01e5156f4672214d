"""Lines close by themselves when the work is done and open again when its proof falls."""

from datetime import date, timedelta

import pytest
import time_machine

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.pairs.services.night import every_organisation
from nastavnik.roadmaps.models import ItemState, Occurrence
from nastavnik.roadmaps.services.closing import (
    agree_not_applicable,
    close_item_by_hand,
    comment_item,
    mark_not_applicable,
    reopen_item,
    resolve_comment,
    set_link,
    tick_checklist,
)
from nastavnik.roadmaps.services.dates import set_event_date
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR as CLERK
from tests.pairs.making import order_on, ready_pair, sign
from tests.people_making import DAY
from tests.roadmaps.making import CURATOR, HEAD, YEAR, items_of, line, make_roadmap
from tests.roadmaps.test_drafting import refused

ORDER = {"evidence_kind": "document_in_force", "evidence_parameters": {"kind": "order_pairs"}}
PAIRS = {"evidence_kind": "active_pairs_at_least", "evidence_parameters": {"number": 1}}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def told(action: str) -> int:
    return AuditEvent.objects.filter(action=action).count()


def test_days_of_events_come_from_their_orders_and_go_with_them(
    school, curator, django_capture_on_commit_callbacks
) -> None:
    words = "в течение 10 дней после закрепления пар"
    roadmap = make_roadmap(school, line("Провести первые встречи", words))
    (item,) = items_of(roadmap)
    with django_capture_on_commit_callbacks(execute=True):
        order = order_on(school, ready_pair(school))
        sign(order)
    (day,) = roadmap.event_dates.all()
    assert (day.event, day.on, day.document_id) == ("pairs_approved", DAY, order.pk)
    assert [row.due_on for row in item.occurrences.all()] == [DAY + timedelta(days=10)]
    with django_capture_on_commit_callbacks(execute=True):
        sign(prepare_cancellation(actor=CLERK, document=order, reason="ошибка"))
    assert not roadmap.event_dates.exists()
    assert [row.due_on for row in item.occurrences.all()] in ([], [None])


def test_day_that_a_person_entered_is_not_touched(
    school, curator, django_capture_on_commit_callbacks
) -> None:
    roadmap = make_roadmap(school, line("Встречи", "в течение 10 дней после закрепления пар"))
    entered = date(2026, 10, 1)
    set_event_date(actor=CURATOR, roadmap=roadmap, event="pairs_approved", on=entered)
    with django_capture_on_commit_callbacks(execute=True):
        sign(order_on(school, ready_pair(school)))
    assert [row.on for row in roadmap.event_dates.all()] == [entered]


def test_order_closes_its_line_after_the_commit_and_reopens_it_when_cancelled(
    school, curator, django_capture_on_commit_callbacks
) -> None:
    roadmap = make_roadmap(school, line("Закрепить пары", "до 20.12.2026", **ORDER))
    (item,) = items_of(roadmap)
    with django_capture_on_commit_callbacks(execute=True):
        order = order_on(school, ready_pair(school))
    item.refresh_from_db()
    assert (item.state, item.evidence_words) == ("in_progress", "есть проект документа")
    with django_capture_on_commit_callbacks(execute=True):
        sign(order)
    item.refresh_from_db()
    assert (item.state, item.evidence_words, item.evidence_document_id) == (
        "done",
        "закрыто приказом № 1 от 10.11.2026",
        order.pk,
    )
    assert item.occurrences.get().met_on == DAY
    order.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        sign(prepare_cancellation(actor=CLERK, document=order, reason="ошибка"))
    item.refresh_from_db()
    assert (item.state, item.evidence_words, item.evidence_document_id) == ("not_started", "", None)
    assert item.occurrences.get().met_on is None
    assert (told("roadmaps.item_closed"), told("roadmaps.item_reopened")) == (1, 1)


def test_looking_twice_changes_nothing(school, curator) -> None:
    make_roadmap(school, line("Пары работают", **PAIRS))
    sign(order_on(school, ready_pair(school)))
    assert reevaluate(organisation_id=school.pk, on=DAY) == 1
    assert reevaluate(organisation_id=school.pk, on=DAY) == 0
    assert told("roadmaps.item_closed") == 1


def test_last_years_order_on_pairs_does_not_close_this_year(school, curator) -> None:
    sign(order_on(school, ready_pair(school)))
    next_year = {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 8, 31)}
    roadmap = make_roadmap(school, line("Закрепить пары", **ORDER), **next_year)
    reevaluate(organisation_id=school.pk, on=date(2027, 9, 2))
    assert items_of(roadmap)[0].state == ItemState.NOT_STARTED


def test_each_occurrence_asks_for_its_own_days(school, curator) -> None:
    roadmap = make_roadmap(school, line("Приказ каждый квартал", "ежеквартально", **ORDER))
    (item,) = items_of(roadmap)
    quarters = item.occurrences.count()
    sign(order_on(school, ready_pair(school)))
    reevaluate(organisation_id=school.pk, on=DAY)
    item.refresh_from_db()
    met = item.occurrences.filter(met_on__isnull=False)
    assert [row.met_on for row in met] == [DAY]
    assert item.state == ItemState.IN_PROGRESS
    assert item.evidence_words == f"закрыто приказом № 1 от 10.11.2026 (1 из {quarters})"
    reevaluate(organisation_id=school.pk, on=YEAR.end)
    assert item.occurrences.filter(met_on__isnull=False).count() == 1


def test_line_closed_by_hand_needs_a_word_and_is_left_alone(school, curator) -> None:
    roadmap = make_roadmap(school, line("Закрепить пары", **ORDER))
    (item,) = items_of(roadmap)
    with refused("words_needed"):
        close_item_by_hand(actor=CURATOR, item=item, words=" ")
    with pytest.raises(PermissionRefused):
        close_item_by_hand(actor=actor_as(Role.MENTOR), item=item, words="сделано")
    close_item_by_hand(actor=CURATOR, item=item, words="Приказ школы-партнёра № 8")
    assert reevaluate(organisation_id=school.pk, on=DAY) == 0
    sign(order_on(school, ready_pair(school)))
    opened = reopen_item(actor=CURATOR, item=item)
    assert (opened.state, opened.hand_words) == ("done", "")
    with refused("not_by_hand"):
        reopen_item(actor=CURATOR, item=item)


def test_one_occurrence_closed_by_hand_leaves_the_others(school) -> None:
    roadmap = make_roadmap(school, line("Отчёт", "25.11.2026, 25.03.2027"))
    (item,) = items_of(roadmap)
    first, second = Occurrence.objects.order_by("ordinal")
    close_item_by_hand(actor=CURATOR, item=item, words="Отправлен", occurrence=first)
    item.refresh_from_db()
    assert (item.state, item.evidence_words) == ("in_progress", "Отправлен (1 из 2)")
    close_item_by_hand(actor=CURATOR, item=item, words="Отправлен снова", occurrence=second)
    item.refresh_from_db()
    assert item.state == ItemState.DONE_BY_HAND


def test_heading_is_never_closed(school) -> None:
    (item,) = items_of(make_roadmap(school, line("Раздел", is_group=True)))
    with refused("is_group"):
        close_item_by_hand(actor=CURATOR, item=item, words="сделано")


def test_not_applicable_counts_only_when_another_person_agreed(school) -> None:
    roadmap = make_roadmap(school, line("Партнёры"), line("Сверху"))
    item, upper = items_of(roadmap)
    with refused("reason_needed"):
        mark_not_applicable(actor=CURATOR, item=item, reason="")
    mark_not_applicable(actor=CURATOR, item=item, reason="Предприятий в селе нет")
    item.refresh_from_db()
    assert (item.state, item.asks_not_applicable) == ("not_started", True)
    with pytest.raises(PermissionRefused):
        agree_not_applicable(actor=CURATOR, item=item, agreed=True)
    agree_not_applicable(actor=HEAD, item=item, agreed=True)
    item.refresh_from_db()
    assert (item.state, item.asks_not_applicable) == ("not_applicable", False)
    upper.upper_id, upper.mandatory = 5, True
    upper.save()
    mark_not_applicable(actor=CURATOR, item=upper, reason="Не про нас")
    with pytest.raises(PermissionRefused):
        agree_not_applicable(actor=HEAD, item=upper, agreed=True)
    with refused("words_needed"):
        agree_not_applicable(actor=actor_as(Role.COORDINATOR), item=upper, agreed=False)
    agree_not_applicable(
        actor=actor_as(Role.COORDINATOR), item=upper, agreed=False, words="Есть ферма"
    )
    assert [(said.kind, said.text) for said in upper.comments.all()] == [("remark", "Есть ферма")]
    upper.refresh_from_db()
    assert (upper.state, upper.not_applicable_reason) == ("not_started", "")
    with refused("nobody_asked"):
        agree_not_applicable(actor=actor_as(Role.COORDINATOR), item=upper, agreed=True)


def test_link_closes_its_line_and_must_be_an_address(school) -> None:
    roadmap = make_roadmap(school, line("Раздел на сайте", evidence_kind="link_filled"))
    (item,) = items_of(roadmap)
    for wrong in ("javascript:alert(1)", "school.example", "https://a b"):
        with refused("link_wrong"):
            set_link(actor=CURATOR, item=item, link=wrong)
    closed = set_link(actor=CURATOR, item=item, link="https://school.example/mentors")
    assert (closed.state, closed.evidence_words) == (
        "done",
        "закрыто ссылкой https://school.example/mentors",
    )
    assert set_link(actor=CURATOR, item=item, link="").state == ItemState.NOT_STARTED


def test_checklist_puts_the_line_to_work(school) -> None:
    (item,) = items_of(make_roadmap(school, line("Собрать базу", checklist=("анкеты", "список"))))
    begun = tick_checklist(actor=CURATOR, item=item, done=frozenset({1}))
    assert begun.state == ItemState.IN_PROGRESS
    assert [entry["done"] for entry in begun.checklist] == [False, True]
    assert tick_checklist(actor=CURATOR, item=item, done=frozenset()).state == "not_started"


def test_comment_is_said_by_those_who_may_and_answered(school) -> None:
    (item,) = items_of(make_roadmap(school))
    with pytest.raises(PermissionRefused):
        comment_item(actor=actor_as(Role.MENTOR), item=item, text="Хочу сказать")
    with pytest.raises(DomainError):
        comment_item(actor=CURATOR, item=item, text="  ")
    said = comment_item(actor=actor_as(Role.COUNCIL), item=item, text="Добавьте психолога")
    resolve_comment(actor=CURATOR, comment=said, answer="Добавлен")
    said.refresh_from_db()
    assert (said.resolved, said.answer, said.version) == (True, "Добавлен", 1)


def test_night_work_closes_what_the_day_left(school, curator) -> None:
    roadmap = make_roadmap(school, line("Пары работают", **PAIRS))
    sign(order_on(school, ready_pair(school)))
    every_organisation(on=DAY)
    assert items_of(roadmap)[0].evidence_words == "работает 1\xa0пара"


@pytest.mark.parametrize("n", [2, 40])
def test_look_costs_the_same_number_of_queries(school, n, django_assert_num_queries) -> None:
    kinds = [ORDER, PAIRS]
    make_roadmap(school, *(line(f"Пункт {k}", "ежеквартально", **kinds[k % 2]) for k in range(n)))
    with django_assert_num_queries(8):
        reevaluate(organisation_id=school.pk, on=DAY)
