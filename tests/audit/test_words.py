"""Every action the code writes has a Russian word; states are read from the models."""

import re
from pathlib import Path

import pytest

import nastavnik
from nastavnik.accounts.permissions import Role
from nastavnik.audit.words import ACTIONS, OTHER, action_words, state_words
from nastavnik.people.models import Certificate, Consent
from nastavnik.people.models.papers import CertificateState, ConsentState

WRITTEN = re.compile(r'action="([a-z]+\.[a-z_]+)"')
READ_ONLY = {
    "today.view",
    "launch.view",
    "people.import",
    "people.export",
    "documents.template",
    "consents.print",
}


def written_actions() -> set[str]:
    """Names given to the journal in services, by the text of the code."""
    found: set[str] = set()
    for path in Path(nastavnik.__file__).parent.glob("*/services/**/*.py"):
        found |= set(WRITTEN.findall(path.read_text(encoding="utf-8")))
    for path in Path(nastavnik.__file__).parent.glob("*/services.py"):
        found |= set(WRITTEN.findall(path.read_text(encoding="utf-8")))
    return found - READ_ONLY


def test_every_action_of_services_has_words() -> None:
    assert sorted(written_actions() - set(ACTIONS)) == []


def test_every_state_of_papers_has_words() -> None:
    consents = {f"consents.{state}" for state in ConsentState if state != ConsentState.DRAFT}
    certificates = {f"certificates.{state}" for state in CertificateState}
    assert sorted((consents | certificates) - set(ACTIONS)) == []


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("pairs.make", "Пара составлена"),
        ("people.exported_mentees", "Реестр выгружен в Excel"),
        ("nobody.described", OTHER),
    ],
)
def test_action_is_worded(action: str, words: str) -> None:
    assert action_words(action) == words


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        ("people.menteeprofile", "in_base", "в базе"),
        (Consent._meta.label_lower, "in_force", "действует"),
        (Certificate._meta.label_lower, "valid", "действует"),
        ("accounts.rolegrant", str(Role.CURATOR), "Куратор"),
        ("documents.journal", "12", "12"),
        ("library.entry", "версия 2", "версия 2"),
        ("people.person", "some_code", ""),
        ("absent.model", "", ""),
    ],
)
def test_state_is_worded(label: str, value: str, words: str) -> None:
    assert state_words(label, value) == words
