"""Personal links of a survey."""

from django.urls import reverse

from nastavnik.shared import tokens
from nastavnik.surveys.models import Invitation

PURPOSE = "nastavnik.surveys.links"


def fresh_secret() -> tuple[str, str]:
    """A nonce and the hash of its token."""
    return tokens.fresh_secret(PURPOSE)


def link_of(invitation: Invitation) -> str:
    """The whole address that goes into a QR code or onto paper."""
    return tokens.whole_address(path_of(invitation))


def path_of(invitation: Invitation) -> str:
    """The same within the site."""
    token = tokens.token_of(PURPOSE, invitation.nonce, invitation.token_hash)
    return reverse("surveys:answer", kwargs={"token": token})
