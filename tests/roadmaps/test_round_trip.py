"""What we print and export comes back as a file: the same lines, days, proofs and origin."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from nastavnik.roadmaps import catalogue
from nastavnik.roadmaps.engine.deadlines import Period
from nastavnik.roadmaps.models import Roadmap, RoadmapState
from nastavnik.roadmaps.queries import exports
from nastavnik.roadmaps.services import paperwork
from nastavnik.roadmaps.services.drafting import create_from_template
from nastavnik.roadmaps.services.imports import apply_import, start_import
from nastavnik.roadmaps.services.targets import add_target
from nastavnik.shared.exports import write_xlsx
from nastavnik.shared.text import tidy
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM, make_organisation
from tests.people_making import DAY
from tests.roadmaps.engine.tables.builders import open_sheet
from tests.roadmaps.making import CURATOR, YEAR, line, make_roadmap

pytestmark = pytest.mark.django_db
TWO_YEARS = Period(YEAR.start, YEAR.end.replace(year=2028), academic=True)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def from_template(school, code, period=YEAR) -> Roadmap:
    template = catalogue.template_of(code, organisation=school)
    return create_from_template(
        actor=CURATOR,
        organisation=school,
        code=code,
        title="Дорожная карта наставничества",
        period=period,
        lines=template.lines,
    )


def in_word(roadmap: Roadmap) -> bytes:
    return paperwork.paper_docx(actor=CURATOR, roadmap=roadmap, kind="roadmap", on=DAY)


def in_excel(roadmap: Roadmap) -> bytes:
    out = BytesIO()
    records = exports.records(roadmap)
    write_xlsx(
        out, exports.COLUMNS, records, exports.SOURCES, "Карта", heading=exports.heading(roadmap)
    )
    return out.getvalue()


def in_open_sheet(roadmap: Roadmap) -> bytes:
    """The same table kept by LibreOffice."""
    sheet = openpyxl.load_workbook(BytesIO(in_excel(roadmap))).active
    rows = sheet.iter_rows(values_only=True)
    return open_sheet([["" if value is None else str(value) for value in row] for row in rows])


def back(roadmap: Roadmap, content: bytes) -> Roadmap:
    batch = start_import(
        actor=CURATOR, organisation=roadmap.organisation, file_name="карта", content=content
    )
    return apply_import(actor=CURATOR, batch=batch, now=timezone.now())


def lines(roadmap: Roadmap) -> list[tuple]:
    return [
        (
            item.number,
            tidy(item.text),
            item.deadline_text,
            item.who,
            tidy(item.result),
            [(one.starts_on, one.due_on) for one in item.occurrences.all()],
            (item.evidence_kind, item.evidence_parameters, item.origin, item.mandatory),
        )
        for item in roadmap.items.filter(is_group=False).order_by("position")
    ]


@pytest.mark.parametrize("kept", [in_word, in_excel, in_open_sheet])
@pytest.mark.parametrize("code", ["institution", "teachers", "college"])
def test_a_roadmap_taken_away_and_loaded_again_is_the_same(school, code, kept):
    roadmap = from_template(school, code)

    again = back(roadmap, kept(roadmap))

    assert lines(again) == lines(roadmap)
    assert (again.starts_on, again.ends_on, again.academic, again.template_code) == (
        roadmap.starts_on,
        roadmap.ends_on,
        True,
        code,
    )
    assert again.title == "Дорожная карта наставничества на 2026/27 учебный год"


@pytest.mark.parametrize("kept", [in_word, in_excel])
def test_a_roadmap_of_two_school_years_comes_back_with_both(school, kept):
    roadmap = from_template(school, "teachers", TWO_YEARS)

    again = back(roadmap, kept(roadmap))

    assert (again.starts_on, again.ends_on) == (TWO_YEARS.start, TWO_YEARS.end)
    assert lines(again) == lines(roadmap)


@pytest.mark.parametrize("kept", [in_word, in_excel, in_open_sheet])
def test_targets_come_back_as_offers_and_not_as_lines(school, kept):
    roadmap = from_template(school, "teachers")
    for words, value in (("Доля молодых педагогов с наставником", 70), ("Проведено встреч", 12)):
        values = {
            "words": words,
            "value": value,
            "unit": "%" if value == 70 else "",
            "indicator": "",
        }
        add_target(actor=CURATOR, roadmap=roadmap, values={**values, "due_on": date(2026, 12, 31)})

    again = back(roadmap, kept(roadmap))

    assert lines(again) == lines(roadmap)
    assert [(row.words, row.value, row.due_on) for row in again.targets.all()] == [
        (
            "Доля молодых педагогов с наставником: 70 % к концу 2026 года",
            70,
            date(2026, 12, 31),
        ),
        ("Проведено встреч: 12 к концу 2026 года", None, date(2026, 12, 31)),
    ]


def test_lines_demanded_from_above_do_not_stand_twice(neighbours):
    office = make_organisation("office", neighbours.own.territory, "authority")
    with scope({office.pk}):
        demanded = line("Всем: обучить наставников", "до 30.11.2026", number="14", mandatory=True)
        above = make_roadmap(office, demanded, actor=SYSTEM, kind="municipal")
        Roadmap.objects.filter(pk=above.pk).update(state=RoadmapState.IN_FORCE, agreed_on=DAY)
    with scope({neighbours.own.pk}):
        roadmap = from_template(neighbours.own, "teachers")
        again = back(roadmap, in_word(roadmap))

        upper = roadmap.items.get(upper_id__isnull=False)
        assert lines(again) == lines(roadmap)
        assert list(again.items.filter(upper_id=upper.upper_id).values_list("text", flat=True)) == [
            "Всем: обучить наставников"
        ]
