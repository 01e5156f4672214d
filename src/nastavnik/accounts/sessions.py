"""Sessions in the database, read by a prepared query: every request of a signed-in person asks."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from nastavnik.tenancy.prepared import Blank, Prepared

_stored = Prepared(
    lambda: Session.objects.filter(
        session_key=Blank("key", Session._meta.get_field("session_key")),
        expire_date__gt=Blank("now", Session._meta.get_field("expire_date")),
    ).values_list("session_data")
)


class SessionStore(db.SessionStore):
    """Django's own, which also deals with the sessions that are not found."""

    def load(self) -> dict[str, Any]:
        found = _stored(key=self.session_key, now=timezone.now())
        if not found:
            return super().load()
        data: dict[str, Any] = self.decode(found[0][0])
        return data
