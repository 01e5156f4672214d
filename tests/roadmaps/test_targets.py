"""Targets: read from the header of a file, agreed with the roadmap, printed and compared."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.engine.tables import Goal
from nastavnik.roadmaps.engine.targets import Target, sentences, target_of
from nastavnik.roadmaps.models import Roadmap, RoadmapTarget
from nastavnik.roadmaps.queries import exports
from nastavnik.roadmaps.queries.targets import printed, target_changes, target_difference
from nastavnik.roadmaps.services import targets
from nastavnik.roadmaps.services.imports import Answers, apply_import, save_answers, start_import
from nastavnik.roadmaps.services.paperwork import paper_docx
from nastavnik.roadmaps.services.states import send_to_agreement
from nastavnik.roadmaps.services.versions import new_version
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.scope import scope
from tests.documents.engine.docx_samples import texts
from tests.neighbours import grant, make_organisation, make_user
from tests.roadmaps.engine.tables.builders import HEADERS, ROWS, TITLE, word
from tests.roadmaps.making import CURATOR, HEAD, make_roadmap

END_2026 = date(2026, 12, 31)
GOALS = (
    "Цель: к концу 2026 года не менее 10 % обучающихся вовлечены в наставничество",
    "К концу 2027 года наставничество станет привычным",
)


def values(**more):
    return {"words": "Охват", "value": None, "unit": "", "due_on": None, "indicator": "", **more}


def make_targets(roadmap, *rows):
    return [
        targets.add_target(actor=CURATOR, roadmap=roadmap, values=values(**row)) for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit", "indicator"),
    [
        (
            "Доля учащихся от 10 до 19 лет, вошедших в программы в роли наставляемого, %",
            10,
            "%",
            "i1",
        ),
        ("Доля обучающихся, вошедших в программы в роли наставника", 10, "%", "i2"),
        ("Доля молодых специалистов, вошедших в программы в роли наставляемого", 10, "%", "i3"),
        ("Доля организаций, реализующих программы наставничества", 10, "%", "i4"),
        ("Доля организаций с участием наставников, работающих на предприятиях", 10, "%", "i5"),
        ("Доля организаций с участием наставников-студентов", 10, "%", "i6"),
        ("Уровень удовлетворенности наставляемых", 10, "%", "i7"),
        ("Удовлетворённость участием наставников", 10, "", "i8"),
        ("Число программ наставничества", 10, "", ""),
        ("10 % обучающихся вовлечены в наставничество", 10, "", ""),
    ],
)
def test_words_name_their_own_unit_and_indicator(text, value, unit, indicator) -> None:
    found = target_of(Goal(text, "10", END_2026))

    assert (found.value, found.unit, found.indicator) == (Decimal(value), unit, indicator)


def test_a_value_with_a_fraction_and_a_goal_without_a_number() -> None:
    assert target_of(Goal("Цель: охват", "не менее 75,5%")).value == Decimal("75.5")
    assert target_of(Goal("Цель: развивать наставничество")) == Target("Развивать наставничество")


def test_equal_words_are_printed_once_and_said_things_are_not_repeated() -> None:
    rows = [
        Target("Доля учащихся от 10 до 19 лет", Decimal("10.00"), "%", END_2026),
        Target("Доля учащихся от 10 до 19 лет", Decimal(70), "%", date(2029, 5, 31)),
        Target("К концу 2026 года 10 % школ", Decimal(10), "%", END_2026),
    ]

    assert sentences(rows) == [
        "Доля учащихся от 10 до 19 лет: 10\u00a0% к концу 2026 года, 70\u00a0% к 31.05.2029",
        "К концу 2026 года 10 % школ",
    ]


@pytest.fixture
def batch(school):
    content = word(*TITLE, *GOALS, [HEADERS, *ROWS])
    return start_import(actor=CURATOR, organisation=school, file_name="карта.docx", content=content)


def test_goals_of_a_file_become_targets_clear_ones_confirmed(batch) -> None:
    roadmap = apply_import(actor=CURATOR, batch=batch, now=timezone.now())

    assert [(t.value, t.unit, t.due_on, t.confirmed) for t in roadmap.targets.all()] == [
        (10, "%", END_2026, True),
        (None, "", date(2027, 12, 31), False),
    ]


def test_ticks_of_the_check_decide(batch, client, curator) -> None:
    client.force_login(curator)
    address = reverse("roadmaps:import-check", args=[batch.organisation.slug, batch.pk])
    page = client.get(address).content.decode()
    header = {"title": "Карта", "starts_on": "01.01.2026", "ends_on": "31.12.2026"}
    client.post(address, {**header, "targets": ["1"], "action": "apply"})

    assert page.count('name="targets"') == 2
    assert page.count(" checked") == 1
    found = Roadmap.objects.get().targets.values_list("confirmed", flat=True)
    assert list(found) == [False, True]


def test_another_table_forgets_the_ticks(batch) -> None:
    said = {"title": "Карта", "targets": []}
    batch = save_answers(actor=CURATOR, batch=batch, answers=Answers(header={**said, "plan": 0}))

    assert "targets" not in batch.answers["header"]


def test_targets_are_printed_exported_and_only_when_confirmed(school) -> None:
    roadmap = make_roadmap(school)
    _first, second = make_targets(
        roadmap,
        {"words": "Доля наставляемых", "value": Decimal(10), "unit": "%", "due_on": END_2026},
        {"words": "Не решили"},
    )
    RoadmapTarget.objects.filter(pk=second.pk).update(confirmed=False)

    assert printed(roadmap) == ["Доля наставляемых: 10\u00a0% к концу 2026 года"]
    lines = texts(paper_docx(actor=CURATOR, roadmap=roadmap, kind="roadmap", on=END_2026))
    assert [line for line in lines if line.startswith(("Цел", "Доля"))] == [
        "Цель:",
        "Доля наставляемых: 10 % к концу 2026 года",
    ]
    assert exports.heading(roadmap)[1:] == ["Цель: Доля наставляемых: 10\u00a0% к концу 2026 года"]


def test_a_version_carries_targets_and_tells_what_changed(school) -> None:
    roadmap = make_roadmap(school)
    make_targets(
        roadmap,
        {"words": "Охват", "value": Decimal(10), "unit": "%"},
        {"words": "Встречи"},
    )
    Roadmap.objects.filter(pk=roadmap.pk).update(state="agreed", agreed_on=END_2026)
    draft = new_version(actor=CURATOR, roadmap=roadmap)
    reach, meetings = draft.targets.all()
    targets.edit_target(actor=CURATOR, target=reach, values=values(value=Decimal(15), unit="%"))
    targets.remove_target(actor=CURATOR, target=meetings)

    found = target_difference(roadmap, draft)

    assert [face.text for face in found.removed] == ["Встречи"]
    assert [parts for _, parts in target_changes(found)] == [
        [("Значение", "10\u00a0%", "15\u00a0%")]
    ]


def test_targets_are_agreed_with_the_roadmap(school) -> None:
    roadmap = make_roadmap(school)
    (target,) = make_targets(roadmap, {})
    for wrong, field in (
        ({"words": " "}, "words"),
        ({"value": Decimal(101), "unit": "%"}, "value"),
    ):
        with pytest.raises(DomainError, check=lambda error, field=field: error.field == field):
            targets.edit_target(actor=CURATOR, target=target, values=values(**wrong))
    with pytest.raises(DomainError):
        targets.add_target(actor=HEAD, roadmap=roadmap, values=values())
    Roadmap.objects.filter(pk=roadmap.pk).update(state="agreed", agreed_on=END_2026)

    for change in (
        lambda: targets.add_target(actor=CURATOR, roadmap=roadmap, values=values()),
        lambda: targets.edit_target(actor=CURATOR, target=target, values=values()),
        lambda: targets.remove_target(actor=CURATOR, target=target),
    ):
        with pytest.raises(DomainError, check=lambda error: error.code == "roadmap_fixed"):
            change()


def test_a_person_adds_decides_and_removes_on_the_pages(school, client) -> None:
    user = make_user("target-keeper")
    grant(user, Role.CURATOR, school)
    client.force_login(user)
    roadmap = make_roadmap(school)
    said = {"words": "Охват", "value": "12,5", "unit": "%", "due_on": "31.12.2026"}

    wrong = client.post(
        reverse("roadmaps:target-add", args=[school.slug, roadmap.pk]), {**said, "value": "120"}
    )
    client.post(reverse("roadmaps:target-add", args=[school.slug, roadmap.pk]), said)
    target = roadmap.targets.get()
    RoadmapTarget.objects.update(confirmed=False)
    board = client.get(reverse("roadmaps:board", args=[school.slug, roadmap.pk])).content.decode()
    address = reverse("roadmaps:target", args=[school.slug, target.pk])
    client.post(address, {**said, "indicator": "i1"})
    target.refresh_from_db()

    assert (wrong.status_code, target.value) == (422, Decimal("12.50"))
    assert "12,5\u00a0% к концу 2026 года" in board
    assert "из файла, пока не в карте" in board
    assert (target.confirmed, target.indicator) == (True, "i1")
    client.post(reverse("roadmaps:target-remove", args=[school.slug, target.pk]))
    assert roadmap.targets.count() == 0


def test_who_agrees_reads_the_targets_above(neighbours, client) -> None:
    town = neighbours.own.territory
    with scope({neighbours.own.pk}):
        roadmap = make_roadmap(neighbours.own)
        make_targets(roadmap, {"words": "Доля наставляемых", "value": Decimal(10), "unit": "%"})
        send_to_agreement(actor=CURATOR, roadmap=roadmap, by="coordinator")
    office = make_organisation("office", town, "authority")
    with scope({office.pk}):
        own = make_roadmap(office, kind="municipal")
        make_targets(own, {"words": "Охват города"})
        Roadmap.objects.filter(pk=own.pk).update(state="in_force", agreed_on=END_2026)
    user = make_user("target-coordinator")
    grant(user, Role.COORDINATOR, town)
    client.force_login(user)

    judged = client.get(reverse("roadmaps:judge", args=[town.slug, roadmap.pk])).content.decode()
    above = client.get(reverse("roadmaps:own", args=[town.slug])).content.decode()

    assert "Доля наставляемых<br><b>10\u00a0%</b>" in judged
    assert "Охват города" in above
    assert "/targets/" not in judged + above
