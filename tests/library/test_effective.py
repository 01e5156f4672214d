"""The dictionaries as a territory has them, for whatever organisation is in scope."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.library import queries, services
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import actor_as

pytestmark = pytest.mark.django_db
REGION = actor_as(Role.REGION)
FORM = {"mentors": ["parent"], "mentees": ["student"], "audience": "pupils", "labour": False}


def add_form(node, title="Наставник семьи – студент"):
    return services.save_entry(
        actor=REGION, node=node, dictionary="forms", title=title, attributes=FORM
    )


def rename(node, dictionary, code, title):
    services.save_entry(
        actor=REGION, node=node, dictionary=dictionary, code=code, title=title, attributes={}
    )


def test_entry_of_a_municipality_holds_for_its_schools_alone(neighbours):
    added = add_form(neighbours.own.territory)

    seen = {}
    for school in (neighbours.own, neighbours.sibling, neighbours.far):
        with scope({school.pk}):
            seen[school.slug] = added.code in queries.effective("forms")

    assert seen == {"own": True, "sibling": True, "far": False}


def test_nearest_title_wins_and_the_code_stays(neighbours):
    rename(neighbours.region, "kinds", "group", "Групповое областное")
    rename(neighbours.own.territory, "kinds", "group", "Групповое городское")

    with scope({neighbours.own.pk}):
        own = queries.title_of("kinds", "group")
    with scope({neighbours.far.pk}):
        far = queries.title_of("kinds", "group")

    assert (own, far) == ("Групповое городское", "Групповое областное")


def test_change_within_an_open_scope_is_seen_at_once(school, neighbours):
    before = queries.title_of("forms", "pupil-pupil")
    rename(neighbours.region, "forms", "pupil-pupil", "Старший – младший")

    assert (before, queries.title_of("forms", "pupil-pupil")) == (
        "Ученик – ученик",
        "Старший – младший",
    )


def test_retired_entry_stays_readable_but_is_not_offered(school, neighbours):
    services.retire_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="forms",
        code="parent-pupil",
        reason="не применяем",
    )

    offered = dict(queries.choices_of("forms"))
    assert ("parent-pupil" in offered, queries.title_of("forms", "parent-pupil")) == (
        False,
        "Родитель – обучающийся",
    )


def test_one_query_answers_for_every_dictionary_of_a_scope(school):
    queries.effective("forms"), queries.effective("kinds"), queries.effective_classifier()

    with scope({school.pk}), exactly(1):
        for _ in range(5):
            queries.title_of("forms", "pupil-pupil")
            queries.title_of("kinds", "group")
            queries.effective_classifier()


def test_without_a_scope_the_delivered_entries_answer():
    with exactly(0):
        assert queries.title_of("forms", "pupil-pupil") == "Ученик – ученик"


def test_unknown_code_is_its_own_title(school):
    assert queries.title_of("forms", "nothing") == "nothing"
