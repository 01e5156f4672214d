"""Evidence that stands below roadmaps: documents, folders of «Дело», a filled link."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nastavnik.documents.kinds import CLOSED_FOLDER, FOLDERS, kind_of, kinds
from nastavnik.documents.models import OPEN_STATES, Document, DocumentState
from nastavnik.roadmaps.evidence import (
    LINK,
    Evidence,
    EvidenceKind,
    Parameter,
    Rules,
    Work,
    is_yearly,
    register,
    within,
)
from nastavnik.roadmaps.models import Roadmap, RoadmapKind, RoadmapState

IN_FORCE = (DocumentState.IN_FORCE, DocumentState.AMENDED)
_ON_THE_WAY = {
    DocumentState.DRAFT: "есть проект документа",
    DocumentState.CHECK: "проект документа на проверке",
    DocumentState.TO_SIGN: "документ на подписи",
    DocumentState.RETURNED: "документ возвращён на доработку",
}
Paper = tuple[str, str, str, date | None, str, int]


def documents_in_force(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """The latest document of `rule["kind"]` in force, one query for all lines."""
    return _papers("kind", {str(rule.get("kind", "")) for rule in rules}, rules, on)


def documents_filed(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """The latest signed document in the folder `rule["folder"]` of «Дело»."""
    return _papers("folder", {str(rule.get("folder", "")) for rule in rules}, rules, on)


def link_filled(rule: Mapping[str, Any], _on: date) -> Evidence | None:
    link = str(rule.get(LINK) or "")
    return Evidence(f"закрыто ссылкой {link}") if link else None


def roadmap_agreed(rule: Mapping[str, Any], on: date) -> Evidence | None:
    """The institution's roadmap was agreed, or waits for the agreement."""
    rows = Roadmap.objects.filter(kind=RoadmapKind.INSTITUTION).exclude(state=RoadmapState.CLOSED)
    for state, day, who in rows.order_by("-agreed_on", "-id").values_list(
        "state", "agreed_on", "agreed_by"
    ):
        if day is not None and day <= on and within(day, rule):
            return Evidence(f"согласована {day:%d.%m.%Y}: {who}", day)
        if state == RoadmapState.ON_AGREEMENT:
            return Evidence("дорожная карта на согласовании", is_met=False)
    return None


def _papers(column: str, wanted: set[str], rules: Rules, on: date) -> list[Evidence | None]:
    rows: list[Paper] = list(
        Document.objects.filter(**{f"{column}__in": wanted}, state__in=(*IN_FORCE, *OPEN_STATES))
        .order_by("-registered_on", "-id")
        .values_list(column, "kind", "state", "registered_on", "number_text", "id")
    )
    by_code: dict[str, list[Paper]] = {}
    for row in rows:
        by_code.setdefault(row[0], []).append(row)
    return [_latest(by_code.get(str(rule.get(column, "")), []), rule, on) for rule in rules]


def _latest(papers: Sequence[Paper], rule: Mapping[str, Any], on: date) -> Evidence | None:
    waiting = None
    for _, kind, state, day, number, pk in papers:
        if day is None or state not in IN_FORCE:
            waiting = waiting or Evidence(
                _ON_THE_WAY[DocumentState(state)], document_id=pk, is_met=False
            )
        elif day <= on and within(day, rule, of_period="folder" in rule or is_yearly(kind)):
            return Evidence(closed_by(kind, number, day), day, pk)
    return waiting


def closed_by(kind: str, number: str, day: date) -> str:
    """«закрыто приказом № 12 от 03.10.2026»"""
    about = kind_of(kind)
    noun = "приказом" if about.is_order else "протоколом" if "protocol" in kind else "документом"
    head = f"закрыто {noun} № {number}" if number else f"закрыто {noun}"
    return f"{head} от {day:%d.%m.%Y}"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.title) for kind in kinds()]


def _folders() -> list[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in FOLDERS.items() if code != CLOSED_FOLDER]


def register_all() -> None:
    register(
        EvidenceKind.DOCUMENT_IN_FORCE,
        title="Документ подписан и действует",
        parameters=(Parameter("kind", "Какой документ", "choice", choices=_kinds),),
        work=Work("Открыть документы", "documents:register"),
        find_many=documents_in_force,
    )
    register(
        EvidenceKind.DOCUMENT_FILED,
        title="В папке «Дела» есть подписанный документ",
        parameters=(Parameter("folder", "Какая папка", "choice", choices=_folders),),
        work=Work("Открыть «Дело»", "documents:file"),
        find_many=documents_filed,
    )
    register(EvidenceKind.LINK_FILLED, link_filled, title="Приложена ссылка")
    register(EvidenceKind.ROADMAP_AGREED, roadmap_agreed, title="Дорожная карта согласована")
