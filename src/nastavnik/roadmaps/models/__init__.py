"""Roadmaps with their lines and days, what was said about them, targets, files on their way in."""

from nastavnik.roadmaps.models.calendar_links import CalendarLink
from nastavnik.roadmaps.models.imports import ImportState, RoadmapImport
from nastavnik.roadmaps.models.items import (
    SETTLED_STATES,
    CommentKind,
    ItemComment,
    ItemResponsible,
    ItemState,
    Occurrence,
    RoadmapItem,
)
from nastavnik.roadmaps.models.roadmap import (
    EDITABLE_STATES,
    OPEN_STATES,
    ROADMAP_TRANSITIONS,
    AgreementBody,
    Roadmap,
    RoadmapEventDate,
    RoadmapKind,
    RoadmapState,
    kind_for,
)
from nastavnik.roadmaps.models.targets import Indicator, RoadmapTarget

__all__ = [
    "EDITABLE_STATES",
    "OPEN_STATES",
    "ROADMAP_TRANSITIONS",
    "SETTLED_STATES",
    "AgreementBody",
    "CalendarLink",
    "CommentKind",
    "ImportState",
    "Indicator",
    "ItemComment",
    "ItemResponsible",
    "ItemState",
    "Occurrence",
    "Roadmap",
    "RoadmapEventDate",
    "RoadmapImport",
    "RoadmapItem",
    "RoadmapKind",
    "RoadmapState",
    "RoadmapTarget",
    "kind_for",
]
