"""Rows of informing: the campaign with its gatherings and letters, class sheets and their slips."""

from nastavnik.informing.models.campaign import (
    Gathering,
    InformingCampaign,
    Proof,
    Publication,
    Stage,
)
from nastavnik.informing.models.letters import LETTER_AUDIENCES, Answer, Letter, Mailing
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
    "LETTER_AUDIENCES",
    "SLIP_DAYS",
    "SLIP_TRANSITIONS",
    "Answer",
    "ClassSheet",
    "Gathering",
    "InformingCampaign",
    "Letter",
    "Mailing",
    "Proof",
    "Publication",
    "SheetState",
    "Side",
    "Slip",
    "SlipState",
    "SlipWay",
    "Stage",
]
