"""Points of wishes count only for whom they are shown: totals, curve, cut-off and acceptance agree."""

from datetime import timedelta

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.matching.models import MatchRun
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries.versus import compare_runs
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.people.models import Consent
from tests.neighbours import grant, make_user
from tests.pairs.making import CURATOR, entry_with_wish, plain_entry
from tests.pairs.neighbouring import url
from tests.people_making import DAY
from tests.surveys.making import ask, place

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def run(office, school) -> MatchRun:
    """Two proposals: 65 points, 35 of them for wishes, and 30; 46 each when scaled without wishes."""
    campaign = ask(school)
    mentees = [place(campaign, name).person.mentee for name in ("Азимова", "Бокова")]
    mentors = [place(campaign, name).person.mentor for name in ("Ершова", "Жукова")]
    found = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    found.result["chosen"] = [
        entry_with_wish(mentees[0], mentors[0]),
        plain_entry(mentees[1], mentors[1]),
    ]
    found.save()
    return found


def let_consents_run_out(surname: str) -> None:
    Consent.objects.filter(person__surname=surname).update(valid_to=DAY - timedelta(days=1))


def context_for(client, school, role: Role, address: str):
    user = make_user(f"reader-{role}")
    grant(user, role, school)
    client.force_login(user)
    return client.get(address).context


@pytest.mark.parametrize(
    ("tells", "runs_out", "total"), [(True, False, 95), (True, True, 76), (False, False, 92)]
)
def test_totals_of_a_comparison_are_the_sum_of_what_is_shown(run, tells, runs_out, total):
    if runs_out:
        let_consents_run_out("Азимова")
    found = compare_runs(run, run, tells_wishes=tells)
    assert (found.totals, found.matched, found.same) == ((total, total), (2, 2), 2)


@pytest.mark.parametrize(("role", "total"), [(Role.CURATOR, 95), (Role.HEAD, 92)])
def test_page_of_a_run_sums_what_the_reader_sees(client, school, run, role, total):
    page = context_for(client, school, role, url("match-run", school, pk=run.pk))
    assert page["points"] == total


@pytest.mark.parametrize(("least", "made"), [(46, 1), (47, 0)])
def test_acceptance_counts_what_the_card_shows_once_wishes_are_silenced(
    client, school, run, least, made
):
    let_consents_run_out("Азимова")
    match = f"{url('match', school)}?least_fit={least}"
    page = context_for(client, school, Role.CURATOR, match)
    assert page["suggestions"][0].fit == 46
    assert (page["cut_off"], page["open_count"]) == (least, made)
    client.post(url("match-accept-all", school), {"least_fit": least})
    assert Pair.objects.count() == made
