"""Tables of documents."""

from datetime import date, datetime
from functools import lru_cache

from django.db.models import Value
from django.db.models.functions import Coalesce

from nastavnik.documents.kinds import FOLDERS
from nastavnik.documents.models import DocumentState
from nastavnik.shared.cells import link, muted, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

_D = DocumentState
STATE_TAGS: dict[str, str] = {
    _D.DRAFT: "info",
    _D.CHECK: "info",
    _D.TO_SIGN: "wait",
    _D.RETURNED: "bad",
    _D.IN_FORCE: "ok",
    _D.AMENDED: "ok",
    _D.CANCELLED: "",
    _D.LAPSED: "",
    _D.DROPPED: "",
}
NOUNS = ("документ", "документа", "документов")
_LONG_AGO = date(1900, 1, 1)


def state_tag(state: str) -> str:
    return tag(state_words(state), STATE_TAGS[state])


def state_words(state: str) -> str:
    label = DocumentState(state).label
    return label[:1].upper() + label[1:]


def _number(text: str, day: date | None) -> str:
    if day is None:
        return muted("нет")
    return small(f"№\u00a0{text}" if text else "без номера", f"от {day:%d.%m.%Y}")


def _folder(code: str) -> str:
    return f"{code} {FOLDERS[code]}"


@lru_cache(maxsize=8)
def documents_spec(prefix: str = "", title: str = "Документы", order: str = "-made") -> ListSpec:
    """The register; `prefix` leads from the page to the cards of documents."""
    return ListSpec(
        key="documents",
        title=title,
        order=order,
        nouns=NOUNS,
        columns=(
            Column(
                "title",
                "Документ",
                ("pk", "title"),
                cell=lambda pk, text: link(f"{prefix}{pk}/", text),
                sort=("search_key",),
                export=lambda _pk, text: text,
                head=True,
            ),
            Column(
                "number",
                "Номер и дата",
                ("number_text", "registered_on"),
                cell=_number,
                sort=(Coalesce("registered_on", Value(_LONG_AGO)), Coalesce("number", Value(0))),
            ),
            Column("date", "Дата", ("registered_on",), on_screen=False),
            Column(
                "state",
                "Состояние",
                ("state",),
                cell=state_tag,
                sort=("state",),
                export=state_words,
            ),
            Column("folder", "Папка дела", ("folder",), cell=_folder, sort=("folder",)),
            Column("year", "Учебный год", ("school_year",), sort=("school_year",)),
            Column(
                "made", "Составлен", ("created_at", "created_by"), cell=_made, sort=("created_at",)
            ),
        ),
    )


def _made(at: datetime, by: str) -> str:
    return small(f"{at:%d.%m.%Y}", by)


@lru_cache(maxsize=4)
def journal_spec(prefix: str, title: str) -> ListSpec:
    """A journal of registration in the order of its numbers."""
    return ListSpec(
        key="journal",
        title=title,
        order="number",
        nouns=NOUNS,
        columns=(
            Column("number", "Номер", ("number_text",), sort=("place", "number_text"), css="num"),
            Column("date", "Дата", ("registered_on",), sort=("registered_on",)),
            Column(
                "title",
                "О чём",
                ("pk", "title"),
                cell=lambda pk, text: link(f"{prefix}{pk}/", text),
                sort=("search_key",),
                export=lambda _pk, text: text,
                head=True,
            ),
            Column("signer", "Подписал", ("signer_name", "signer_post"), cell=small),
            Column(
                "state",
                "Состояние",
                ("state",),
                cell=state_tag,
                sort=("state",),
                export=state_words,
            ),
            Column("made", "Подготовил", ("created_by",)),
        ),
    )
