"""What stands in a pair's way: said in few lines, each with a page that mends it."""

from datetime import date

import pytest
from django.urls import reverse

from nastavnik.pairs.facts import facts_of
from nastavnik.pairs.queries.ordering import held_groups, obstacle
from nastavnik.pairs.rules import Blocker, blockers, told
from nastavnik.pairs.services.orders import readiness
from nastavnik.people.models import ConsentKind
from tests.pairs.making import propose, with_papers
from tests.people_making import (
    DAY,
    give_consent,
    give_consents,
    make_mentee,
    make_mentor,
    make_teacher,
)

BOTH = "участие ребёнка в программе, обработка персональных данных ребёнка"
NAME = "Иванова\u00a0М.\u00a0П."


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def links(office, pair) -> list[tuple[str, str, str]]:
    """(code, button, address) of each line on the pair's card."""
    found = told(blockers(facts_of(pair), DAY))
    rows = [obstacle(office, pair, blocker) for blocker in found]
    return [(row.blocker.code, row.link, row.url) for row in rows]


def test_papers_that_one_person_lacks_stand_in_one_line(office) -> None:
    pair = propose(office)

    lines = [b.sentence for b in told(blockers(facts_of(pair), DAY)) if b.code == "consent"]

    assert lines == [
        "Белова\u00a0М.\u00a0П.: нет согласия: обработка персональных данных",
        f"{NAME}: нет согласий законного представителя: {BOTH}",
    ]


def test_lines_of_two_people_or_two_sorts_stay_apart() -> None:
    found = [
        Blocker("consent", "А: нет согласия: одно", "участник", 1, "a"),
        Blocker("consent", "Б: нет согласия: одно", "участник", 2, "a"),
        Blocker("certificate", "А: нет действующей справки: одна", "наставник", 1),
        Blocker("answer", "А: ещё нет ответа «да»", "участник", 1),
        Blocker("size", "В паре должен быть один наставляемый", "куратор"),
    ]

    assert told(found) == found


def test_order_page_counts_a_pair_once_with_few_lines(office) -> None:
    pair = propose(office)

    (group,) = held_groups(office, readiness(on=DAY, pairs=[pair]).held_back)

    ((_, obstacles),) = group.rows
    assert [one.blocker.code for one in obstacles] == ["consent", "consent", "answer", "answer"]


def case_of_consents(office):
    return propose(office)


def case_of_one_consent(office):
    pair = propose(office)
    give_consents(pair.mentor.person)
    give_consent(pair.members.get().mentee.person, ConsentKind.PD_CHILD)
    return pair


def case_of_an_own_signature(office):
    mentee = make_mentee(office, birth_date=date(2012, 1, 1))
    pair = propose(office, mentees=[mentee])
    for kind in (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD):
        give_consent(mentee.person, kind, child_signed=kind != ConsentKind.PD_CHILD)
    give_consents(pair.mentor.person)
    return pair


def case_of_certificates(office):
    outsider = {"category": "employee", "is_own": False, "post": "инженер"}
    mentor = make_mentor(office, **outsider)
    return with_papers(propose(office, mentor=mentor, form="employer-pupil"))


def case_of_an_addendum(office):
    mentee = make_mentee(office, person=make_teacher(office, "Панова"))
    return with_papers(propose(office, mentees=[mentee], form="teacher-teacher"))


def case_of_age(office):
    return with_papers(propose(office, mentees=[make_mentee(office, birth_date=date(2018, 1, 1))]))


@pytest.mark.parametrize(
    ("case", "code", "leads"),
    [
        (case_of_consents, "consent", ("Внести согласия", "consents-receive")),
        (case_of_one_consent, "consent", ("Внести согласие", "consent-cell")),
        (case_of_an_own_signature, "consent", ("Внести согласие", "consent-cell")),
        (case_of_certificates, "certificate", ("Внести справку", "certificates-enter")),
        (case_of_an_addendum, "addendum", ("Указать соглашение", "card")),
        (case_of_age, "age", ("Открыть карточку", "card")),
        (case_of_age, "answer", ("Отметить ответ", "answers")),
    ],
)
def test_each_line_leads_to_the_page_that_mends_it(as_curator, office, case, code, leads) -> None:
    pair = case(office)

    found = [(link, url) for kind, link, url in links(office, pair) if kind == code]

    link, url = found[-1]
    answer = as_curator.get(url)
    assert answer.status_code == 200
    assert (link, answer.resolver_match.url_name) == leads


def test_page_of_several_consents_opens_with_that_person_alone(as_curator, office) -> None:
    pair = propose(office)
    propose(office, mentor=make_mentor(office, "Котова"), mentees=[make_mentee(office, "Юдина")])
    (url,) = [url for _, link, url in links(office, pair) if link == "Внести согласия"]

    page = as_curator.get(url).content.decode()

    assert ("Иванова" in page, "Юдина" in page) == (True, False)


def test_size_leads_to_the_people_of_the_group(office) -> None:
    group = propose(
        office,
        mentees=[make_mentee(office, "Юдина"), make_mentee(office, "Сидорова")],
        is_group=True,
        kinds=["group"],
    )
    group.members.first().delete()

    (row,) = [row for row in links(office, group) if row[0] == "size"]

    card = reverse("pairs:card", kwargs={"org": office.slug, "pk": group.pk})
    assert row == ("size", "Решить, что с группой", f"{card}#members")
