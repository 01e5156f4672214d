"""The days of one person's lines, for a calendar."""

from datetime import UTC, date, datetime

from nastavnik.accounts.actor import Actor, grants_of
from nastavnik.roadmaps.engine.calendar import Entry, calendar
from nastavnik.roadmaps.models import CalendarLink, Roadmap, RoadmapState
from nastavnik.roadmaps.queries.board import Row, Stand, board_of
from nastavnik.shared.tokens import hash_of
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scopes_disabled


def link_of(actor: Actor) -> CalendarLink | None:
    found: CalendarLink | None = CalendarLink.objects.filter(user_id=actor.user_id).first()
    return found


def behind_token(token: str) -> tuple[int, int] | None:
    """(organisation, link) behind a secret address."""
    with scopes_disabled(reason="the address of a calendar names no organisation"):
        rows = CalendarLink.objects.filter(token_hash=hash_of(token))
        return rows.values_list("organisation_id", "pk").first()


def reader_of(link: CalendarLink, today: date) -> Actor | None:
    """The owner of the link, while he may still read the roadmaps of the institution."""
    if not link.user.is_active:
        return None
    actor = grants_of(link.user, today=today).at_organisation(link.organisation)
    return actor if actor.can("roadmaps.view") else None


def feed_of(actor: Actor, organisation: Organisation, *, today: date, now: datetime) -> bytes:
    """What the person still has to do and by which day: roadmaps in force, nothing already met."""
    entries = [
        entry
        for roadmap in Roadmap.objects.filter(state=RoadmapState.IN_FORCE).order_by("id")
        for row in board_of(roadmap, actor=actor, today=today).works
        if row.is_mine and row.standing.stand not in (Stand.DONE, Stand.OFF)
        for entry in _entries(row)
    ]
    return calendar(f"Дорожная карта, {organisation}", entries, made_at=now.astimezone(UTC))


def _entries(row: Row) -> list[Entry]:
    item = row.item
    return [
        Entry(
            uid=f"{item.pk}-{day.ordinal}@calendar.roadmap",
            title=item.named,
            first=day.due_on,
            last=day.due_on,
            details=item.deadline_text,
        )
        for day in row.occurrences
        if day.due_on is not None and day.met_on is None
    ]
