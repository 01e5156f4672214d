"""Codes of check-in: the token behind a QR code and the digits on a badge."""

import secrets

from django.urls import reverse

from nastavnik.shared import tokens

PURPOSE = "nastavnik.events.checkin"
CODE_LENGTH = 6


def fresh_secret() -> tuple[str, str]:
    """A nonce and the hash of its token."""
    return tokens.fresh_secret(PURPOSE)


def fresh_code(taken: set[str]) -> str:
    """Six digits that are easy to type on a phone and not yet taken at this meeting."""
    while True:
        code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"
        if code not in taken:
            return code


def origin_of(address: str) -> str:
    """Where a guess came from, so that it can be counted and not read."""
    return tokens.keyed_hash(PURPOSE, address)


def checkin_url(nonce: str, token_hash: str) -> str:
    """The address behind a QR code."""
    token = tokens.token_of(PURPOSE, nonce, token_hash)
    return tokens.whole_address(reverse("events:checkin", kwargs={"token": token}))
