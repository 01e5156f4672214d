"""Papers of a roadmap through their pages: seen, taken away, filed; the approving order."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from docx import Document as Docx

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document, DocumentState
from nastavnik.documents.services import send_to_sign, sign_document
from nastavnik.roadmaps.models import RoadmapState
from nastavnik.roadmaps.services.states import agree, send_to_agreement
from nastavnik.roadmaps.views.papers import PAPERS
from tests.neighbours import grant, make_user
from tests.people_making import DAY
from tests.roadmaps.making import COORDINATOR, CURATOR, HEAD, line, make_roadmap


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def roadmap(school):
    return make_roadmap(
        school,
        line("Собрать рабочую группу", "до 30 сентября", number="1"),
        line("Обучить наставников", "октябрь", number="2"),
        line("=HYPERLINK(1)", "постоянно", number="3"),
    )


@pytest.fixture
def as_curator(client, curator):
    client.force_login(curator)
    return client


def _url(name, roadmap, **more):
    kwargs = {"org": roadmap.organisation.slug, "pk": roadmap.pk, **more}
    return reverse(f"roadmaps:{name}", kwargs=kwargs)


def _agreed(roadmap):
    send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")
    agree(actor=COORDINATOR, roadmap=roadmap, post="муниципальный координатор")
    roadmap.refresh_from_db()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_seen_and_taken_away(as_curator, roadmap, paper) -> None:
    seen = as_curator.get(_url("paper", roadmap, paper=paper))
    taken = as_curator.get(_url("paper-docx", roadmap, paper=paper))

    assert (seen.status_code, taken.status_code) == (200, 200)
    assert 'class="paper__sheet"' in seen.content.decode()
    assert Docx(BytesIO(b"".join(taken.streaming_content))).tables or paper in {"letter", "remarks"}


def test_a_paper_that_does_not_exist_is_not_found(as_curator, roadmap) -> None:
    assert as_curator.get(_url("paper", roadmap, paper="nothing")).status_code == 404


def test_a_paper_is_filed_as_a_draft(as_curator, roadmap) -> None:
    answer = as_curator.post(_url("paper-file", roadmap, paper="control"))

    document = Document.objects.get()
    assert (answer.status_code, document.kind, document.state) == (
        302,
        "roadmap_control",
        DocumentState.DRAFT,
    )


def test_order_of_an_agreed_roadmap_brings_it_into_force(as_curator, roadmap) -> None:
    _agreed(roadmap)
    as_curator.post(_url("order", roadmap))
    order = Document.objects.get(kind="order_roadmap")
    send_to_sign(actor=CURATOR, document=order)
    sign_document(actor=HEAD, document=order, registered_on=DAY)

    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.order, roadmap.order_item, roadmap.in_force_on) == (
        RoadmapState.IN_FORCE,
        order,
        "1",
        DAY,
    )
    plan = as_curator.get(_url("paper", roadmap, paper="plan")).content.decode()
    assert "от 10 ноября 2026 г. №\u00a01, пункт 1" in plan


def test_responsible_officer_reads_and_prints_but_files_nothing(
    client, roadmap, neighbours
) -> None:
    user = make_user("officer")
    grant(user, Role.RESPONSIBLE, neighbours.own)
    client.force_login(user)

    page = client.get(_url("paper", roadmap, paper="plan"))
    assert (page.status_code, page.context["may_file"]) == (200, False)
    assert client.post(_url("paper-file", roadmap, paper="plan")).status_code == 403


def test_table_holds_every_line_as_text(as_curator, roadmap) -> None:
    answer = as_curator.get(_url("table", roadmap))

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [(row[0], row[2], row[3], row[4] and row[4].date(), row[7]) for row in rows] == [
        ("1", "Собрать рабочую группу", "до 30 сентября", date(2026, 9, 30), "не начат"),
        ("2", "Обучить наставников", "октябрь", date(2026, 10, 31), "не начат"),
        ("3", "=HYPERLINK(1)", "постоянно", None, "не начат"),
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}


def test_calendar_holds_every_day(as_curator, roadmap) -> None:
    content = b"".join(as_curator.get(_url("days", roadmap)).streaming_content).decode()

    assert content.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260930" in content
