"""What may be wrong with a template, told so that a secretary can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark; `message` is Russian and names the field or the place."""

    level: Level
    code: str
    message: str


class TemplateRefused(ValueError):
    """The file cannot serve as a template or as a document; carries every known reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class RenderFailed(ValueError):
    """The template is sound but these data cannot be laid into it; the message is Russian."""


def refuse(code: str, message: str) -> TemplateRefused:
    return TemplateRefused([Problem(Level.ERROR, code, message)])
