"""Secrets of check-in: random, never stored themselves, and yet printable again.

A row keeps a random nonce and the hash of the token. The token is made of the nonce with the
installation's own key, so a stolen copy of the database opens no page, while a lost badge can be
printed anew with the same code.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.urls import reverse

_PURPOSE = b"nastavnik.events.checkin:"
CODE_LENGTH = 6


def fresh_nonce() -> str:
    return secrets.token_urlsafe(18)


def token_of(nonce: str, token_hash: str = "") -> str:
    """The token behind a nonce; with `token_hash`, made by the key that was in use then."""
    keys = (settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", ()))
    made = [_with_key(key, nonce) for key in keys]
    return next((token for token in made if hash_of(token) == token_hash), made[0])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def fresh_secret() -> tuple[str, str]:
    """A nonce and the hash of its token."""
    nonce = fresh_nonce()
    return nonce, hash_of(token_of(nonce))


def fresh_code(taken: set[str]) -> str:
    """Six digits that are easy to type on a phone and not yet taken at this meeting."""
    while True:
        code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"
        if code not in taken:
            return code


def origin_of(address: str) -> str:
    """Where a guess came from, so that it can be counted and not read."""
    key = _PURPOSE + settings.SECRET_KEY.encode()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()


def checkin_url(nonce: str, token_hash: str) -> str:
    """The address behind a QR code."""
    path = reverse("events:checkin", kwargs={"token": token_of(nonce, token_hash)})
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _with_key(key: str, nonce: str) -> str:
    mac = hmac.new(_PURPOSE + key.encode(), nonce.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:24]).decode()
