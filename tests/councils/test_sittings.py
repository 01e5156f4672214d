"""Sittings: plan, record, protocol in «Дело», and the task when a protocol is missing."""

from datetime import date, timedelta

import pytest

from nastavnik.councils.models import SittingState
from nastavnik.councils.queries import composition, sittings_without_protocol
from nastavnik.councils.services import sittings
from nastavnik.documents.models import DocumentState
from nastavnik.documents.rendering import document_html
from nastavnik.documents.services import drop_draft
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.councils.making import council, held, planned, protocol, working
from tests.pairs.making import CURATOR, sign
from tests.people_making import DAY


def missing(on: date) -> list[str]:
    return [row.topic for row in sittings_without_protocol(on)]


def test_protocol_says_who_came_and_what_was_decided_and_goes_to_folder_12(school) -> None:
    found = held(working(school))
    paper = protocol(school, found)
    sheet = document_html(paper)
    for words in (
        "заседания творческой группы по наставничеству",
        "Руководитель группы: Котова Мария Петровна, учитель математики.",
        "Секретарь: Рябова Мария Петровна",
        "Присутствовали (3 из 3)",
        "Утвердить планы",
        "Котова рассказала о планах.",
    ):
        assert words in sheet
    sign(paper)
    paper.refresh_from_db()
    assert (paper.folder, paper.journal.code, paper.number_text) == ("12", "protocols", "1")


def test_task_appears_after_five_days_and_goes_with_the_protocol(school) -> None:
    found = held(working(school))
    assert missing(DAY + timedelta(days=5)) == []
    assert missing(DAY + timedelta(days=6)) == ["Планы на год"]
    paper = protocol(school, found)
    assert missing(DAY + timedelta(days=6)) == ["Планы на год"]
    sign(paper)
    assert missing(DAY + timedelta(days=60)) == []


def test_planned_sitting_that_nobody_recorded_is_a_task_and_cancelled_one_is_not(school) -> None:
    found = planned(working(school), date(2026, 11, 3), by_month=True)
    assert (found.planned_on, missing(date(2026, 12, 5)), missing(date(2026, 12, 6))) == (
        date(2026, 11, 30),
        [],
        ["Планы на год"],
    )
    sittings.cancel_sitting(actor=CURATOR, sitting=found, reason="болезнь")
    assert missing(date(2026, 12, 6)) == []


def test_record_is_written_anew_until_the_protocol_is_composed(school) -> None:
    found = held(working(school))
    paper = protocol(school, found)
    with pytest.raises(PermissionRefused, match="Протокол уже составлен"):
        sittings.unhold_sitting(actor=CURATOR, sitting=found)
    drop_draft(actor=CURATOR, document=paper)
    again = sittings.unhold_sitting(actor=CURATOR, sitting=found)
    assert (again.state, again.held_on, again.protocol) == (SittingState.PLANNED, None, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "date_ahead"),
        ({"held_on": DAY - timedelta(days=1)}, "before_order"),
        ({"rulings": []}, "no_decisions"),
        ({"came": slice(1, 3)}, "chair_absent"),
        ({"came": slice(0, 1)}, "secretary_wrong"),
    ],
)
def test_record_without_sense_is_refused(school, changes, code) -> None:
    made = working(school)
    members = composition(made)
    values = {"held_on": DAY, "rulings": [sittings.Ruling("решили")]} | changes
    present = members[values.pop("came", slice(0, 3))]
    with pytest.raises(DomainError) as refused:
        sittings.hold_sitting(
            actor=CURATOR,
            sitting=planned(made),
            chair=members[0],
            secretary=members[1],
            present=present,
            **values,
        )
    assert refused.value.code == code


def test_council_without_an_order_does_not_sit(school) -> None:
    made, other = council(school), working(school, "methodical")
    members = composition(other)
    with pytest.raises(DomainError, match="утвердите состав"):
        sittings.hold_sitting(
            actor=CURATOR,
            sitting=planned(made),
            held_on=DAY,
            chair=members[0],
            secretary=None,
            present=members,
            rulings=[sittings.Ruling("решили")],
        )


def test_protocol_is_not_older_than_its_sitting(school) -> None:
    paper = protocol(school, held(working(school)))
    with pytest.raises(DomainError, match="дата протокола раньше"):
        sign(paper, DAY - timedelta(days=1))
    paper.refresh_from_db()
    assert paper.state == DocumentState.TO_SIGN
