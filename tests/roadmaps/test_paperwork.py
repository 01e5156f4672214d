"""Papers of a roadmap: what the records know is what they print."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from docx import Document as Docx

from nastavnik.accounts.permissions import Role
from nastavnik.audit.services import record
from nastavnik.documents.models import DocumentState
from nastavnik.roadmaps.models import (
    ItemComment,
    ItemResponsible,
    Occurrence,
    Roadmap,
    RoadmapItem,
)
from nastavnik.roadmaps.queries import prints
from nastavnik.roadmaps.services import paperwork
from nastavnik.shared.errors import PermissionRefused
from tests.documents.engine.docx_samples import texts
from tests.neighbours import actor_as, make_organisation
from tests.people_making import DAY

CURATOR = actor_as(Role.CURATOR)
COORDINATOR = actor_as(Role.COORDINATOR, label="Рябова Мария Андреевна")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def roadmap(school):
    made = Roadmap.objects.create(
        organisation=school,
        title="Дорожная карта внедрения целевой модели наставничества",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 8, 31),
        academic=True,
    )
    _line(made, "1", "Собрать рабочую группу", due=date(2026, 9, 30), mandatory=True)
    _line(made, "2", "Обучить наставников", due=date(2026, 10, 31), who=("куратор", "методист"))
    _line(made, "3", "Подвести итоги", due=date(2026, 11, 20))
    _line(made, "4", "Отчитаться о приказе", due=date(2026, 9, 1), state="done")
    _line(made, "5", "Не наше дело", state="not_applicable", not_applicable_reason="нет такого")
    return made


def _line(roadmap, number, text, *, due=None, who=("куратор",), **more):
    item = RoadmapItem.objects.create(
        organisation=roadmap.organisation,
        roadmap=roadmap,
        position=int(number),
        number=number,
        text=text,
        section="Подготовка",
        **more,
    )
    for words in who:
        ItemResponsible.objects.create(organisation=roadmap.organisation, item=item, words=words)
    if due:
        Occurrence.objects.create(organisation=roadmap.organisation, item=item, due_on=due)
    return item


def _agree(roadmap, **more):
    values = {
        "state": "agreed",
        "agreement_by": "coordinator",
        "agreed_on": date(2026, 9, 20),
        "agreed_by": COORDINATOR.label,
        "agreed_post": "муниципальный координатор",
        **more,
    }
    for name, value in values.items():
        setattr(roadmap, name, value)
    roadmap.save()


def _printed(roadmap, kind, actor=CURATOR):
    content = paperwork.paper_docx(actor=actor, roadmap=roadmap, kind=kind, on=DAY)
    return content, texts(content)


def test_the_sheet_leaves_out_what_was_agreed_as_not_applicable(roadmap) -> None:
    content, lines = _printed(roadmap, "roadmap")

    table = Docx(BytesIO(content)).tables[1]
    assert [[cell.text for cell in row.cells[:2]] for row in table.rows[2:-1]] == [
        ["1", "Собрать рабочую группу"],
        ["2", "Обучить наставников"],
        ["3", "Подвести итоги"],
        ["4", "Отчитаться о приказе"],
    ]
    assert "внедрения целевой модели наставничества\nна 2026/27 учебный год" in lines


def test_stamps_follow_the_records(roadmap, neighbours) -> None:
    make_organisation("office", neighbours.own.territory, "authority")
    draft = _printed(roadmap, "roadmap")[1]
    _agree(roadmap)
    agreed = _printed(roadmap, "roadmap")[1]
    _agree(
        roadmap,
        agreement_by="council",
        agreement_body="Педагогический совет",
        protocol_number="2",
        protocol_on=date(2026, 9, 18),
    )
    accepted = _printed(roadmap, "roadmap")[1]

    blank = "УТВЕРЖДЕНО\nприказом Школы own\nот ________________ № ______"
    assert [line for line in draft if "СОГЛАСОВАНО" in line or "ПРИНЯТО" in line] == []
    assert blank in draft
    office = "Муниципальное бюджетное общеобразовательное учреждение «Школа office»"
    assert (
        f"СОГЛАСОВАНО\n{office}\nМуниципальный координатор\n"
        "______________ М.А. Рябова\n20 сентября 2026 г." in agreed
    )
    assert "ПРИНЯТО\nПедагогический совет\nпротокол от 18 сентября 2026 г. № 2" in accepted


def test_the_order_freezes_the_lines_and_names_the_curator(roadmap, curator) -> None:
    _agree(roadmap)

    data = paperwork.order_data(actor=CURATOR, roadmap=roadmap, on=DAY)

    assert data["curator"]["name"]["dative"] == "Лещёвой Ольге Викторовне"
    assert [line["number"] for part in data["parts"] for line in part["lines"]] == list("1234")
    assert data["agreement"]["date"] == "20 сентября 2026 г."


def test_control_note_counts_and_names_who_is_late(roadmap) -> None:
    facts = prints.control_facts(
        prints.state_counts(roadmap),
        prints.by_section(prints.late_lines(roadmap, DAY)),
        prints.soon_lines(roadmap, DAY),
    )

    assert {name: facts[name] for name in ("total", "done", "not_started", "overdue_count")} == {
        "total": "4",
        "done": "1",
        "not_started": "3",
        "overdue_count": "2",
    }
    assert [(p["who"], p["count"], p["numbers"]) for p in facts["people"]] == [
        ("куратор", "2", "1, 2"),
        ("методист", "1", "2"),
    ]
    (part,) = facts["overdue"]
    assert part["title"] == "Подготовка"
    assert [(line["due"], line["days"]) for line in part["lines"]] == [
        ("30.09.2026", "41"),
        ("31.10.2026", "10"),
    ]
    assert [line["due"] for line in facts["soon"]] == ["20.11.2026"]
    assert "Просроченные пункты" in _printed(roadmap, "roadmap_control")[1]


def test_a_roadmap_in_time_says_so(roadmap) -> None:
    Occurrence.objects.update(met_on=DAY)

    assert "Просроченных пунктов нет." in _printed(roadmap, "roadmap_control")[1]


def test_agreement_sheet_tells_every_decision_in_order(roadmap) -> None:
    item = roadmap.items.first()
    ItemComment.objects.create(
        organisation=roadmap.organisation,
        item=item,
        kind="remark",
        text="Нет срока",
        author=COORDINATOR.label,
    )
    record(actor=COORDINATOR, action="roadmaps.return", subject=roadmap)
    record(actor=COORDINATOR, action="roadmaps.agree", subject=roadmap)
    _agree(roadmap)

    steps = prints.agreement_steps(roadmap)

    assert [(s["is_agreed"], s["remarks"], s["date"]) for s in steps] == [
        (False, "1", "10.11.2026"),
        (True, "", "10.11.2026"),
    ]
    assert "Возвращено, замечаний: 1" in _printed(roadmap, "roadmap_agreement")[1]
    assert (
        "Нет срока. Рябова Мария Андреевна, 10.11.2026" in _printed(roadmap, "roadmap_remarks")[1]
    )


@pytest.mark.parametrize("kind", paperwork.KINDS)
def test_every_paper_can_be_filed(roadmap, curator, kind) -> None:
    document = paperwork.file_paper(actor=CURATOR, roadmap=roadmap, kind=kind, on=DAY)

    assert (document.state, document.folder, document.subject_id) == (
        DocumentState.DRAFT,
        "03",
        roadmap.pk,
    )
    with pytest.raises(PermissionRefused):
        paperwork.file_paper(actor=actor_as(Role.CONTROLLER), roadmap=roadmap, kind=kind, on=DAY)
