"""The recognised roadmap for programs: the stable shape of `nastavnik roadmap parse --json`."""

from typing import Any

from nastavnik.roadmaps.engine.deadlines import Deadline, as_dict

from .model import Fragment, Goal, Problem, Recognised, RecognisedItem

KEPT_INSIDE = frozenset({"days", "source_words"})
"""What a line keeps of a deadline and the command does not tell."""


def as_json(found: Recognised) -> dict[str, Any]:
    """{"title", "period", "items", "problems"}; what is left over stands among the problems."""
    period = found.period
    return {
        "title": found.title,
        "period": {
            "start": period.start.isoformat() if period else None,
            "end": period.end.isoformat() if period else None,
        },
        "items": [_item(item) for item in found.items],
        "problems": [_problem(problem) for problem in found.problems],
    }


def around_json(found: Recognised) -> dict[str, Any]:
    """Goals, stamps and leftovers: the rest of the document, nothing of it lost."""
    return {
        "goals": [_goal(goal) for goal in found.goals],
        "stamps": [{"kind": stamp.kind, "text": stamp.text} for stamp in found.stamps],
        "leftovers": [_fragment(piece) for piece in found.leftovers],
        "dropped": [_fragment(piece) for piece in found.dropped],
    }


def _item(item: RecognisedItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "section": item.section,
        "is_group": item.is_group,
        "text": item.text,
        "responsible": list(item.responsible),
        "deadline_text": item.deadline_text,
        "deadlines": [deadline_json(deadline) for deadline in item.deadlines],
        "result": item.result,
    }


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """One deadline: its kind, its days, its recurrence; event and question when there are."""
    return {name: value for name, value in as_dict(deadline).items() if name not in KEPT_INSIDE}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "place": problem.place,
        "row": problem.row,
        "code": problem.code,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def _fragment(piece: Fragment) -> dict[str, Any]:
    return {"place": piece.place, "text": piece.text, "reason": piece.reason, "row": piece.row}


def _goal(goal: Goal) -> dict[str, Any]:
    due = goal.due.isoformat() if goal.due else None
    return {"text": goal.text, "value": goal.value, "due": due, "question": goal.question}
