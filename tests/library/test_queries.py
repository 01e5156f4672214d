from datetime import date

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.library import queries, services
from nastavnik.library.engine.classifier import delivered
from nastavnik.library.engine.suggest import suggest_requests
from tests.neighbours import actor_as, make_organisation

pytestmark = pytest.mark.django_db

REGION = actor_as(Role.REGION)


def test_citation_reads_after_in_accordance_with():
    (found,) = queries.act_citations(["r-145"], on=date(2026, 9, 1))

    assert (found.text, found.repealed, found.warning) == (
        "распоряжением Министерства просвещения Российской Федерации от 25.12.2019 № Р-145",
        False,
        "",
    )


@pytest.mark.parametrize(
    ("code", "on", "repealed", "warning"),
    [
        ("gost-7-0-97-2016", date(2025, 8, 17), False, ""),
        (
            "gost-7-0-97-2016",
            date(2025, 8, 18),
            True,
            (
                "Акт больше не действует после 17.08.2025: ГОСТ Р 7.0.97-2016. "
                "Вместо него: ГОСТ Р 7.0.97-2025."
            ),
        ),
        (
            "2705-r",
            date(2026, 1, 1),
            True,
            "Акт больше не действует после 31.12.2025: Распоряжение от 15.11.2019 № 2705-р.",
        ),
        (
            "site-831",
            date(2026, 1, 1),
            True,
            (
                "Акт больше не действует: Приказ от 14.08.2020 № 831. "
                "Вместо него: Приказ от 04.08.2023 № 1493."
            ),
        ),
        (
            "tk-351-8",
            date(2025, 2, 28),
            False,
            (
                "Акт ещё не действует, начало 01.03.2025: "
                "статья 351.8, Трудовой кодекс Российской Федерации."
            ),
        ),
        ("constitution", date(2026, 1, 1), False, ""),
    ],
)
def test_warning_follows_the_life_of_the_act(code, on, repealed, warning):
    (found,) = queries.act_citations([code], on=on)

    assert (found.repealed, found.warning) == (repealed, warning)


def test_article_falls_with_its_law(neighbours):
    services.repeal_act(
        actor=REGION, node=neighbours.region, code="152-fz", last_day=date(2026, 8, 31)
    )

    warnings = queries.template_warnings(
        ["152-fz-9"], on=date(2026, 9, 1), territory=neighbours.region
    )

    assert warnings == [
        "Акт больше не действует: статья 9, Федеральный закон от 27.07.2006 № 152-ФЗ."
    ]


def test_act_repealed_by_the_region_warns_its_schools_only(neighbours):
    services.repeal_act(
        actor=REGION,
        node=neighbours.region,
        code="r-145",
        last_day=date(2026, 8, 31),
        replaced_by="1264-r",
    )

    codes, day = ["273-fz", "r-145"], date(2026, 9, 1)
    assert queries.template_warnings(codes, on=day, territory=neighbours.own.territory) == [
        (
            "Акт больше не действует после 31.08.2026: Распоряжение от 25.12.2019 № Р-145. "
            "Вместо него: Распоряжение от 21.05.2025 № 1264-р."
        )
    ]
    assert queries.template_warnings(codes, on=day) == []


def test_unknown_act_is_an_error_of_the_template():
    with pytest.raises(queries.UnknownEntry):
        queries.act_citations(["nothing"], on=date(2026, 9, 1))


def test_kindergarten_is_offered_teachers_forms_only(neighbours):
    kindergarten = make_organisation("garden", neighbours.region, kind="kindergarten")

    from nastavnik.tenancy.scope import scope

    with scope({kindergarten.pk}):
        codes = {form.code for form in queries.forms_for(kindergarten)}

    assert codes == {
        "teacher-teacher",
        "pedagogue-pedagogue",
        "head-pedagogue",
        "university-young-pedagogue",
    }


def test_school_is_offered_every_form(school):
    assert len(queries.forms_for(school)) == 12


def test_role_models_belong_to_their_form():
    codes = [e.code for e in queries.role_models_for("pupil-pupil")]

    assert codes == ["achiever-underachiever", "leader-passive", "peer-peer", "adapted-newcomer"]


def test_request_codes_by_audience():
    counted = {a: len(queries.request_codes(audience=a)) for a in ("pupil", "teacher", "")}

    assert counted == {"pupil": 11, "teacher": 3, "": 14}


def test_titles_name_every_code():
    assert queries.titles("kinds")["speed"] == "Скоростное"


def test_classifier_without_changes_equals_the_delivered_one():
    text = "плохо даётся русский язык, боится диктантов"

    found = suggest_requests(text, classifier=queries.classifier_for())

    assert found == suggest_requests(text, classifier=delivered())


def test_words_added_by_the_region_are_recognised_in_its_schools(school, neighbours):
    services.save_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="topics",
        code="taiga",
        title="Промысел",
        attributes={
            "group": "subject",
            "request": "self-realisation",
            "patterns": ["соболёвк*"],
            "related": [],
        },
    )

    (found,) = suggest_requests("соболёвка", classifier=queries.classifier_for(school))

    assert (found.code, found.topic_title) == ("self-realisation", "Промысел")


@pytest.mark.parametrize("count", [1, 3])
def test_items_cost_the_same_whatever_the_number(
    school, neighbours, count, django_assert_num_queries
):
    for number in range(count):
        services.save_entry(
            actor=REGION,
            node=neighbours.region,
            dictionary="acts",
            title=f"Акт {number}",
            attributes={},
        )

    with django_assert_num_queries(2):
        queries.items("acts", organisation=school)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ученик-ученик", "pupil-pupil"),
        ("Ученик – Ученик", "pupil-pupil"),
        ("учитель-ученик", "teacher-pupil"),
        ("работодатель – ученик", "employer-pupil"),
        ("педагог — молодой специалист", "pedagogue-pedagogue"),
        ("Руководитель образовательной организации – педагог", "head-pedagogue"),
        ("", ""),
        ("кто-то с кем-то", ""),
    ],
)
def test_form_is_known_by_its_spellings(words, code):
    assert queries.form_code(words) == code


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("групповое, дистанционное", ["virtual", "group"]),
        ("один на один", ["traditional"]),
        ("скоростное наставничество", ["speed"]),
        ("", []),
    ],
)
def test_kinds_are_known_by_words(words, codes):
    assert queries.kind_codes(words) == codes
