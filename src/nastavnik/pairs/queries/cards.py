"""What the card of a pair shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.audit.queries import history_of
from nastavnik.documents.models import DocumentState
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.models import (
    HOLDING_STATES,
    Pair,
    PairAnswer,
    PairState,
    ProgrammeState,
)
from nastavnik.pairs.rules import Blocker, blockers, is_staff_pair, warnings
from nastavnik.people.models import Person

ACTION_WORDS = {
    "pairs.make": "Пара составлена",
    "pairs.move": "Состояние",
    "pairs.answer": "Ответ участника",
    "pairs.addendum": "Указано дополнительное соглашение",
    "pairs.lock": "Закреплена куратором",
    "pairs.unlock": "Больше не закреплена",
    "pairs.add": "В группу добавлен участник",
    "pairs.take_back": "Отменено принятие участников в группу",
    "pairs.leave": "Участник вышел из группы",
    "pairs.newcomer": "В группу приглашён участник",
    "pairs.newcomer_withdrawn": "Приглашение в группу снято",
    "pairs.change_undone": "Прежний состав восстановлен",
    "pairs.replace": "Предложен другой наставник",
    "pairs.convert": "Группа преобразована в пару",
}


@dataclass(frozen=True)
class Dot:
    """One sign of the passport. `state`: ok, wait, bad or idle; `words` say it without colour."""

    title: str
    state: str
    words: str


@dataclass(frozen=True)
class AnswerRow:
    """One participant and the answer, if any."""

    person: Person
    role: str
    answer: PairAnswer | None

    @property
    def tag(self) -> tuple[str, str]:
        if self.answer is None or self.answer.is_yes is None:
            return "ждём ответа", "wait"
        return ("да", "ok") if self.answer.is_yes else ("нет", "bad")


def passport(facts: PairFacts, found: Sequence[Blocker]) -> list[Dot]:
    """Papers, answers, programme and order of a pair at a glance."""
    lacking = {blocker.code for blocker in found}
    dots = [
        _dot("согласия", "consent" in lacking, "есть", "не все"),
        _dot("справки", "certificate" in lacking, "есть или не нужны", "нет"),
        _dot("ответы «да»", "answer" in lacking, "есть", "не все"),
    ]
    if is_staff_pair(facts):
        dots.append(_dot("доп. соглашение", "addendum" in lacking, "указано", "нет"))
    return [*dots, _programme_dot(facts.pair), _order_dot(facts.pair)]


def _dot(title: str, is_lacking: bool, there: str, lacks: str) -> Dot:  # noqa: FBT001 -- private
    return Dot(title, "wait" if is_lacking else "ok", lacks if is_lacking else there)


def _programme_dot(pair: Pair) -> Dot:
    programme = pair.programme
    if programme is None:
        return Dot("программа", "idle", "не выбрана")
    approved = programme.state in {ProgrammeState.APPROVED, ProgrammeState.FINISHED}
    return Dot("программа", "ok" if approved else "wait", programme.get_state_display())


def _order_dot(pair: Pair) -> Dot:
    if pair.foreign_order:
        return Dot("приказ", "ok", pair.foreign_order)
    if pair.order is None:
        return Dot("приказ", "idle", "ещё нет")
    in_force = pair.order.state in {DocumentState.IN_FORCE, DocumentState.AMENDED}
    return Dot("приказ", "ok" if in_force else "wait", "действует" if in_force else "на подписи")


def answer_rows(facts: PairFacts) -> list[AnswerRow]:
    roles = ["наставник", *("наставляемый" for _ in facts.mentees)]
    return [
        AnswerRow(person, role, facts.answers.get(person.pk))
        for person, role in zip(facts.people, roles, strict=True)
    ]


def obstacles_of(facts: PairFacts, on: date) -> list[Blocker]:
    """Blockers of a pair that may still become active, on its first day."""
    pair = facts.pair
    if pair.state in HOLDING_STATES or pair.starts_on is None:
        return blockers(facts, on)
    return blockers(facts, max(on, pair.starts_on))


def notes_of(facts: PairFacts) -> list[str]:
    return warnings(facts, kind_rules(facts.pair.kinds))


def history(pair: Pair) -> list[dict[str, Any]]:
    return [
        {"at": event.at, "text": _event_words(event), "who": event.actor_label}
        for event in history_of(pair)
    ]


def _event_words(event: Any) -> str:
    states = dict(PairState.choices)
    words = ACTION_WORDS.get(event.action, "Изменение")
    after = states.get(event.to_state, event.to_state)
    if after and event.action != "pairs.make":
        words = f"{words}: {after}"
    return f"{words} ({event.reason})" if event.reason else words


def reason_of_replacement(old: Pair) -> str:
    """Why another mentor was proposed, as the curator wrote it last."""
    events = (event for event in history_of(old) if event.action == "pairs.replace")
    return next((str(event.reason) for event in events), "")
