"""Use cases of surveys: each function is one, keyword-only, atomic and audited."""

from nastavnik.surveys.services.answers import Choices, answer
from nastavnik.surveys.services.campaigns import (
    close_campaign,
    invite_more,
    open_preferences,
    reopen_campaign,
)
from nastavnik.surveys.services.uninviting import uninvite

__all__ = [
    "Choices",
    "answer",
    "close_campaign",
    "invite_more",
    "open_preferences",
    "reopen_campaign",
    "uninvite",
]
