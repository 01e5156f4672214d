"""The secret addresses of personal calendars."""

from django.urls import reverse

from nastavnik.roadmaps.models import CalendarLink
from nastavnik.shared import tokens

PURPOSE = "nastavnik.roadmaps.calendar"


def fresh_secret() -> tuple[str, str]:
    """A nonce and the hash of its token."""
    return tokens.fresh_secret(PURPOSE)


def address_of(link: CalendarLink) -> str:
    """The whole address that a calendar is given."""
    token = tokens.token_of(PURPOSE, link.nonce, link.token_hash)
    return tokens.whole_address(reverse("roadmaps:feed", kwargs={"token": token}))
