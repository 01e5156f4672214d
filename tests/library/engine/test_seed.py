import re
from collections import Counter

import pytest

from nastavnik.library.engine.classifier import TEACHER_CODES
from nastavnik.library.engine.seed import DICTIONARIES, seed

pytestmark = pytest.mark.unit


def _codes(dictionary: str) -> set[str]:
    return {entry["code"] for entry in seed(dictionary)}


@pytest.mark.parametrize("dictionary", DICTIONARIES)
def test_codes_are_unique_and_plain(dictionary: str) -> None:
    codes = [entry["code"] for entry in seed(dictionary)]

    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert [code for code in codes if not re.fullmatch(r"[a-z0-9-]+", code)] == []


def test_unknown_dictionary_is_refused() -> None:
    with pytest.raises(KeyError):
        seed("nothing")


@pytest.mark.parametrize(
    ("dictionary", "count"), [("kinds", 7), ("materials", 13), ("stages", 14), ("folders", 12)]
)
def test_dictionary_is_complete(dictionary: str, count: int) -> None:
    assert len(seed(dictionary)) == count


def test_eleven_pupil_requests_and_three_of_teachers() -> None:
    assert Counter(entry["audience"] for entry in seed("requests")) == {"pupil": 11, "teacher": 3}
    assert [entry["number"] for entry in seed("requests")] == list(range(1, 15))


def test_fifteen_acts_of_the_programme_are_present() -> None:
    numbers = [entry["programme_item"] for entry in seed("acts") if "programme_item" in entry]

    assert sorted(numbers) == list(range(1, 16))


def test_forms_of_both_models_are_present() -> None:
    assert Counter(entry["origin"] for entry in seed("forms")) == {
        "federal": 5,
        "teachers": 3,
        "local": 4,
    }


def test_references_lead_to_existing_entries() -> None:
    topics, requests, acts, forms = map(_codes, ("topics", "requests", "acts", "forms"))
    categories, templates = _codes("categories"), _codes("roadmap_templates")
    dangling = {
        *(r for e in seed("topics") for r in e.get("related", ()) if r not in topics),
        *(e["request"] for e in seed("topics") if e["request"] not in requests),
        *(c for e in seed("requests") for c in e["competences"] if c not in topics),
        *(e["code"] for e in seed("intents") if e["code"] not in requests),
        *(e["replaced_by"] for e in seed("acts") if e.get("replaced_by", "r-145") not in acts),
        *(e["parent"] for e in seed("acts") if e.get("parent", "tk") not in acts),
        *(e["parent"] for e in seed("role_models") if e["parent"] not in forms),
        *(e["parent"] for e in seed("roadmap_lines") if e["parent"] not in templates),
        *(a for e in seed("role_models") for a in e["answers"] if a not in requests),
        *(c for e in seed("forms") for c in e["mentors"] + e["mentees"] if c not in categories),
        *(c for pair in TEACHER_CODES.items() for c in pair if c not in requests),
    }

    assert dangling == set()


def test_every_pupil_request_has_a_teacher_counterpart() -> None:
    pupil = {entry["code"] for entry in seed("requests") if entry["audience"] == "pupil"}

    assert set(TEACHER_CODES) == pupil
