"""The rule of a line: what may be chosen, what its change does at once, how the page tells it."""

import pytest
import time_machine
from django.urls import reverse

from nastavnik.people.models import MenteeRequest, MentorCompetence
from nastavnik.roadmaps.catalogue import code_of, evidence_choices, evidence_groups, evidence_of
from nastavnik.roadmaps.evidence import EvidenceKind, find, find_for, rules, work_of
from nastavnik.roadmaps.models import ItemState, Occurrence
from nastavnik.roadmaps.papers import _folders
from nastavnik.roadmaps.services.closing import close_item_by_hand
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.roadmaps.services.items import set_rule
from tests.pairs.making import order_on, ready_pair, sign
from tests.people_making import DAY, give_certificates, give_consents, make_mentee, make_mentor
from tests.roadmaps.making import CURATOR, items_of, line, make_roadmap

MENTEES = {"evidence_kind": "mentees_at_least", "evidence_parameters": {"number": 1}}
MENTORS = {"evidence_kind": "mentors_at_least", "evidence_parameters": {"number": 1}}
NOTHING = {"evidence_kind": "", "evidence_parameters": {}}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def page(client, curator, school):
    client.force_login(curator)

    def ask(item, **said):
        address = reverse("roadmaps:rule", args=[school.slug, item.pk])
        return client.post(address, said, follow=True) if said else client.get(address)

    return ask


def closed_line(school, deadline="до 20.12.2026"):
    make_mentee(school)
    (item,) = items_of(make_roadmap(school, line("Собрать базу", deadline, **MENTEES)))
    reevaluate(organisation_id=school.pk, on=DAY)
    item.refresh_from_db()
    return item


def test_every_rule_tells_when_it_closes_a_line() -> None:
    assert [rule.kind for rule in rules() if not rule.hint and rule.kind in _OURS] == []


_OURS = frozenset(
    {
        "document_in_force", "document_filed", "link_filled", "roadmap_agreed", "mentees_at_least",
        "mentors_at_least", "mentors_of_category", "requests_share", "competences_share",
        "consent_share", "certificate_share", "survey_closed",
        "active_pairs_at_least", "pairs_of_category", "event_with_protocol",
    }
)  # fmt: skip


def test_list_and_headings_offer_the_same_and_every_code_finds_its_way_back() -> None:
    flat = {
        code
        for value, label in evidence_groups()
        for code in ([value] if isinstance(label, str) else [one for one, _ in label])
    }

    assert flat == set(evidence_choices())
    assert {code for code in flat if code_of(*evidence_of(code, None)) != code} == set()


def test_a_folder_that_nothing_is_filed_in_is_not_offered() -> None:
    offered = dict(_folders())

    assert "08" not in offered
    assert offered["02"] == "02 Приказы"


def test_a_new_rule_is_looked_at_at_once(school) -> None:
    item = closed_line(school)
    assert (item.state, item.evidence_words) == ("done", "в реестре 1\xa0наставляемый")

    changed = set_rule(actor=CURATOR, item=item, **MENTORS)
    assert (changed.state, changed.evidence_words) == ("not_started", "")
    make_mentor(school)
    again = set_rule(actor=CURATOR, item=item, **MENTORS)
    assert (again.state, again.evidence_words) == ("done", "в реестре 1\xa0наставник")


def test_without_a_rule_nothing_keeps_the_line_closed_but_a_person(school) -> None:
    item = closed_line(school)
    changed = set_rule(actor=CURATOR, item=item, **NOTHING)
    assert (changed.state, changed.evidence_words, changed.evidence_on) == ("not_started", "", None)

    close_item_by_hand(actor=CURATOR, item=changed, words="протокол у завуча")
    assert set_rule(actor=CURATOR, item=item, **MENTEES).state == ItemState.DONE_BY_HAND


def test_a_new_rule_forgets_terms_of_the_former_but_not_those_of_people(school) -> None:
    item = closed_line(school, "до 20.11.2026, до 20.12.2026, до 20.01.2027")
    first, second, third = item.occurrences.all()
    close_item_by_hand(actor=CURATOR, item=item, words="проверено", occurrence=second)
    Occurrence.objects.filter(pk=third.pk).update(met_on=DAY, met_words="раньше")

    changed = set_rule(actor=CURATOR, item=item, **NOTHING)

    assert [row.met_words for row in changed.occurrences.all()] == ["", "проверено", ""]
    assert (changed.state, changed.evidence_words) == ("in_progress", "проверено (1 из 3)")
    assert first.pk != third.pk


