"""What pages say of the rule that closes a line."""

from nastavnik.roadmaps.evidence import rule_of
from nastavnik.roadmaps.models import ItemState, RoadmapItem

BY_HAND = frozenset({ItemState.DONE_BY_HAND, ItemState.NOT_APPLICABLE})


def rule_words(found: RoadmapItem) -> str:
    """«Документ подписан и действует: Приказ о закреплении пар»"""
    rule = rule_of(found.evidence_kind)
    if rule is None:
        return ""
    said = []
    for parameter in rule.parameters:
        value = found.evidence_parameters.get(parameter.name, parameter.default)
        if parameter.kind == "choice":
            said.append(dict(parameter.choices() if parameter.choices else ()).get(value, ""))
        elif parameter.kind == "percent" or value != 1:
            said.append(f"не меньше {value}{' %' if parameter.kind == 'percent' else ''}")
    return ": ".join([rule.title, *filter(None, [", ".join(filter(None, said))])])


def rule_line(item: RoadmapItem) -> str:
    """How the line closes, in one sentence; why it stays closed when a person closed it."""
    words = rule_words(item)
    if not words:
        return ""
    if item.state in BY_HAND:
        return f"Пункт отметил человек, поэтому условие «{words}» не проверяется, пока его не откроют снова."
    if item.state == ItemState.DONE:
        return (
            f"Закрылся сам: условие «{words}» выполнено. Перестанет выполняться — пункт откроется."
        )
    return f"Закроется сам, когда выполнится условие «{words}»."


def rule_note(item: RoadmapItem) -> str:
    """What a change of the rule will do to the line as it stands."""
    if item.state in BY_HAND:
        return (
            "Пункт отметил человек, и он останется закрытым. Новое условие начнёт действовать, "
            "когда пункт откроют снова."
        )
    if item.state == ItemState.DONE:
        return (
            f"Сейчас пункт закрыт: {item.evidence_words}. После смены условия он останется закрытым, "
            "только если новое тоже выполнено."
        )
    return "Условие проверяется сразу после сохранения и потом при каждом изменении."


def rule_saved(item: RoadmapItem) -> str:
    """What came of saving it."""
    if not item.evidence_kind:
        return "Сохранено. Пункт отмечают вручную."
    if item.state in BY_HAND:
        return "Сохранено. Пункт остаётся отмеченным вручную."
    if item.state == ItemState.DONE:
        return f"Сохранено. Условие уже выполнено, пункт закрыт: {item.evidence_words}."
    return "Сохранено. Пункт закроется сам, когда появится подтверждение."
