"""Secrets behind printed links and QR codes: bound to a purpose, never stored, printable again.

A row keeps a random nonce and the hash of its token. The token is made of the nonce with the key of
the installation and the name of its purpose: a stolen copy of the database opens no page, a token of
one purpose is nothing to another, and a lost paper is printed anew with the same code. A fresh
secret in the row revokes the old one; a new key of the installation revokes all but those made with
`SECRET_KEY_FALLBACKS`.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

_BYTES = 24
_SHORT_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none is taken for another on paper
_SHORT_LENGTH = 10


def fresh_secret(purpose: str) -> tuple[str, str]:
    """A nonce and the hash of its token, both to keep."""
    nonce = secrets.token_urlsafe(18)
    return nonce, hash_of(token_of(purpose, nonce))


def token_of(purpose: str, nonce: str, token_hash: str = "") -> str:
    """The token behind a nonce; with `token_hash`, made by the key that was in use then."""
    keys = (settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", ()))
    made = [_encoded(_mac(purpose, key, nonce)) for key in keys]
    return next((token for token in made if hash_of(token) == token_hash), made[0])


def fresh_short(purpose: str) -> tuple[str, str]:
    """The same as `fresh_secret` for an address that people also type by hand."""
    nonce = secrets.token_urlsafe(18)
    return nonce, hash_of(short_of(purpose, nonce))


def short_of(purpose: str, nonce: str, short_hash: str = "") -> str:
    """Ten small letters and digits, 48 bits: for pages that show nothing and take little."""
    keys = (settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", ()))
    made = [_spelt(_mac(purpose, key, nonce)) for key in keys]
    return next((short for short in made if hash_of(short) == short_hash), made[0])


def hash_of(token: str) -> str:
    """What is kept of a token, and by which its row is found."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed_hash(purpose: str, text: str) -> str:
    """A text that can be compared and counted, but not read."""
    return _mac(purpose, settings.SECRET_KEY, text).hex()


def whole_address(path: str) -> str:
    """The path with the address of the installation, as it goes into a QR code or onto paper."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _mac(purpose: str, key: str, text: str) -> bytes:
    return hmac.new(f"{purpose}:{key}".encode(), text.encode("utf-8", "replace"), "sha256").digest()


def _spelt(mac: bytes) -> str:
    number, letters = int.from_bytes(mac, "big"), ""
    for _ in range(_SHORT_LENGTH):
        number, place = divmod(number, len(_SHORT_LETTERS))
        letters += _SHORT_LETTERS[place]
    return letters


def _encoded(mac: bytes) -> str:
    return base64.urlsafe_b64encode(mac[:_BYTES]).decode()
