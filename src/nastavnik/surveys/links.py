"""Personal links: made from a random nonce and the key of the installation, kept as a hash."""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from nastavnik.surveys.models import Invitation

_SALT = "nastavnik.surveys.links"
_LETTERS = 32  # 128 bits


def fresh_nonce() -> str:
    return secrets.token_urlsafe(16)


def token_of(nonce: str) -> str:
    """The secret part of the address; the same nonce gives the same link."""
    return salted_hmac(_SALT, nonce, algorithm="sha256").hexdigest()[:_LETTERS]


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def link_of(invitation: Invitation) -> str:
    """The whole address that goes into a QR code or onto paper."""
    path = reverse("surveys:answer", kwargs={"token": token_of(invitation.nonce)})
    return f"{settings.SITE_URL.rstrip('/')}{path}"
