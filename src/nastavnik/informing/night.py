"""What informing does at night: slips whose days are over lose their names."""

from datetime import date

from nastavnik.accounts.actor import Actor
from nastavnik.informing.services.slips import erase_expired
from nastavnik.pairs.services.night import add_night_work
from nastavnik.tenancy.models import Organisation


def register_work() -> None:
    add_night_work("erased_slips", _erase)


def _erase(actor: Actor, organisation: Organisation, on: date) -> int:
    return erase_expired(actor=actor, organisation=organisation, today=on)
