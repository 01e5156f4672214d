"""The table of group meetings."""

from datetime import date, time

from nastavnik.events.models import EventKind, EventState
from nastavnik.shared.cells import link, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

STATE_TAGS: dict[str, str] = {
    EventState.DRAFT: "info",
    EventState.ANNOUNCED: "wait",
    EventState.GOING: "ok",
    EventState.ENDED: "",
    EventState.CANCELLED: "",
}
NOUNS = ("встреча", "встречи", "встреч")


def state_words(state: str) -> str:
    label = EventState(state).label
    return label[:1].upper() + label[1:]


def kind_words(kind: str) -> str:
    label = EventKind(kind).label
    return label[:1].upper() + label[1:]


def _when(on: date, starts_at: time) -> str:
    return f"{on:%d.%m.%Y}, {starts_at:%H:%M}"


def _came(state: str, came: int, invited: int) -> str:
    if state in {EventState.GOING, EventState.ENDED}:
        return f"{came} из {invited}"
    return f"приглашено {invited}"


MEETINGS = ListSpec(
    key="meetings",
    title="Групповые встречи",
    order="-when",
    nouns=NOUNS,
    columns=(
        Column(
            "when",
            "Когда",
            ("on", "starts_at", "pk"),
            cell=lambda on, at, pk: link(f"{pk}/", _when(on, at)),
            sort=("on",),
            export=lambda on, at, _pk: _when(on, at),
            head=True,
        ),
        Column(
            "kind",
            "Встреча",
            ("kind", "place"),
            cell=lambda kind, place: small(kind_words(kind), place),
            sort=("kind",),
            export=lambda kind, _place: kind_words(kind),
        ),
        Column(
            "came",
            "Пришли",
            ("state", "came", "invited"),
            cell=_came,
            export=_came,
        ),
        Column(
            "state",
            "Состояние",
            ("state",),
            cell=lambda state: tag(state_words(state), STATE_TAGS[state]),
            sort=("state",),
            export=state_words,
        ),
    ),
)
