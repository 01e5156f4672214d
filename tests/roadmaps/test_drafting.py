"""A roadmap is drafted from a template, from a file, line by line; what is agreed is fixed."""

from datetime import date

import pytest

from nastavnik.audit.models import AuditEvent
from nastavnik.roadmaps.catalogue import template_of
from nastavnik.roadmaps.models import RoadmapItem, RoadmapState
from nastavnik.roadmaps.services.dates import set_event_date
from nastavnik.roadmaps.services.drafting import (
    Header,
    create_from_recognised,
    create_from_template,
    drop_draft,
    edit_roadmap,
)
from nastavnik.roadmaps.services.items import add_item, edit_item, move_item, remove_item
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.roadmaps.making import (
    COORDINATOR,
    CURATOR,
    HEAD,
    YEAR,
    Party,
    items_of,
    line,
    make_roadmap,
    recognised,
    recognised_item,
)


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_template_gives_lines_with_roles_dates_and_keys(school, curator) -> None:
    template = template_of("institution", organisation=school)
    roadmap = create_from_template(
        actor=CURATOR,
        organisation=school,
        code=template.code,
        title="Дорожная карта на 2026/27 учебный год",
        period=YEAR,
        lines=template.lines,
        people={"curator": curator.pk},
    )
    items = items_of(roadmap)
    assert len(items) == len(template.lines)
    assert roadmap.state == RoadmapState.DRAFT
    first = items[0]
    assert first.origin == f"institution/{template.lines[0].code}"
    assert first.deadlines[0]["end"] == "2026-09-15"
    assert list(first.responsible.values_list("role", "user_id")) == [
        ("head", None),
        ("curator", curator.pk),
    ]
    assert actions() == ["roadmaps.create"]


def test_file_keeps_its_words_and_numbers(school) -> None:
    roadmap = create_from_recognised(
        actor=CURATOR,
        organisation=school,
        recognised=recognised(
            recognised_item("Подготовка", number="1.", is_group=True),
            recognised_item(
                "Собрать базу",
                "до 30.10.2026",
                number="1.2.1",
                section="Подготовка",
                responsible=("Зам. директора по УВР", "ЦГБ"),
                checklist=("анкеты", "список"),
            ),
        ),
        source_file="карта.docx",
    )
    group, item = items_of(roadmap)
    assert (group.is_group, item.number, item.section) == (True, "1.2.1", "Подготовка")
    assert list(item.responsible.values_list("words", "role")) == [
        ("Зам. директора по УВР", "responsible"),
        ("ЦГБ", ""),
    ]
    assert item.checklist == [
        {"text": "анкеты", "done": False},
        {"text": "список", "done": False},
    ]
    assert list(item.occurrences.values_list("due_on", flat=True)) == [date(2026, 10, 30)]
    assert actions() == ["roadmaps.import"]


def test_file_without_a_year_asks_for_the_period(school) -> None:
    with refused("period_unknown"):
        create_from_recognised(
            actor=CURATOR, organisation=school, recognised=recognised(period=None)
        )


def test_only_curator_and_responsible_draft(school) -> None:
    for actor in (HEAD, COORDINATOR):
        with pytest.raises(PermissionRefused):
            make_roadmap(school, actor=actor)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"title": "  "}, "title_needed"),
        ({"ends_on": date(2026, 8, 1)}, "period_wrong"),
        ({"ends_on": date(2099, 8, 1)}, "period_long"),
    ],
)
def test_wrong_header_is_refused(school, header, code) -> None:
    with refused(code):
        make_roadmap(school, **header)


def test_new_period_reads_deadlines_again(school) -> None:
    roadmap = make_roadmap(school, line("Закрепить пары", "до 20 октября"))
    moved = edit_roadmap(
        actor=CURATOR,
        roadmap=roadmap,
        header=Header("Карта", date(2027, 9, 1), date(2028, 8, 31), academic=True),
    )
    (item,) = items_of(moved)
    assert list(item.occurrences.values_list("due_on", flat=True)) == [date(2027, 10, 20)]


