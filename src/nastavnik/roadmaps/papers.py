"""Evidence that stands below roadmaps: documents, folders of «Дело», a filled link."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from nastavnik.shared.typography import counted

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
    """The latest of `rule["number"]` signed documents in the folder `rule["folder"]` of «Дело»."""
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
    found: list[Evidence] = []
    wanted: int = rule.get("number", 1) if "folder" in rule else 1
    for _, kind, state, day, number, pk in papers:
        if day is None or state not in IN_FORCE:
            waiting = waiting or Evidence(
                _ON_THE_WAY[DocumentState(state)], document_id=pk, is_met=False
            )
        elif day <= on and within(day, rule, of_period="folder" in rule or is_yearly(kind)):
            found.append(Evidence(closed_by(kind, number, day), day, pk))
            if len(found) == wanted:
                return found[0]
    if found:
        signed = counted(len(found), "документ", "документа", "документов")
        return replace(found[0], words=f"в папке {signed}, нужно {wanted}", on=None, is_met=False)
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
    """Folders that something of the product is filed in; of the others no proof could ever come."""
    used = {kind.folder for kind in kinds()} - {CLOSED_FOLDER}
    return [(code, f"{code} {title}") for code, title in FOLDERS.items() if code in used]


def register_all() -> None:
    register(
        EvidenceKind.DOCUMENT_IN_FORCE,
        title="Документ подписан и действует",
        parameters=(Parameter("kind", "Какой документ", "choice", choices=_kinds),),
        hint="Выбранный документ подписан и не отменён. Отменят приказ — пункт откроется.",
        work=Work("Открыть документы", "documents:register"),
        find_many=documents_in_force,
    )
    register(
        EvidenceKind.DOCUMENT_FILED,
        title="В папке «Дела» есть подписанный документ",
        parameters=(
            Parameter("folder", "Какая папка", "choice", choices=_folders),
            Parameter("number", "Сколько документов", "number", default=1),
        ),
        hint="В папке подписано столько документов, сколько нужно, любых. Считаются документы со "
        "времени карты.",
        work=Work("Открыть «Дело»", "documents:file"),
        find_many=documents_filed,
    )
    register(
        EvidenceKind.LINK_FILLED,
        link_filled,
        title="Приложена ссылка",
        hint="На странице пункта, в части «Ссылка», сохранён адрес: раздел сайта, новость, запись.",
    )
    register(
        EvidenceKind.ROADMAP_AGREED,
        roadmap_agreed,
        title="Дорожная карта согласована",
        hint="Карту учреждения согласовал координатор или совет.",
    )
