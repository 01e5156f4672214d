"""The demonstration: fictional region, one-click sign-in, plain HTTP on this computer only."""

import os

os.environ.setdefault(
    "NASTAVNIK_SECRET_KEY_DEFAULT", "demo-only-not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz"
)
os.environ.setdefault("NASTAVNIK_HTTPS", "0")

from nastavnik.config.settings.base import *  # noqa: F403

DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