def test_line_is_added_changed_moved_and_taken_out(school) -> None:
    roadmap = make_roadmap(school, line("Первый"), line("Второй"))
    first, second = items_of(roadmap)
    between = add_item(
        actor=CURATOR, roadmap=roadmap, line=line("Между", "до 01.12.2026"), after=first
    )
    assert [item.text for item in items_of(roadmap)] == ["Первый", "Между", "Второй"]
    edit_item(
        actor=CURATOR,
        item=between,
        values={"text": "Между ними", "deadline_text": "до 05.12.2026"},
        responsible=[Party("Директор", "head")],
    )
    between.refresh_from_db()
    assert between.occurrences.get().due_on == date(2026, 12, 5)
    assert between.responsible.get().role == "head"
    move_item(actor=CURATOR, item=second, up=True)
    assert [item.text for item in items_of(roadmap)] == ["Первый", "Второй", "Между ними"]
    remove_item(actor=CURATOR, item=first)
    assert [item.text for item in items_of(roadmap)] == ["Второй", "Между ними"]
    assert actions() == [
        "roadmaps.create",
        "roadmaps.item_add",
        "roadmaps.item_edit",
        "roadmaps.item_move",
        "roadmaps.item_remove",
    ]


def test_moving_over_the_edge_changes_nothing(school) -> None:
    roadmap = make_roadmap(school, line("Первый"), line("Второй"))
    move_item(actor=CURATOR, item=items_of(roadmap)[0], up=True)
    assert [item.text for item in items_of(roadmap)] == ["Первый", "Второй"]
    assert actions() == ["roadmaps.create"]


def test_agreed_words_are_fixed_and_working_ones_are_not(school) -> None:
    roadmap = make_roadmap(school)
    roadmap.state, roadmap.agreed_on = RoadmapState.IN_FORCE, date(2026, 9, 5)
    roadmap.save()
    (item,) = items_of(roadmap)
    with refused("roadmap_fixed"):
        edit_item(actor=CURATOR, item=item, values={"text": "Иначе"})
    with refused("roadmap_fixed"):
        add_item(actor=CURATOR, roadmap=roadmap, line=line("Ещё"))
    edit_item(
        actor=CURATOR,
        item=item,
        values={
            "evidence_kind": "document_in_force",
            "evidence_parameters": {"kind": "order_working_group"},
        },
        responsible=[Party("Зотов И. П.", "head")],
    )
    item.refresh_from_db()
    assert item.evidence_parameters == {"kind": "order_working_group"}


def test_line_demanded_above_keeps_its_words_and_place(school) -> None:
    roadmap = make_roadmap(school)
    RoadmapItem.objects.update(upper_id=7, mandatory=True)
    (item,) = items_of(roadmap)
    with refused("mandatory"):
        remove_item(actor=CURATOR, item=item)
    with refused("demanded_above"):
        edit_item(actor=CURATOR, item=item, values={"text": "Иначе"})


@pytest.mark.parametrize(
    ("kind", "parameters", "field"),
    [
        ("no_such_kind", {}, "evidence_kind"),
        ("document_in_force", {"kind": "nothing"}, "kind"),
        ("mentees_at_least", {"number": 0}, "number"),
        ("consent_share", {"share_percent": 101}, "share_percent"),
    ],
)
def test_rule_that_makes_no_sense_is_refused(school, kind, parameters, field) -> None:
    (item,) = items_of(make_roadmap(school))
    with pytest.raises(DomainError) as error:
        edit_item(
            actor=CURATOR,
            item=item,
            values={"evidence_kind": kind, "evidence_parameters": parameters},
        )
    assert error.value.field == field


def test_date_of_an_event_gives_relative_lines_their_days(school) -> None:
    text = "в течение двух недель с даты определения модели"
    roadmap = make_roadmap(school, line("Закрепить пары", text))
    (item,) = items_of(roadmap)
    assert list(item.occurrences.values_list("due_on", flat=True)) in ([], [None])
    set_event_date(actor=CURATOR, roadmap=roadmap, event="model_defined", on=date(2026, 10, 1))
    assert list(item.occurrences.values_list("due_on", flat=True)) == [date(2026, 10, 15)]
    set_event_date(actor=CURATOR, roadmap=roadmap, event="model_defined", on=None)
    assert list(item.occurrences.values_list("due_on", flat=True)) in ([], [None])
    with refused("no_such_event"):
        set_event_date(actor=CURATOR, roadmap=roadmap, event="meeting", on=date(2026, 10, 1))


def test_only_a_draft_is_dropped(school) -> None:
    roadmap = make_roadmap(school)
    roadmap.state = RoadmapState.ON_AGREEMENT
    roadmap.save()
    with refused("not_a_draft"):
        drop_draft(actor=CURATOR, roadmap=roadmap)
    roadmap.state = RoadmapState.DRAFT
    roadmap.save()
    drop_draft(actor=CURATOR, roadmap=roadmap)
    assert RoadmapItem.objects.count() == 0
    assert actions() == ["roadmaps.create", "roadmaps.drop"]
