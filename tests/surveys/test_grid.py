"""Paper forms typed in by numbers."""

import re
from datetime import timedelta

import pytest

from nastavnik.audit.models import AuditEvent
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.surveys.models import AnswerWay, Wish
from nastavnik.surveys.services import close_campaign, reopen_campaign
from nastavnik.surveys.services.answers import circle_of
from nastavnik.surveys.services.grid import grid_invitations, read_grid, save_grid, typed_before
from tests.neighbours import actor_as
from tests.people_making import DAY
from tests.surveys.making import CURATOR, ask, choose, place


def cells(first="", second="", third="", not_with="", why=""):
    return {"first": first, "second": second, "third": third, "not_with": not_with, "why": why}


def wishes():
    rows = Wish.objects.values_list("chooser__number", "rank", "about__number")
    return sorted(rows, key=lambda row: (row[0], row[1] or 9, row[2]))


def test_numbers_become_answers_from_paper(school):
    campaign = ask(school)
    typed = {
        place(campaign, "Азимова").pk: cells("2", "1"),
        place(campaign, "Ершова").pk: cells(" 5 ", "", "3", "4"),
        place(campaign, "Бокова").pk: cells("0"),
        place(campaign, "Вилкова").pk: cells(),
    }
    assert save_grid(actor=CURATOR, campaign=campaign, typed=typed) == 3
    assert wishes() == [(1, 1, 5), (1, 2, 3), (1, None, 4), (3, 1, 2), (3, 2, 1)]
    ways = {row.number: row.way for row in campaign.invitations.all()}
    assert ways == {1: "paper", 2: "", 3: "paper", 4: "paper", 5: ""}
    assert save_grid(actor=CURATOR, campaign=campaign, typed=typed) == 0
    event = AuditEvent.objects.get(action="surveys.grid")
    assert event.details == {"forms": 3}


def test_what_was_typed_comes_back_for_correction(school):
    campaign = ask(school)
    typed = {place(campaign, "Ершова").pk: cells("5", "3", "", "4", "шутят")}
    save_grid(actor=CURATOR, campaign=campaign, typed=typed)
    choose(campaign, "Жукова", "Азимова")
    circle = circle_of(campaign, DAY)
    rows = grid_invitations(circle, DAY)
    assert [row.person.surname for row in rows] == ["Ершова", "Азимова", "Бокова", "Вилкова"]
    assert typed_before(rows, circle) == typed


@pytest.mark.parametrize(
    ("who", "typed", "column", "words"),
    [
        (
            "Азимова",
            cells("7"),
            "first",
            "Строка 3, Азимова А. П., 1-й выбор: номера 7 нет в списке наставников.",
        ),
        (
            "Ершова",
            cells("3", "3"),
            "second",
            "Строка 1, Ершова Н. П., 2-й выбор: этот номер в строке уже стоит.",
        ),
        (
            "Ершова",
            cells("3", "", "", "3, 4"),
            "not_with",
            "Строка 1, Ершова Н. П., не стоит: номер стоит и среди выбранных, и здесь.",
        ),
        (
            "Бокова",
            cells("", "", "два"),
            "third",
            "Строка 4, Бокова В. П., 3-й выбор: «два» не похоже на номер.",
        ),
        (
            "Бокова",
            cells("1 2"),
            "first",
            "Строка 4, Бокова В. П., 1-й выбор: здесь нужен один номер.",
        ),
        (
            "Ершова",
            cells("", "", "", "2"),
            "not_with",
            "Строка 1, Ершова Н. П., не стоит: номера 2 нет в списке наставляемых.",
        ),
        (
            "Бокова",
            cells(why="добрая"),
            "first",
            "Строка 4, Бокова В. П., 1-й выбор: выбора нет; если никого, впишите 0.",
        ),
        (
            "Бокова",
            cells("1", why="а" * 201),
            "why",
            "Строка 4, Бокова В. П., почему: не больше 200 букв.",
        ),
    ],
)
def test_fault_names_its_place_and_nothing_is_kept(school, who, typed, column, words):
    campaign = ask(school)
    right = {place(campaign, "Вилкова").pk: cells("1"), place(campaign, who).pk: typed}
    faults = read_grid(campaign, right, DAY).faults
    assert [(row.invitation.person.surname, fault.column) for row, fault in faults] == [
        (who, column)
    ]
    assert faults[0][1].message.replace("\u00a0", " ") == words
    with pytest.raises(DomainError):
        save_grid(actor=CURATOR, campaign=campaign, typed=right)
    assert wishes() == []


def test_own_answer_by_link_is_not_typed_over(school):
    campaign = ask(school)
    choose(campaign, "Азимова", "Ершова", way=AnswerWay.LINK)
    typed = {place(campaign, "Азимова").pk: cells("2"), place(campaign, "Бокова").pk: cells("2")}
    assert save_grid(actor=CURATOR, campaign=campaign, typed=typed) == 1
    assert wishes() == [(3, 1, 1), (4, 1, 2)]


def test_after_the_last_day_nothing_is_typed_in(school):
    campaign = ask(school, closes_on=DAY)
    typed = {place(campaign, "Азимова").pk: cells("2")}
    with pytest.raises(DomainError) as refusal:
        save_grid(actor=CURATOR, campaign=campaign, typed=typed, on=DAY + timedelta(days=1))
    assert refusal.value.code == "survey_closed"


def test_an_empty_sheet_and_a_stranger_are_refused(school):
    campaign = ask(school)
    with pytest.raises(DomainError):
        save_grid(actor=CURATOR, campaign=campaign, typed={})
    with pytest.raises(PermissionRefused):
        save_grid(actor=actor_as("head"), campaign=campaign, typed={})


