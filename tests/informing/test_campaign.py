"""The campaign of a year: audiences, gatherings, protocols."""

from datetime import date

import pytest

from nastavnik.documents.models import DocumentState
from nastavnik.documents.services import drop_draft, sign_document
from nastavnik.informing.models import Gathering, InformingCampaign, Stage
from nastavnik.informing.queries import campaign as queries
from nastavnik.informing.services import campaign as services
from nastavnik.informing.services import gatherings, media
from nastavnik.shared.errors import DomainError
from tests.documents.making import lines_of
from tests.informing.campaign_making import HELD, gathering, held, opened, proven
from tests.pairs.making import CURATOR
from tests.people_making import DAY


def stages(campaign: InformingCampaign) -> dict[str, str]:
    return {str(one.audience): str(one.stage) for one in queries.told(campaign, DAY)}


def slots(campaign: InformingCampaign) -> list[tuple[str, str]]:
    return list(campaign.gatherings.order_by("id").values_list("audience", "kind"))


@pytest.mark.parametrize(
    ("kind", "audiences", "laid"),
    [
        (
            "school",
            ["staff", "parents", "pupils"],
            ["teachers_council", "parents_meeting", "student_council"],
        ),
        ("kindergarten", ["staff", "parents"], ["teachers_council", "parents_meeting"]),
        (
            "college",
            ["staff", "parents", "pupils", "young", "employers", "outside"],
            [
                "teachers_council",
                "parents_meeting",
                "student_council",
                "admin_council",
                "method_commission",
            ],
        ),
    ],
)
def test_a_fresh_campaign_lays_the_slots_of_its_kind_of_institution(school, kind, audiences, laid):
    school.kind = kind

    campaign = opened(school)

    assert (campaign.school_year, campaign.audiences) == ("2026/27", audiences)
    assert [place for _, place in slots(campaign)] == laid


def test_opening_twice_gives_the_same_campaign(school):
    assert opened(school) == opened(school)
    assert Gathering.objects.count() == 3


def test_the_council_of_august_belongs_to_the_coming_year(school):
    campaign = services.open_campaign(actor=CURATOR, organisation=school, on=date(2026, 8, 28))

    assert campaign.school_year == "2026/27"


def test_a_gathering_is_proven_only_with_number_and_date(school):
    campaign = opened(school)
    held(gathering(campaign, "staff"))
    proven(gathering(campaign, "parents"))
    held(gathering(campaign, "pupils"), date(2026, 12, 1))

    assert stages(campaign) == {"staff": "held", "parents": "proven", "pupils": "planned"}


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [
        ("3", None, "both"),
        ("", HELD, "both"),
        ("3", date(2026, 11, 11), "date_ahead"),
        ("3", date(2026, 9, 9), "date_before"),
    ],
)
def test_half_a_protocol_or_an_impossible_day_is_refused(school, number, on, code):
    row = held(gathering(opened(school), "staff"))

    with pytest.raises(DomainError) as refusal:
        gatherings.enter_protocol(actor=CURATOR, gathering=row, number=number, on=on, today=DAY)

    assert refusal.value.code == code


def test_a_number_entered_by_mistake_is_taken_back(school):
    row = proven(gathering(opened(school), "staff"))

    gatherings.enter_protocol(actor=CURATOR, gathering=row, number="", on=None, today=DAY)

    assert Gathering.objects.get(pk=row.pk).stage(DAY) == Stage.HELD


def test_a_protocol_made_here_proves_once_it_is_signed(school):
    row = held(gathering(opened(school), "staff"), present_count=34, chair="Зотов Игорь Павлович")
    document = gatherings.prepare_protocol(actor=CURATOR, organisation=school, gathering=row)
    before = queries.gatherings().get(pk=row.pk)

    sign_document(actor=CURATOR, document=document, registered_on=DAY)

    after = queries.gatherings().get(pk=row.pk)
    assert (before.stage(DAY), before.has_draft) == (Stage.HELD, True)
    assert str(after.proof) == "№ 1 от 10.11.2026"
    assert (document.folder, document.journal.code) == ("12", "protocols")
    document.refresh_from_db()
    assert [
        line
        for line in lines_of(bytes(document.file))
        if line.startswith(("Заседания", "Председатель:", "Присутствовали", "Начать"))
    ] == [
        "Заседания педагогического совета",
        "Председатель: Зотов Игорь Павлович.",
        "Присутствовали: 34 человека.",
        "Начать",
    ]


def test_a_protocol_wants_date_agenda_and_decision(school):
    row = gathering(opened(school), "staff")

    with pytest.raises(DomainError) as refusal:
        gatherings.prepare_protocol(actor=CURATOR, organisation=school, gathering=row)

    assert refusal.value.message == "Сначала впишите: дату, повестку, решение."


def test_after_a_dropped_draft_another_protocol_can_be_made(school):
    row = held(gathering(opened(school), "staff"))
    first = gatherings.prepare_protocol(actor=CURATOR, organisation=school, gathering=row)
    with pytest.raises(DomainError):
        gatherings.prepare_protocol(actor=CURATOR, organisation=school, gathering=row)

    drop_draft(actor=CURATOR, document=first)
    second = gatherings.prepare_protocol(actor=CURATOR, organisation=school, gathering=row)

    assert second.state == DocumentState.DRAFT


def test_a_gathering_with_a_protocol_is_not_removed(school):
    campaign = opened(school)
    kept = proven(gathering(campaign, "staff"))
    gatherings.remove_gathering(actor=CURATOR, gathering=gathering(campaign, "pupils"))

    with pytest.raises(DomainError):
        gatherings.remove_gathering(actor=CURATOR, gathering=kept)

    assert [audience for audience, _ in slots(campaign)] == ["staff", "parents"]


def test_another_kind_of_gathering_wants_a_name(school):
    with pytest.raises(DomainError) as refusal:
        gatherings.plan_gathering(
            actor=CURATOR,
            organisation=school,
            campaign=opened(school),
            audience="young",
            kind="other",
            title=" ",
        )

    assert refusal.value.field == "title"


def test_an_audience_already_told_is_not_dropped(school):
    campaign = opened(school)
    held(gathering(campaign, "staff"))

    def choose(*codes: str) -> list[str]:
        return services.choose_audiences(
            actor=CURATOR, organisation=school, campaign=campaign, codes=codes
        ).audiences

    assert choose("staff", "graduates") == ["staff", "graduates"]
    with pytest.raises(DomainError, match="педагоги"):
        choose("parents")
    with pytest.raises(DomainError, match="хотя бы одну"):
        choose()


def test_a_publication_tells_the_outside_audience(school):
    campaign = opened(school)

    media.add_publication(
        actor=CURATOR,
        organisation=school,
        campaign=campaign,
        title="Ищем наставников",
        outlet="Газета",
        published_on=HELD,
        today=DAY,
    )

    assert stages(campaign)["outside"] == "proven"


def test_a_protocol_is_asked_for_five_days_after_the_gathering(school):
    campaign = opened(school)
    held(gathering(campaign, "staff"), date(2026, 11, 5))
    assert queries.without_protocol(DAY) is None

    late = held(gathering(campaign, "parents"), date(2026, 11, 4))

    assert queries.without_protocol(DAY) == late
    proven(late, on=date(2026, 11, 4))
    assert queries.without_protocol(DAY) is None
