"""The institution's own terms of papers."""

from datetime import date

import pytest

from nastavnik.desk.services.institution import PaperRules, paper_rules
from nastavnik.tenancy.models import Organisation

URL = "/o/own/institution/settings/"


@pytest.fixture
def as_curator(client, curator):
    client.force_login(curator)
    return client


def test_usual_rules_hold_without_settings(school: Organisation) -> None:
    assert paper_rules(school) == PaperRules(None, 12, "")


def test_rules_are_saved(as_curator, school: Organisation) -> None:
    values = {
        "consent_valid_to": "31.08.2027",
        "certificate_months": "6",
        "sitting_required": "all",
    }
    answer = as_curator.post(URL, values)
    school.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/o/own/institution/")
    assert paper_rules(school) == PaperRules(date(2027, 8, 31), 6, "all")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("consent_valid_to", "01.01.2020"),
        ("certificate_months", "0"),
        ("certificate_months", "61"),
        ("sitting_required", "sometimes"),
    ],
)
def test_strange_rules_are_refused(as_curator, school, field: str, value: str) -> None:
    values = {"consent_valid_to": "", "certificate_months": "6", "sitting_required": ""}
    answer = as_curator.post(URL, values | {field: value})
    school.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert school.settings == {}
