"""Rows of informing: class sheets and the slips that they bring."""

from nastavnik.informing.models.slips import (
    SLIP_DAYS,
    SLIP_TRANSITIONS,
    ClassSheet,
    SheetState,
    Side,
    Slip,
    SlipState,
    SlipWay,
)

__all__ = [
    "SLIP_DAYS",
    "SLIP_TRANSITIONS",
    "ClassSheet",
    "SheetState",
    "Side",
    "Slip",
    "SlipState",
    "SlipWay",
]
