"""What the campaign proves to lines of a roadmap."""

from datetime import date

from nastavnik.informing.services import letters
from nastavnik.informing.services.gatherings import enter_protocol
from nastavnik.roadmaps.evidence import STARTS, EvidenceKind, find, find_for
from tests.counting import exactly
from tests.informing.campaign_making import gathering, held, opened, proven
from tests.pairs.making import CURATOR
from tests.people_making import DAY

SEPTEMBER = date(2026, 9, 1)


def words(about: str, **rule) -> str:
    found = find(EvidenceKind.INFORMED, {"about": about, STARTS: SEPTEMBER, **rule}, DAY)
    return found.words if found else ""


def on_the_way(about: str) -> str:
    (found,) = find_for(EvidenceKind.INFORMED, [{"about": about, STARTS: SEPTEMBER}], DAY)
    return "" if found is None or found.is_met else found.words


def test_each_audience_closes_its_own_line(school):
    campaign = opened(school)
    proven(gathering(campaign, "parents"))
    held(gathering(campaign, "staff"))

    assert words("parents") == "закрыто протоколом № 3 от 10.09.2026, родительское собрание"
    assert words("parents_meeting") == words("parents")
    assert (words("staff"), words("pupils")) == ("", "")
    assert on_the_way("staff") == "педагогический совет: прошло, протокола нет, 10.09.2026"


def test_a_line_about_three_audiences_waits_for_all(school):
    campaign = opened(school)
    proven(gathering(campaign, "staff"), "1")
    proven(gathering(campaign, "parents"), "2")
    assert (words("school"), on_the_way("school")) == ("", "подтверждено 2 из 3")

    proven(gathering(campaign, "pupils"), "4")

    assert words("school") == (
        "закрыто: протокол № 1 от 10.09.2026; протокол № 2 от 10.09.2026; "
        "протокол № 4 от 10.09.2026"
    )


def test_a_line_opens_again_when_the_number_is_taken_back(school):
    row = proven(gathering(opened(school), "staff"))
    assert words("staff") != ""

    enter_protocol(actor=CURATOR, gathering=row, number="", on=None, today=DAY)

    assert words("staff") == ""


def test_a_protocol_of_last_year_closes_nothing(school):
    row = proven(gathering(opened(school), "staff"))

    assert words("staff", **{STARTS: date(2026, 10, 15)}) == ""
    assert row.on == date(2026, 9, 10)


def test_lines_are_asked_in_as_many_queries_as_one(school):
    campaign = opened(school)
    proven(gathering(campaign, "staff"))
    rules = [{"about": about} for about in ("staff", "parents", "pupils", "school")]

    with exactly(3):
        find_for(EvidenceKind.INFORMED, rules, DAY)


def test_letters_count_once_they_are_sent(school):
    mailing = letters.write_mailing(
        actor=CURATOR,
        organisation=school,
        campaign=opened(school),
        audience="employers",
        addressees=[
            letters.Addressee("Завод", "Директору"),
            letters.Addressee("", "Петрову П. П."),
        ],
        on=DAY,
    )
    assert find(EvidenceKind.LETTERS_SENT, {"number": 2}, DAY) is None

    letters.mark_sent(actor=CURATOR, mailing=mailing, on=DAY, today=DAY)

    assert find(EvidenceKind.LETTERS_SENT, {"number": 2}, DAY).words == "отправлено 2\u00a0письма"
    assert find(EvidenceKind.LETTERS_SENT, {"number": 3}, DAY) is None
