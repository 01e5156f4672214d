"""What a person changed in the check, laid over what was recognised."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nastavnik.roadmaps.engine.deadlines import Period, parse

from .alphabets import mended
from .checklists import split_list
from .model import Problem, Recognised, RecognisedItem
from .responsible import parties

Answers = Mapping[int, Mapping[str, Any]]
TEXTS = ("number", "text", "deadline_text", "responsible", "result")


def corrected(
    item: RecognisedItem, answer: Mapping[str, Any], period: Period | None
) -> RecognisedItem:
    """One line with its texts changed, its list as a checklist, its proof chosen.

    A changed deadline is read again; everything else stays as it was recognised.
    """
    plain = {name: answer[name] for name in ("number", "text", "result") if name in answer}
    item = replace(item, **plain)
    if "responsible" in answer:
        item = replace(item, responsible=parties(answer["responsible"]))
    if "deadline_text" in answer and answer["deadline_text"] != item.deadline_text:
        text = answer["deadline_text"]
        item = replace(item, deadline_text=text, deadlines=parse(mended(text), period))
    if "is_group" in answer:
        item = replace(item, is_group=bool(answer["is_group"]))
    return item


def with_checklist(item: RecognisedItem, *, taken: bool) -> RecognisedItem:
    """The list of the cell apart from its text, or the text whole."""
    before, entries = split_list(item.text)
    if not taken or not entries or not before:
        return replace(item, checklist=())
    return replace(item, text=before, checklist=entries)


def doubts_left(
    found: Recognised, items: Mapping[int, RecognisedItem], answers: Answers
) -> list[Problem]:
    """Doubts nobody has answered: of lines not looked at, and of deadlines still unclear."""
    left = []
    for problem in found.problems:
        answer = answers.get(problem.row, {})
        if answer.get("skip") or not _stands(problem, items.get(problem.row)):
            continue
        if not answer.get("seen") or problem.code == "deadline_unknown":
            left.append(problem)
    return left


def _stands(problem: Problem, item: RecognisedItem | None) -> bool:
    """Whether the line, as it was changed, still gives the reason for the doubt."""
    if item is None:
        return True
    if problem.word:
        return any(_whole(problem.word).search(text) for text in _texts(item).values())
    if problem.code == "deadline_unknown":
        return any(deadline.kind == "unknown" for deadline in item.deadlines)
    if problem.code == "deadline_question":
        return any(deadline.question == problem.message for deadline in item.deadlines)
    return True


def accepted(item: RecognisedItem, wrong: str, right: str) -> dict[str, str]:
    """Texts of a line with a suggestion taken: the word replaced wherever it stands."""
    word = _whole(wrong)
    texts = _texts(item)
    return {
        name: word.sub(lambda _: right, text) for name, text in texts.items() if word.search(text)
    }


def _whole(word: str) -> re.Pattern[str]:
    """The word between signs that are no letters: a lone «o» is not the «o» of another word."""
    return re.compile(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])")


def _texts(item: RecognisedItem) -> dict[str, str]:
    return {
        "number": item.number,
        "text": item.text,
        "deadline_text": item.deadline_text,
        "responsible": "\n".join(item.responsible),
        "result": item.result,
    }
