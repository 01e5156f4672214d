"""The words and addresses of the campaign's rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import Gathering, Publication, Stage
from nastavnik.informing.queries.campaign import LATE_AFTER, Told
from nastavnik.shared.typography import counted, date_words

PEOPLE = ("человек", "человека", "человек")
STAGE_WORDS = {
    Stage.IDLE: "Не начато",
    Stage.PLANNED: "Назначено",
    Stage.HELD: "Нет протокола",
    Stage.PROVEN: "Подтверждено",
}
STAGE_TAGS = {Stage.IDLE: "", Stage.PLANNED: "info", Stage.HELD: "wait", Stage.PROVEN: "ok"}
_STATES = {Stage.IDLE: "idle", Stage.PLANNED: "go", Stage.HELD: "wait", Stage.PROVEN: "done"}


def audience_tasks(
    told: Iterable[Told], *, org: str, today: date, may_edit: bool
) -> list[dict[str, Any]]:
    """Rows for `ui/tasks.html`: one for each gathering, publication list or untold audience."""
    rows: list[dict[str, Any]] = []
    for one in told:
        audience = capfirst(one.audience.label)
        rows += [_of_gathering(audience, gathering, org, today) for gathering in one.gatherings]
        if one.audience == Audience.OUTSIDE and one.publications:
            rows.append(_of_media(audience, one.publications[0], len(one.publications), org))
        elif not one.gatherings:
            rows.append(_untold(one.audience, audience, org, may_edit=may_edit))
    return rows


def stage_line(gathering: Gathering, today: date) -> str:
    """«29 августа, было 34 человека. Протокол № 1 от 29.08.2026.»"""
    proof, words = gathering.proof, ""
    if gathering.on:
        words = date_words(gathering.on)
        if gathering.present_count:
            words += f", {_were(gathering.present_count)}"
        words += ". "
    if proof is not None:
        return f"{words}Протокол {proof}."
    if gathering.has_draft:
        return f"{words}Проект протокола составлен, подпишите его."
    match gathering.stage(today):
        case Stage.HELD:
            return f"{words}Внесите протокол."
        case Stage.PLANNED:
            return words
        case _:
            return "Впишите дату."


def is_late(gathering: Gathering, today: date) -> bool:
    return (
        gathering.stage(today) == Stage.HELD
        and gathering.on is not None
        and gathering.on < today - LATE_AFTER
    )


def _of_gathering(audience: str, row: Gathering, org: str, today: date) -> dict[str, Any]:
    stage = row.stage(today)
    return {
        "title": f"{audience}: {row.name}",
        "url": reverse("informing:gathering", kwargs={"org": org, "gathering_id": row.pk}),
        "text": stage_line(row, today),
        "state": _STATES[stage],
        "label": STAGE_WORDS[stage],
    }


def _of_media(audience: str, last: Publication, number: int, org: str) -> dict[str, Any]:
    items = counted(number, "публикация", "публикации", "публикаций")
    return {
        "title": audience,
        "url": reverse("informing:media", kwargs={"org": org}),
        "text": f"{items}, последняя {date_words(last.published_on)}: {last.outlet}.",
        "state": "done",
        "label": STAGE_WORDS[Stage.PROVEN],
    }


def _untold(code: Audience, audience: str, org: str, *, may_edit: bool) -> dict[str, Any]:
    where = {"org": org}
    new = f"{reverse('informing:gathering-new', kwargs=where)}?audience={code}"
    text = "Назначьте встречу."
    if code == Audience.OUTSIDE:
        new, text = reverse("informing:media", kwargs=where), "Впишите, где о программе написали."
    return {
        "title": audience,
        "url": new if may_edit else "",
        "text": text if may_edit else "Встреча не назначена.",
        "state": "idle",
        "label": STAGE_WORDS[Stage.IDLE],
    }


def _were(number: int) -> str:
    return f"было {counted(number, *PEOPLE)}"