def test_grid_is_checked_first_and_saves_only_what_was_checked(as_curator, school):
    campaign = ask(school)
    path = f"/o/{school.slug}/surveys/{campaign.pk}/grid/"
    pk = place(campaign, "Азимова").pk
    typed = {f"c{pk}-first": "2", f"c{pk}-second": "9"}
    answer = as_curator.post(path, {**typed, "action": "check"})
    assert answer.status_code == 422
    assert "номера 9 нет в списке наставников" in answer.content.decode()

    typed[f"c{pk}-second"] = "1"
    checked = as_curator.post(path, {**typed, "action": "check"})
    assert "Жукова\u00a0О.\u00a0П.; Ершова\u00a0Н.\u00a0П." in checked.content.decode()
    assert wishes() == []
    confirmed = checked.context["form"].save_value

    changed = as_curator.post(path, {**typed, f"c{pk}-second": "", "action": confirmed})
    assert (changed.status_code, wishes()) == (200, [])
    assert as_curator.post(path, {**typed, "action": confirmed}).status_code == 302
    assert wishes() == [(3, 1, 2), (3, 2, 1)]


def test_reason_of_the_choice_is_kept_and_changed_with_the_paper(school):
    campaign = ask(school)
    pk = place(campaign, "Азимова").pk
    save_grid(actor=CURATOR, campaign=campaign, typed={pk: cells("2", why=" добрая  и строгая")})
    assert place(campaign, "Азимова").why == "добрая и строгая"
    assert save_grid(actor=CURATOR, campaign=campaign, typed={pk: cells("2", why="умная")}) == 1
    assert (place(campaign, "Азимова").why, wishes()) == ("умная", [(3, 1, 2)])


def many(campaign, number):
    """A paper far down the list."""
    row = place(campaign, "Вилкова")
    row.number = number
    row.save()
    return row


def numbers_on(answer) -> list[int]:
    sides = answer.context["sides"]
    return [item["row"].invitation.number for _, rows in sides for item in rows]


def test_pages_go_by_numbers_and_each_is_saved_by_itself(as_curator, school):
    campaign = ask(school)
    far = many(campaign, 730)
    path = f"/o/{school.slug}/surveys/{campaign.pk}/grid/"
    first = as_curator.get(path)
    assert numbers_on(first) == [3, 4, 1, 2]
    assert f"c{far.pk}-first" not in first.content.decode()
    assert "№\u00a0701–800" in first.content.decode()
    second = as_curator.get(f"{path}?page=8")
    assert numbers_on(second) == [730]

    typed = {f"c{far.pk}-first": "1", f"c{far.pk}-why": "рядом"}
    checked = as_curator.post(f"{path}?page=8", {**typed, "action": "check"})
    confirmed = checked.context["form"].save_value
    saved = as_curator.post(f"{path}?page=8", {**typed, "action": confirmed})
    assert (saved.url, wishes()) == (f"{path}?page=8", [(730, 1, 1)])


def test_another_page_opens_only_when_nothing_typed_would_be_lost(as_curator, school):
    campaign = ask(school)
    many(campaign, 101)
    path = f"/o/{school.slug}/surveys/{campaign.pk}/grid/"
    pk = place(campaign, "Азимова").pk
    empty = as_curator.post(path, {f"c{pk}-first": "", "action": "page-2"})
    assert empty.url == f"{path}?page=2"
    typed = as_curator.post(path, {f"c{pk}-first": "2", "action": "page-2"})
    assert "Сначала сохраните внесённое" in typed.content.decode()
    assert f'name="c{pk}-first" value="2"' in typed.content.decode()
    wrong = as_curator.post(path, {f"c{pk}-first": "9", "action": "page-2"})
    assert wrong.status_code == 422


def test_paper_overtaken_by_the_link_is_named_and_the_rest_is_saved(as_curator, school):
    campaign = ask(school)
    path = f"/o/{school.slug}/surveys/{campaign.pk}/grid/"
    anna, vera = place(campaign, "Азимова"), place(campaign, "Бокова")
    typed = {f"c{anna.pk}-first": "2", f"c{vera.pk}-first": "1"}
    choose(campaign, "Азимова", "Ершова")
    checked = as_curator.post(path, {**typed, "action": "check"})
    assert "Этих анкет внести нельзя" in checked.content.decode()
    assert checked.context["overtaken"] == [anna.person.short_name]
    sent = re.findall(r'name="(c\d+-first)" value="(\d*)"', checked.content.decode())
    confirmed = checked.context["form"].save_value
    assert as_curator.post(path, {**dict(sent), "action": confirmed}).status_code == 302
    assert wishes() == [(3, 1, 1), (4, 1, 1)]


def test_late_person_let_in_alone_is_typed_in_alone_and_journaled(school):
    campaign = close_campaign(actor=CURATOR, campaign=ask(school))
    row = place(campaign, "Бокова")
    reopen_campaign(actor=CURATOR, campaign=campaign, until=DAY, reason="болела", invitation=row)
    rows = grid_invitations(circle_of(campaign, DAY), DAY)
    assert [row.person.surname for row in rows] == ["Бокова"]
    typed = {row.pk: cells("1"), place(campaign, "Азимова").pk: cells("2")}
    assert save_grid(actor=CURATOR, campaign=campaign, typed=typed) == 1
    assert wishes() == [(4, 1, 1)]
    event = AuditEvent.objects.get(action="surveys.reopen_one")
    assert (event.reason, event.object_label) == ("болела", "анкета № 4")
