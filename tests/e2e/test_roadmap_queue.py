"""Twenty roadmaps from Word files: every deadline as expected, thirteen agreed by one press."""

import random
from datetime import date

import pytest
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps import catalogue
from nastavnik.roadmaps.engine.deadlines import Period, parse
from nastavnik.roadmaps.engine.sheet import period_words
from nastavnik.roadmaps.models import ItemComment, Roadmap, RoadmapState
from nastavnik.roadmaps.services import paperwork, states
from nastavnik.roadmaps.services.drafting import create_from_template, drop_draft
from nastavnik.roadmaps.services.import_check import check_import
from nastavnik.roadmaps.services.imports import Answers, apply_import, save_answers, start_import
from nastavnik.tenancy.scope import scope
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_organisation, make_territory, make_user
from tests.roadmaps.engine.tables.test_realdata import NAMES, SAMPLES, expected, summary
from tests.roadmaps.file_variants import typed
from tests.roadmaps.making import CURATOR

#: Whole variants by their seeds; what the others leave out. With our own print 13 are clean.
WHOLE = {seed: "institution" if seed < 7 else "teachers" for seed in range(12)}
LACKING = ("responsible", "result", "deadline")
#: Documents of the field, where they lie beside the repository; the fifth one is our own print.
DOCUMENTS = NAMES if SAMPLES.is_dir() else []
CHIP = "Укажите срок."


@pytest.mark.django_db(transaction=True)
def test_twenty_roadmaps_are_judged_in_one_pass(live_server, open_page):
    town = make_territory("town", make_territory("region"))
    year = _school_year(timezone.localdate())
    clean = [_variant(town, year, template, seed) for seed, template in WHOLE.items()]
    clean.append(_own_print(town, year))
    looked = [_variant(town, year, "institution", 50, without=name) for name in LACKING]
    looked += [_document(town, year, name) for name in DOCUMENTS]
    user = make_user("coordinator")
    grant(user, Role.COORDINATOR, town)
    coordinator = Visitor(open_page(), live_server, user, town)

    coordinator.open("roadmaps/")
    coordinator.press("Согласовать 13 без замечаний")
    coordinator.page.get_by_text("Согласовано: 13").wait_for()
    assert (coordinator.presses, _states(clean), _states(looked)) == (
        1,
        {RoadmapState.AGREED},
        {RoadmapState.ON_AGREEMENT},
    )

    coordinator.follow(looked[0].organisation.short_name)
    for _ in looked:
        _return_by_a_chip(coordinator)
    coordinator.page.get_by_text("Все присланные карты рассмотрены").wait_for()
    assert _states(looked) == {RoadmapState.RETURNED}
    assert coordinator.presses <= 2 + 3 * len(looked)
    with scope(roadmap.organisation_id for roadmap in looked):
        asked = ItemComment.objects.filter(text__contains=CHIP).values("item__roadmap")
        assert asked.distinct().count() == len(looked)


def _return_by_a_chip(coordinator: Visitor) -> None:
    """What is missing is asked for by ticked chips; where none is, the first line gets one by hand."""
    line = coordinator.page.locator("article").first
    chip = line.get_by_label(CHIP)
    if not chip.is_checked():
        if line.locator("details[open]").count() == 0:
            line.locator("summary").click()
            coordinator.presses += 1
        line.locator("label", has_text=CHIP).click()
        coordinator.presses += 1
    with coordinator.page.expect_navigation():
        coordinator.press("Вернуть с замечаниями")


def _variant(town, year, code: str, seed: int, *, without: str = "") -> Roadmap:
    """A roadmap of the template typed in another way; whatever was typed is read as it was meant."""
    school = make_organisation(f"s-{code}-{seed}{without and '-'}{without}", town)
    with scope({school.pk}):
        works = catalogue.template_of(code, organisation=school).works
        lines = [
            {
                "number": work.number,
                "text": work.text,
                "deadline": work.deadline,
                "responsible": "; ".join(work.responsible),
                "result": work.result,
                "section": work.section,
            }
            for work in works
        ]
        title = (
            f"Дорожная карта наставничества на {period_words(year.start, year.end, academic=True)}"
        )
        content = typed(title, lines, random.Random(seed), without=without)
        batch = _begun(school, content)
        found = [
            (line.item.number, line.item.text, line.item.result, line.item.deadlines)
            for line in check_import(batch).lines
            if not line.item.is_group
        ]
        assert found == [
            (
                work.number,
                work.text,
                "" if without == "result" else work.result,
                parse("" if without == "deadline" else work.deadline, year),
            )
            for work in works
        ]
        return _sent(batch)


def _own_print(town, year) -> Roadmap:
    """The teachers' template drafted here, printed to Word and brought to another school."""
    school = make_organisation("printed", town)
    with scope({school.pk}):
        template = catalogue.template_of("teachers", organisation=school)
        draft = create_from_template(
            actor=CURATOR,
            organisation=school,
            code=template.code,
            title="Дорожная карта наставничества",
            period=year,
            lines=template.lines,
        )
        content = paperwork.paper_docx(
            actor=CURATOR, roadmap=draft, kind=paperwork.PLAN, on=year.start
        )
        drop_draft(actor=CURATOR, roadmap=draft)
        return _sent(_begun(school, content))


def _document(town, year, name: str) -> Roadmap:
    """A document of the field with the deadlines that a person reads in it."""
    school = make_organisation(name, town)
    with scope({school.pk}):
        batch = _begun(school, (SAMPLES / f"{name}.docx").read_bytes())
        assert [summary(line.item) for line in check_import(batch).lines] == expected(name)
        header = {
            "title": "Дорожная карта",
            "starts_on": year.start.isoformat(),
            "ends_on": year.end.isoformat(),
        }
        return _sent(save_answers(actor=CURATOR, batch=batch, answers=Answers(header=header)))


def _begun(school, content: bytes):
    return start_import(
        actor=CURATOR, organisation=school, file_name="Дорожная карта.docx", content=content
    )


def _sent(batch) -> Roadmap:
    roadmap = apply_import(actor=CURATOR, batch=batch, now=timezone.now())
    return states.send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")


def _states(roadmaps) -> set[str]:
    with scope(roadmap.organisation_id for roadmap in roadmaps):
        return set(
            Roadmap.objects.filter(pk__in=[roadmap.pk for roadmap in roadmaps]).values_list(
                "state", flat=True
            )
        )


def _school_year(today: date) -> Period:
    first = today.year if today.month > 8 else today.year - 1
    return Period(date(first, 9, 1), date(first + 1, 8, 31), academic=True)
