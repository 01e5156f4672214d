"""Dictionaries as tables and cards: rows of words for the templates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from nastavnik.library.attributes import FIELDS, LEVELS, STATUSES, wording
from nastavnik.library.models import EntryVersion
from nastavnik.library.queries import Item, act_name, ended_on
from nastavnik.shared.cells import link, small, tag

Names = Mapping[str, Mapping[str, str]]

DESCRIPTIONS = {
    "forms": "Кто кому помогает: формы двух моделей и местные.",
    "role_models": "Какие две роли встречаются внутри формы.",
    "kinds": "Семь видов и правило каждого.",
    "requests": "Одиннадцать запросов обучающихся и три запроса педагогов.",
    "topics": "Предметы и навыки, по которым сравниваются запрос и компетенция.",
    "categories": "Кем человек приходится учреждению.",
    "acts": "На них ссылаются документы. Если акт отменён, документ с ним предупредит.",
    "materials": "Что почитать куратору и наставнику.",
    "stages": "Семь этапов каждой модели.",
    "folders": "Двенадцать папок дела на учебный год.",
    "roadmap_templates": "С чего начать дорожную карту учреждения или муниципалитета.",
    "roadmap_lines": "Мероприятие, срок, ответственные и то, чем пункт закрывается.",
}
#: The second column of a dictionary: an attribute that tells its entries apart.
DETAILS = {
    "forms": "audience",
    "role_models": "parent",
    "kinds": "rule",
    "requests": "description",
    "topics": "group",
    "categories": "plural",
    "materials": "publication",
    "stages": "parent",
    "folders": "restricted",
    "roadmap_templates": "description",
}


def table_of(
    dictionary: str, rows: Sequence[Item], names: Names, *, today: date
) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of the page of one dictionary."""
    if dictionary == "acts":
        return _acts(rows, today)
    if dictionary == "roadmap_lines":
        return _roadmap_lines(rows, names)
    spec = next(s for s in FIELDS[dictionary] if s.name == DETAILS[dictionary])
    return (
        ["Название", spec.label, "Чья запись"],
        [
            [
                _title(row),
                wording(spec, value_of(row, spec.name), dict(names.get(spec.source, {}))),
                row.level,
            ]
            for row in rows
        ],
    )


def _acts(rows: Sequence[Item], today: date) -> tuple[list[str], list[list[Any]]]:
    acts = {row.code: row for row in rows}
    return (
        ["Акт", "Уровень", "Состояние"],
        [
            [
                small(link(f"{row.code}/", act_name(row, acts)), _about(row, acts)),
                LEVELS.get(str(row.attributes.get("level")), ""),
                status_tag(row, today),
            ]
            for row in rows
        ],
    )


def _roadmap_lines(rows: Sequence[Item], names: Names) -> tuple[list[str], list[list[Any]]]:
    templates = names.get("roadmap_templates", {})
    return (
        ["№", "Мероприятие", "Срок", "Шаблон", "Чья запись"],
        [
            [
                row.attributes.get("number", ""),
                _title(row),
                row.attributes.get("deadline", ""),
                templates.get(row.parent, ""),
                row.level,
            ]
            for row in sorted(
                rows,
                key=lambda row: (
                    list(templates).index(row.parent) if row.parent in templates else len(templates)
                ),
            )
        ],
    )


def _about(row: Item, acts: dict[str, Item]) -> str:
    return "" if act_name(row, acts) == row.title else row.title


def _title(row: Item) -> SafeString:
    name = link(f"{row.code}/", row.title)
    return name if row.is_active else small(name, "не применяется")


def status_of(act: Item, today: date) -> tuple[str, str]:
    """Words and kind of the tag for an act on a day."""
    if not act.is_active:
        return "Не применяется", ""
    if ended_on(act, today):
        status = str(act.attributes.get("status"))
        return STATUSES.get(status, "") if status != "in-force" else "Срок истёк", "bad"
    if act.valid_from is not None and today < act.valid_from:
        return "Ещё не действует", "wait"
    if act.attributes.get("evidence") == "unverified":
        return "Сверьте реквизиты", "wait"
    return "Действует", "ok"


def status_tag(act: Item, today: date) -> SafeString:
    words, kind = status_of(act, today)
    return tag(words, kind)


def value_of(row: Item | EntryVersion, name: str) -> Any:
    """A fact of an entry, wherever it is stored."""
    if name in {"parent", "valid_from", "valid_to"}:
        return getattr(row, name)
    return row.attributes.get(name)


def facts_of(row: Item, names: Names) -> list[dict[str, str]]:
    """Rows of the summary list; facts that are not known are left out, flags always shown."""
    found = [{"title": "Чья запись", "value": row.level}]
    for spec in FIELDS[row.dictionary]:
        value = value_of(row, spec.name)
        words = wording(spec, value, dict(names.get(spec.source, {})))
        if words:
            found.append({"title": spec.label, "value": words})
    return found


def history_of(rows: Sequence[EntryVersion]) -> list[dict[str, Any]]:
    """The versions of an entry as events of its card, newest first."""
    former: list[EntryVersion | None] = [*rows[1:], None]
    return [
        {
            "at": row.created_at,
            "text": f"Версия {row.version}. {_change(row, before)}{_because(row)}",
            "who": row.created_by,
        }
        for row, before in zip(rows, former, strict=True)
    ]


def _change(row: EntryVersion, before: EntryVersion | None) -> str:
    if not row.is_active:
        return "Запись больше не применяется"
    if row.attributes.get("status") == "repealed" and (
        before is None or before.attributes.get("status") != "repealed"
    ):
        return "Акт утратил силу"
    if before is None:
        return "Запись внесена"
    if not before.is_active:
        return "Запись снова применяется"
    labels = ["Название"] if row.title != before.title else []
    labels += [
        spec.label
        for spec in FIELDS[row.dictionary]
        if (value_of(row, spec.name) or None) != (value_of(before, spec.name) or None)
    ]
    changed = ", ".join(f"«{label}»" for label in labels)
    return f"Изменено: {changed}" if changed else "Без изменений"


def _because(row: EntryVersion) -> str:
    return f". {row.reason}" if row.reason else ""
