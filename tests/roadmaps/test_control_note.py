"""The controller's note: the facts of the screen in Word, and the journal knows who took it."""

import io
import zipfile
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import SystemEvent
from nastavnik.roadmaps.queries.control import control
from nastavnik.roadmaps.services.control import sentence
from tests.neighbours import grant, make_organisation, make_user
from tests.roadmaps.making import line
from tests.roadmaps.test_upper_pages import in_force, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 14)
AT = {"territory": "first"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def controller(client, neighbours):
    user = make_user("controller", gender="female")
    grant(user, Role.CONTROLLER, neighbours.own.territory)
    client.force_login(user)
    return client


@pytest.fixture
def late(neighbours):
    in_force(
        neighbours.own,
        line("Обучить наставников", "до 30.09.2026", number="15"),
        line("Найти партнёров", "до 05.10.2026", number="16"),
    )
    in_force(neighbours.sibling, line("Собрать совет", "до 01.10.2026", number="2"))


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        xml = packed.read("word/document.xml").decode()
    return xml.replace("\u00a0", " ")


def test_institutions_stand_by_the_number_of_late_lines_with_the_first_day(
    neighbours, late
) -> None:
    found = control(neighbours.own.territory, on=TODAY)

    told = [(one.organisation, len(one.lines), one.since, one.days) for one in found.places]
    assert told == [
        (neighbours.own, 2, date(2026, 9, 30), 14),
        (neighbours.sibling, 1, date(2026, 10, 1), 13),
    ]
    assert (found.institutions, found.in_force, found.total, found.done) == (2, 2, 3, 0)
    assert sentence(found).replace("\u00a0", " ") == (
        "Карты действуют в 2 учреждениях из 2: выполнено 0 пунктов из 3. 3 пункта просрочены "
        "в 2 учреждениях; дольше всего – Школа own, пункт 15: 14 дней."
    )


def test_word_file_says_what_the_screen_says(neighbours, late, controller) -> None:
    make_organisation("office", neighbours.own.territory, kind="authority")

    page = text_of(controller.get(reverse("roadmaps:overdue", kwargs=AT)))
    answer = controller.post(reverse("roadmaps:control-note", kwargs=AT))

    note = words_of(b"".join(answer))
    facts = ("Обучить наставников", "30.09.2026", "Школа sibling", "дольше всего", "14")
    assert [fact for fact in facts if fact not in note or fact not in page] == []
    assert "Школа own: Куратор" in note
    assert answer["Content-Disposition"].endswith(".docx")
    event = SystemEvent.objects.get(action="roadmaps.control_note")
    assert event.details == {"on": "2026-10-14", "overdue": 3}


def test_without_an_authority_the_page_says_what_to_do(late, controller) -> None:
    answer = controller.post(reverse("roadmaps:control-note", kwargs=AT))

    assert (answer.status_code, "Добавьте его в «Учреждениях»" in text_of(answer)) == (422, True)


def test_office_of_the_region_serves_a_municipality_without_one(
    neighbours, late, controller
) -> None:
    make_organisation("ministry", neighbours.region, kind="authority")

    answer = controller.post(reverse("roadmaps:control-note", kwargs=AT))

    assert answer.status_code == 200


def test_sheet_for_the_folder_has_the_totals(late, controller) -> None:
    page = text_of(controller.get(reverse("roadmaps:overdue", kwargs=AT) + "?print=1"))

    assert [
        w for w in ("По учреждениям", "3 пункта просрочены", "Собрать совет") if w not in page
    ] == []
