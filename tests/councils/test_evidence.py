"""What councils prove to a roadmap line."""

from datetime import timedelta

from nastavnik.documents.builders import prepare_cancellation
from nastavnik.roadmaps.evidence import EvidenceKind, find, find_for, work_of
from tests.councils.making import council, held, order, protocol, working
from tests.pairs.making import CURATOR, sign
from tests.people_making import DAY

FORMED = EvidenceKind.COUNCIL_FORMED
SITTING = EvidenceKind.COUNCIL_SITTING_WITH_PROTOCOL
GROUP = {"kind": "creative_group"}


def test_composition_proves_while_its_order_holds(school) -> None:
    paper = order(school, council(school))
    (waiting,) = find_for(FORMED, [GROUP], DAY)
    assert (waiting.words, waiting.is_met) == ("есть проект приказа о составе", False)
    sign(paper)
    assert find(FORMED, GROUP, DAY).words == "закрыто приказом № 1 от 10.11.2026"
    assert find(FORMED, {"kind": "expert"}, DAY) is None
    paper.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=paper, reason="ошибка"))
    assert find(FORMED, GROUP, DAY) is None


def test_sittings_prove_when_there_are_enough_with_protocols(school) -> None:
    made = working(school)
    first, second = held(made), held(made)
    sign(protocol(school, first))
    asked = GROUP | {"number": 2}
    (going,) = find_for(SITTING, [asked], DAY)
    assert (going.words, going.is_met) == ("проведено с протоколом 1 из 2\u00a0заседаний", False)
    sign(protocol(school, second))
    words = "закрыто протоколом № 2 от 10.11.2026, заседание 10.11.2026"
    assert find(SITTING, asked, DAY).words == words
    assert find(SITTING, asked, DAY - timedelta(days=1)) is None


def test_line_leads_to_councils() -> None:
    assert work_of(SITTING, GROUP).url_name == "councils:list"
