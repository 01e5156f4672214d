"""From the registers to the order on pairs: the mandatory lines of the municipality close on the way."""

from datetime import date, timedelta

import pytest
import time_machine

from nastavnik.accounts.permissions import Role
from nastavnik.desk.services import team
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.pairs import passport
from nastavnik.pairs.services.programme import prepare_programme_order, save_programme
from nastavnik.roadmaps import catalogue
from nastavnik.roadmaps.models import ItemState, RoadmapItem, RoadmapState
from nastavnik.roadmaps.services.drafting import create_from_template
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.roadmaps.services.upper import follow_upper
from nastavnik.tenancy.scope import scope
from tests.neighbours import actor_as, make_organisation
from tests.pairs.making import CURATOR, order_on, ready_pair, sign
from tests.people_making import DAY, make_teacher
from tests.roadmaps.making import YEAR

COORDINATOR = actor_as(Role.COORDINATOR)
#: The lines that the journey of acceptance closes, by their numbers in the municipal roadmap.
JOURNEY = ("1", "4", "11", "13", "15", "16")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def plan(neighbours):
    """The school's roadmap under a municipal one in force."""
    office = make_organisation("office", neighbours.own.territory, "authority")
    with scope({office.pk}):
        above = _from_template("municipal", office, actor=COORDINATOR, kind="municipal")
        above.state, above.agreed_on = RoadmapState.IN_FORCE, YEAR.start
        above.save()
    with scope({neighbours.own.pk}):
        made = _from_template("institution", neighbours.own, actor=CURATOR)
        follow_upper(actor=CURATOR, organisation=neighbours.own)
        yield made


def _from_template(code, organisation, *, actor, **more):
    template = catalogue.template_of(code, organisation=organisation)
    return create_from_template(
        actor=actor,
        organisation=organisation,
        code=code,
        title=template.title,
        period=YEAR,
        lines=template.lines,
        **more,
    )


def _states(plan):
    reevaluate(organisation_id=plan.organisation_id, on=DAY)
    rows = plan.items.filter(upper_id__isnull=False, number__in=JOURNEY)
    return {row.number: (ItemState(row.state), row.evidence_words) for row in rows}


def _open(*numbers):
    return dict.fromkeys(numbers, (ItemState.NOT_STARTED, ""))


def _form_team(school):
    members = [make_teacher(school, name) for name in ("Белова", "Ершова")]
    sign(
        team.prepare_working_group_order(
            actor=CURATOR,
            organisation=school,
            chair=members[0],
            members=members,
            tasks=("провести опрос",),
        )
    )
    sign(
        team.prepare_curator_order(
            actor=CURATOR,
            organisation=school,
            appointments=[team.Appointment(members[0], Role.CURATOR)],
            starts_on=DAY,
        )
    )


def _approve_programme(school):
    starts_on, ends_on, forms = DAY, date(2027, 5, 31), ["teacher-pupil"]
    programme = save_programme(
        actor=CURATOR,
        organisation=school,
        title="Шаг навстречу",
        forms=forms,
        role_models=(),
        starts_on=starts_on,
        ends_on=ends_on,
        parameters={
            parameter.code: "заполнено"
            for parameter in passport.parameters()
            if not parameter.after_completion
        },
    )
    sign(prepare_programme_order(actor=CURATOR, organisation=school, programme=programme))


def test_the_mandatory_lines_of_the_municipality_stand_in_the_plan_of_the_school(plan) -> None:
    own = plan.items.filter(upper_id__isnull=True)
    upper = plan.items.filter(upper_id__isnull=False)

    template = catalogue.template_of("municipal", organisation=plan.organisation)
    assert own.count() == 34
    assert list(upper.values_list("number", flat=True)) == [
        line.number for line in template.works if line.mandatory
    ]
    assert set(JOURNEY) <= set(upper.values_list("number", flat=True))


def test_lines_of_the_journey_close_one_after_another(plan, curator) -> None:
    school = plan.organisation
    assert _states(plan) == _open(*JOURNEY)

    _form_team(school)
    orders = {
        "1": (ItemState.DONE, "закрыто приказом № 1 от 10.11.2026"),
        "4": (ItemState.DONE, "закрыто приказом № 2 от 10.11.2026"),
    }
    assert _states(plan) == orders | _open("11", "13", "15", "16")

    pair = ready_pair(school)
    registers = {
        "11": (ItemState.DONE, "в реестре 1\u00a0наставляемый"),
        "13": (ItemState.DONE, "в реестре 1\u00a0наставник"),
    }
    assert _states(plan) == orders | registers | _open("15", "16")

    _approve_programme(school)
    programme = {"15": (ItemState.DONE, "закрыто приказом № 3 от 10.11.2026")}
    order = order_on(school, pair)
    waiting = {"16": (ItemState.IN_PROGRESS, "есть проект документа")}
    assert _states(plan) == orders | registers | programme | waiting

    sign(order)
    closed = {"16": (ItemState.DONE, "закрыто приказом № 4 от 10.11.2026")}
    assert _states(plan) == orders | registers | programme | closed
    assert RoadmapItem.objects.get(upper_id__isnull=False, number="16").evidence_document == order


def test_a_cancelled_order_opens_its_line_again(plan, curator) -> None:
    school = plan.organisation
    order = order_on(school, ready_pair(school))
    sign(order)
    assert _states(plan)["16"][0] == ItemState.DONE

    order.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="ошибка"), DAY)

    assert _states(plan)["16"] == (ItemState.NOT_STARTED, "")


def test_own_lines_of_the_institution_close_by_the_same_work(plan, curator) -> None:
    school = plan.organisation
    sign(order_on(school, ready_pair(school)))
    reevaluate(organisation_id=school.pk, on=DAY + timedelta(days=1))

    done = plan.items.filter(upper_id__isnull=True, state=ItemState.DONE)
    assert list(done.values_list("number", flat=True)) == ["6", "7", "10", "11", "19"]
