"""Where a request comes from, as far as our own proxies can be trusted."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer itself, or with N proxies of ours the N-th address from the right.

    Everything further left in the header was written by the client and may be invented.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    if settings.PROXIES < 1:
        return peer
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(chain) < settings.PROXIES:
        return peer
    return chain[-settings.PROXIES] or peer
