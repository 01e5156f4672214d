"""Addresses from which calendars read the days of a person's lines."""

from django.db import models

from nastavnik.accounts.models import User
from nastavnik.tenancy.scope import TenantModel


class CalendarLink(TenantModel):
    """A person's secret address from which a calendar reads the days of his lines here.

    Of the address only a hash is kept; the address itself is made again from `nonce` and the key of
    the installation.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("когда создан", auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "user"), name="roadmap_calendar_link_once"
            ),
        )

    def __str__(self) -> str:
        return f"календарь: {self.user.short_name}"
