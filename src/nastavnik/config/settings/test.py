"""Tests: fast hasher, files in memory, the database named by NASTAVNIK_DATABASE."""

import os

os.environ.setdefault(
    "NASTAVNIK_SECRET_KEY_DEFAULT", "tests-only-not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz"
)
os.environ.setdefault("NASTAVNIK_HTTPS", "0")

from nastavnik.config.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LIBRARY_FRESH_SECONDS = 0
REMEMBER_NUMBERS = False  # rows made by tests leave no trace in the journal
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # static files straight from the sources
