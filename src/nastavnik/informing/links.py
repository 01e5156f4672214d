"""The address behind the QR code of a class sheet: short enough to be typed from a wall."""

from django.urls import reverse

from nastavnik.informing.models import ClassSheet
from nastavnik.shared import tokens

PURPOSE = "nastavnik.informing.sheets"


def fresh_secret() -> tuple[str, str]:
    """A nonce and the hash of its code."""
    return tokens.fresh_short(PURPOSE)


def path_of(sheet: ClassSheet) -> str:
    """The page within the site."""
    code = tokens.short_of(PURPOSE, sheet.nonce, sheet.token_hash)
    return reverse("informing:join", kwargs={"token": code})


def link_of(sheet: ClassSheet) -> str:
    """The whole address that goes into the QR code and onto paper."""
    return tokens.whole_address(path_of(sheet))