def test_page_chooses_a_rule_and_tells_what_came_of_it(school, page) -> None:
    item = closed_line(school)

    assert 'value="mentees_at_least" selected' in page(item).content.decode()
    assert "Сейчас пункт закрыт: в реестре 1\xa0наставляемый." in page(item).content.decode()
    told = page(item, evidence="document_filed:02", at_least="2").content.decode()
    assert "Пункт закроется сам, когда появится подтверждение." in told
    assert "Приказы, не меньше 2»" in told
    item.refresh_from_db()
    assert item.evidence_parameters == {"folder": "02", "number": 2}
    again = page(item).content.decode()
    assert 'value="document_filed:02" selected' in again
    assert 'name="at_least" value="2"' in again
    told = page(item, evidence="mentees_at_least").content.decode()
    assert "Условие уже выполнено, пункт закрыт: в реестре 1\xa0наставляемый." in told
    assert "Закрылся сам" in told


@pytest.mark.parametrize(
    ("evidence", "at_least", "error"),
    [
        ("link_filled", "3", "число не нужно"),
        ("consent_share:mentors", "101", "Впишите число от 1 до 100"),
        ("submission_sent", "", "Выберите"),
        ("document_filed:08", "", "Выберите"),
    ],
)
def test_page_refuses_what_makes_no_sense(school, page, evidence, at_least, error) -> None:
    (item,) = items_of(make_roadmap(school, line("Собрать базу")))

    answer = page(item, evidence=evidence, at_least=at_least)

    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_shares_count_living_people_of_the_registers(school) -> None:
    def words(kind, **parameters):
        (found,) = find_for(kind, [parameters], DAY)
        return (found.words, found.is_met) if found else None

    assert words(EvidenceKind.REQUESTS_SHARE, share_percent=50) is None
    asked, _ = make_mentee(school, "Ильина"), make_mentee(school, "Юдина")
    gone = make_mentee(school, "Уехавшая")
    type(gone).objects.filter(pk=gone.pk).update(state="left")
    for _ in range(2):
        MenteeRequest.objects.create(organisation=school, mentee=asked, code="progress")
    assert words(EvidenceKind.REQUESTS_SHARE, share_percent=50) == (
        "запросы записаны у 1 из 2",
        True,
    )
    assert words(EvidenceKind.REQUESTS_SHARE, share_percent=51)[1] is False

    able = make_mentor(school, "Седов", category="employee", is_own=False)
    MentorCompetence.objects.create(organisation=school, mentor=able, code="math")
    assert words(EvidenceKind.COMPETENCES_SHARE) == ("компетенции записаны у 1 из 1", True)
    assert words(EvidenceKind.CONSENT_SHARE, of="mentors") == ("согласия получены у 0 из 1", False)
    give_consents(able.person)
    assert words(EvidenceKind.CONSENT_SHARE, of="mentors") == ("согласия получены у 1 из 1", True)
    assert words(EvidenceKind.CERTIFICATE_SHARE) == ("справки приняты у 0 из 1", False)
    give_certificates(able.person)
    assert words(EvidenceKind.CERTIFICATE_SHARE) == ("справки приняты у 1 из 1", True)
    assert words(EvidenceKind.MENTORS_OF_CATEGORY, category="employee")[1] is True
    assert words(EvidenceKind.MENTORS_OF_CATEGORY, category="student") is None


def test_pairs_of_a_category_and_papers_of_a_folder_are_counted(school, curator) -> None:
    pair = ready_pair(school)
    sign(order_on(school, pair))
    own = pair.mentor.person.category

    assert find(EvidenceKind.PAIRS_OF_CATEGORY, {"category": own, "number": 1}, DAY) is not None
    assert find(EvidenceKind.PAIRS_OF_CATEGORY, {"category": own, "number": 2}, DAY) is None
    assert find(EvidenceKind.PAIRS_OF_CATEGORY, {"category": "ngo", "number": 1}, DAY) is None
    (two,) = find_for(EvidenceKind.DOCUMENT_FILED, [{"folder": "02", "number": 2}], DAY)
    assert (two.words, two.is_met) == ("в папке 1\xa0документ, нужно 2", False)
    assert find(EvidenceKind.DOCUMENT_FILED, {"folder": "02", "number": 1}, DAY) is not None


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("interview_protocol", "people:selection"),
        ("consent_pd_adult", "people:consents"),
        ("order_roadmap", "roadmaps:current"),
        ("informing_class_sheet", "informing:sheets"),
    ],
)
def test_the_button_of_a_line_leads_to_where_its_paper_is_made(kind, page) -> None:
    work = work_of(EvidenceKind.DOCUMENT_IN_FORCE, {"kind": kind})

    assert work is not None
    assert work.url_name == page
