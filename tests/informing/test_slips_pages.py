"""The page behind the QR code and the curator's pages."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.informing.links import path_of
from nastavnik.informing.models import Slip
from nastavnik.informing.services import sheets
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.shared.today import cards_for
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.informing.slips_making import CURATOR, sheet_for, sheets_for, slip_of
from tests.neighbours import grant, make_user
from tests.people_making import DAY, make_person

NOTE = "С записи «Хочу участвовать»:"
SAID = {"side": "mentee", "request_code": "study", "wish": "по средам", "name": "Лиса-12"}


def url(name, school, **more):
    return reverse(f"informing:{name}", kwargs={"org": school.slug, **more})


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def door(neighbours):
    """A sheet of 5Б and its address; no scope is open, as in a request of a stranger."""
    with scope({neighbours.own.pk}):
        sheet = sheet_for(neighbours.own)
        return neighbours.own, sheet, path_of(sheet)


def test_address_is_short_and_case_does_not_matter(client, door):
    _, _, path = door
    assert len(path) == len("/join/") + 11
    assert client.get(path.upper().replace("JOIN", "join")).status_code == 200


def test_child_is_asked_two_questions_and_no_contacts(client, door):
    page = client.get(door[2]).content.decode()
    assert "С чем?" in page
    assert "Когда тебе удобно?" in page
    assert 'value="study"' in page
    assert 'type="email"' not in page
    assert 'type="tel"' not in page
    assert page.count("checked") == 1  # «Пока не знаю»


def test_adult_is_spoken_to_politely(client, neighbours):
    with scope({neighbours.own.pk}):
        staff, parents = sheets_for(neighbours.own, audiences=("staff", "parents"))
        paths = path_of(staff), path_of(parents)
    page = client.get(paths[0]).content.decode()
    assert "Когда вам удобно?" in page
    assert 'value="teacher-growth"' in page
    assert "кодовое" not in page
    assert "Класс ребёнка" in client.get(paths[1]).content.decode()


def test_posting_twice_keeps_one_slip_and_leads_to_thanks(client, door):
    school, _, path = door
    for _ in range(2):
        answer = client.post(path, {**SAID, "is_code": "on", "once": "form-1"})
        assert (answer.status_code, answer.url) == (302, f"{path}?thanks=1")
    assert "Спасибо, мы тебя записали" in client.get(answer.url).content.decode()
    with scope({school.pk}):
        row = Slip.objects.get()
    assert (row.name, row.is_code, row.way) == ("Лиса-12", True, "link")


def test_looking_writes_nothing(client, door):
    client.get(door[2])
    with scope({door[0].pk}):
        assert not Slip.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": ""}, "Напиши имя или кодовое слово."),
        ({"side": ""}, "Выбери, что ближе."),
        ({"request_code": "teacher-growth"}, "Выбери из списка."),
        ({"wish": "пиши на a@b.ru"}, "Телефон, почту и ссылки сюда не пиши."),
        ({"wish": "а" * 201}, "Слишком длинно, хватит одной строки."),
    ],
)
def test_mistake_is_told_in_a_childs_words(client, door, more, words):
    answer = client.post(door[2], {**SAID, "once": "form-1", **more})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_machine_that_fills_the_hidden_field_is_told_nothing(client, door):
    school, _, path = door
    answer = client.post(path, {**SAID, "once": "1", "website": "http://spam.example"})
    assert answer.url == f"{path}?thanks=1"
    with scope({school.pk}):
        assert not Slip.objects.exists()


def test_closed_and_renewed_sheets_take_nothing(client, door):
    school, sheet, path = door
    with scope({school.pk}):
        sheets.close_sheet(actor=CURATOR, sheet=sheet)
    assert "Запись закончилась." in client.get(path).content.decode()
    assert client.post(path, {**SAID, "once": "1"}).status_code == 409
    with scope({school.pk}):
        fresh = sheets.renew_sheet(actor=CURATOR, sheet=sheet)
    assert client.get(path).status_code == 404
    assert client.get(path_of(fresh)).status_code == 200


def test_curator_sees_who_waits(as_curator, school):
    sheet = sheet_for(school)
    slip_of(sheet)
    page = as_curator.get(url("slips", school)).content.decode()
    assert "5Б класс: 1" in page
    assert "Ежов Тимофей" in page
    assert "Сотрётся 10\u00a0декабря" in page


@pytest.mark.parametrize("number", [1, 6])
def test_page_asks_as_many_questions_for_few_as_for_many(as_curator, school, number):
    for sheet in sheets_for(school, *[f"{grade}А" for grade in range(5, 5 + number)]):
        slip_of(sheet, f"Имя {sheet}")
        slip_of(sheet, f"Другое {sheet}", side="mentor")
    with exactly(9):
        as_curator.get(url("slips", school))


def test_taking_makes_a_mentee_who_waits_for_consent(as_curator, school):
    slip = slip_of(sheet_for(school))
    address = url("slip-take", school, slip_id=slip.pk)
    page = as_curator.get(address).content.decode()
    assert 'value="Ежов"' in page
    assert 'value="Тимофей"' in page
    data = {"surname": "Ежов", "given": "Тимофей", "gender": "male", "category": "pupil"}
    answer = as_curator.post(address, {**data, "class_name": "5Б", "birth_year": "2015"})
    mentee = MenteeProfile.objects.select_related("person").get()
    assert answer.url == reverse("people:card", args=[school.slug, mentee.person_id])
    assert (mentee.state, mentee.person.class_name) == ("awaiting_consent", "5Б")
    assert [row.code for row in mentee.requests.all()] == ["study"]
    slip.refresh_from_db()
    assert (slip.state, slip.person_id) == ("taken", mentee.person_id)
    assert as_curator.get(address).url == answer.url


def test_child_under_ten_is_refused_as_by_every_door(as_curator, school):
    slip = slip_of(sheet_for(school, "2А"))
    data = {"surname": "Ежов", "given": "Тимофей", "gender": "male", "category": "pupil"}
    answer = as_curator.post(
        url("slip-take", school, slip_id=slip.pk), {**data, "birth_date": "04.05.2018"}
    )
    assert answer.status_code == 422
    assert "Участвовать можно с 10 лет" in answer.content.decode()
    assert not Person.objects.exists()


def test_person_who_is_in_the_base_is_not_made_twice(as_curator, school):
    person = make_person(school, "Ежов", given="Тимофей", patronymic="Ильич")
    slip = slip_of(sheet_for(school), side="mentor")
    address = url("slip-take", school, slip_id=slip.pk)
    assert "Ежов Тимофей Ильич, 2013, 7А" in as_curator.get(address).content.decode()
    as_curator.post(address, {"known": person.pk})
    assert MentorProfile.objects.get().person_id == person.pk
    assert Person.objects.count() == 1


def test_code_word_asks_for_the_name(as_curator, school):
    slip = slip_of(sheet_for(school), "Лиса-12", is_code=True)
    page = as_curator.get(url("slip-take", school, slip_id=slip.pk)).content.decode()
    assert "кодовое слово «Лиса-12»: спросите имя" in page
    assert 'value="Лиса-12"' not in page


def test_blanks_of_consent_are_given_without_names(as_curator, school):
    sheet, other = sheets_for(school, "5Б", "9А")
    slip, older = slip_of(sheet), slip_of(other, "Пух")
    answer = as_curator.post(url("slips-blanks", school), {"sheet": sheet.pk})
    text = words_of(body(answer))
    assert "согласен(на) с тем" in text
    assert "обработку персональных данных" in text
    assert "Ежов" not in text
    assert "согласие подтверждаю" not in text
    for row in (slip, older):
        row.refresh_from_db()
    assert (slip.blank_given_on, older.blank_given_on) == (DAY, None)
    assert as_curator.post(url("slips-blanks", school), {"sheet": other.pk}).status_code == 200


def test_decisions_by_button(as_curator, school):
    slip = slip_of(sheet_for(school))
    for name, state in (("slip-decline", "declined"), ("slip-back", "new")):
        as_curator.post(url(name, school, slip_id=slip.pk))
        slip.refresh_from_db()
        assert slip.state == state
    as_curator.post(url("slip-remove", school, slip_id=slip.pk))
    assert not Slip.objects.exists()


def test_sheets_of_all_classes_are_made_and_printed_at_once(as_curator, school):
    make_person(school, "Ежов", class_name="8В")
    page = as_curator.get(url("sheets-new", school)).content.decode()
    assert 'value="8В"' in page
    data = {
        "classes": ["8В"],
        "more": "5А, 5Б",
        "audiences": ["parents"],
        "open_until": "20.11.2026",
    }
    assert as_curator.post(url("sheets-new", school), data).status_code == 302
    page = as_curator.get(url("sheets-print", school)).content.decode()
    titles = ("5А класс", "5Б класс", "8В класс", "Родителям")
    assert [page.index(f">{title}<") for title in titles] == sorted(
        page.index(f">{title}<") for title in titles
    )
    assert page.count('class="paper__qr"') == 4
    assert "join/" in words_of(body(as_curator.get(url("sheets-docx", school))))


def test_paper_slips_are_typed_in_a_grid(as_curator, school):
    sheet = sheet_for(school)
    rows = {f"side-{number}": "mentee" for number in range(12)}
    rows |= {"sheet": sheet.pk, "name-0": "Ежов Тимофей", "name-2": "Пух", "side-2": "mentor"}
    assert (
        as_curator.post(url("slips-paper", school), {**rows, "wish-0": "a@b.ru"}).status_code == 422
    )
    assert as_curator.post(url("slips-paper", school), rows).status_code == 302
    assert sorted(Slip.objects.values_list("name", "side", "way")) == [
        ("Ежов Тимофей", "mentee", "paper"),
        ("Пух", "mentor", "paper"),
    ]


def test_today_tells_of_slips_and_hurries_before_erasure(rf, school):
    slip = slip_of(sheet_for(school))
    request = rf.get("/")
    request.organisation = school

    def card():
        found = [card for card in cards_for([Role.CURATOR], request) if "Хочу" in card.text]
        return [(row.title, row.level, row.due) for row in found]

    title = "Ответьте желающим: 1\u00a0запись"
    assert card() == [(title, "wait", date(2026, 12, 10))]
    Slip.objects.filter(pk=slip.pk).update(expires_on=DAY + timedelta(days=3))
    assert card() == [(title, "bad", date(2026, 11, 13))]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HEAD, 200), (Role.RESPONSIBLE, 403), (Role.COUNCIL, 403)]
)
def test_names_are_for_curator_and_head_alone(client, school, role, status):
    user = make_user("other")
    grant(user, role, school)
    client.force_login(user)
    assert client.get(url("slips", school)).status_code == status


def test_coordinator_reaches_no_slip(client, school, neighbours):
    user = make_user("coordinator")
    grant(user, Role.COORDINATOR, neighbours.own.territory)
    client.force_login(user)
    assert client.get(url("slips", school)).status_code == 404


def test_teacher_is_entered_with_the_own_request_and_blank(as_curator, school):
    (staff,) = sheets_for(school, audiences=("staff",))
    slip = slip_of(staff, "Ершова Нина Петровна", request_code="teacher-growth")
    text = words_of(body(as_curator.post(url("slips-blanks", school))))
    assert "несовершеннолетнего" not in text
    data = {
        "surname": "Ершова",
        "given": "Нина",
        "gender": "female",
        "category": "pedagogue",
        "birth_year": "1990",
    }
    as_curator.post(url("slip-take", school, slip_id=slip.pk), data)
    mentee = MenteeProfile.objects.get()
    assert (mentee.person.is_staff, mentee.note) == (True, f"{NOTE} после пятого урока")
    assert [row.code for row in mentee.requests.all()] == ["teacher-growth"]


def test_parent_asks_for_a_child_or_offers_help(as_curator, school):
    (parents,) = sheets_for(school, audiences=("parents",))
    for_child = slip_of(parents, "Ежова Вера", class_name="6А")
    helper = slip_of(parents, "Пухова Вера", side="mentor", request_code="talent")
    page = as_curator.get(url("slip-take", school, slip_id=for_child.pk)).content.decode()
    assert 'value="6А"' in page
    text = words_of(body(as_curator.post(url("slips-blanks", school))))
    assert text.count("согласен(на) с тем") == 1
    data = {"surname": "Пухова", "given": "Вера", "gender": "female", "category": "parent"}
    as_curator.post(url("slip-take", school, slip_id=helper.pk), data)
    mentor = MentorProfile.objects.get()
    assert (mentor.person.is_own, mentor.state) == (False, "applied")
    assert mentor.note == f"Может помочь: Развитие таланта. {NOTE} после пятого урока"


def test_nothing_is_printed_for_nobody(as_curator, school):
    sheet_for(school)
    assert as_curator.post(url("slips-blanks", school)).status_code == 422
    sheets.close_sheet(actor=CURATOR, sheet=sheet_for(school))
    assert as_curator.get(url("sheets-print", school)).status_code == 302
