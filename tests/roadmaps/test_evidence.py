"""Evidence: every declared kind has a finder, and finders tell the truth."""

from datetime import timedelta

import pytest
import time_machine

from nastavnik.documents.builders import prepare_cancellation
from nastavnik.roadmaps.evidence import EvidenceKind, find, registered_kinds
from tests.pairs.making import CURATOR, order_on, ready_pair, sign
from tests.people_making import DAY, make_mentee


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def test_every_kind_is_registered() -> None:
    assert registered_kinds() == frozenset(EvidenceKind)


def test_order_proves_until_it_is_cancelled(school, curator) -> None:
    asked = {"kind": "order_pairs"}
    order = order_on(school, ready_pair(school))
    assert find(EvidenceKind.DOCUMENT_IN_FORCE, asked, DAY) is None
    sign(order)
    order.refresh_from_db()
    found = find(EvidenceKind.DOCUMENT_IN_FORCE, asked, DAY)
    assert found is not None
    assert found.words == "закрыто приказом № 1 от 10.11.2026"
    assert find(EvidenceKind.DOCUMENT_IN_FORCE, asked, DAY - timedelta(days=1)) is None
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="ошибка"))
    assert find(EvidenceKind.DOCUMENT_IN_FORCE, asked, DAY) is None


def test_pairs_prove_only_when_active(school, curator) -> None:
    pair = ready_pair(school)
    assert find(EvidenceKind.ACTIVE_PAIRS_AT_LEAST, {}, DAY) is None
    sign(order_on(school, pair))
    assert find(EvidenceKind.ACTIVE_PAIRS_AT_LEAST, {"number": 1}, DAY) is not None
    assert find(EvidenceKind.ACTIVE_PAIRS_AT_LEAST, {"number": 2}, DAY) is None


def test_consent_share_counts_people_who_need_them(school, curator) -> None:
    ready_pair(school)
    assert find(EvidenceKind.CONSENT_SHARE, {}, DAY) is not None
    make_mentee(school, "Сидорова")
    assert find(EvidenceKind.CONSENT_SHARE, {"share_percent": 100}, DAY) is None
    found = find(EvidenceKind.CONSENT_SHARE, {"share_percent": 60}, DAY)
    assert found is not None
    assert found.words == "согласия получены у 2 из 3"
    of_mentors = find(EvidenceKind.CONSENT_SHARE, {"of": "mentors"}, DAY)
    assert of_mentors is not None
    assert of_mentors.words == "согласия получены у 1 из 1"
