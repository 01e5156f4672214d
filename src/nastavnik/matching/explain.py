"""The proposal in words: every pair, every mentee left over, every other choice."""

from collections.abc import Mapping, Sequence
from typing import Any

from nastavnik.library.queries import title_of
from nastavnik.matching.engine.fit import Fit, Part
from nastavnik.matching.engine.problem import WEIGHT_TITLES
from nastavnik.matching.engine.propose import Unmatched
from nastavnik.shared.typography import plural

PART_NOUNS = {
    "competence": "компетенция",
    "age": "возраст",
    "interests": "интересы",
    "time": "время",
    "training": "обучение",
}
RULES = {
    "self": "это тот же человек",
    "forbidden": "вы просили не предлагать",
    "form": "форма наставничества не соединяет эти категории",
    "age": "наставник указал другой возраст",
    "younger": "наставник учится в младшем классе",
}


def part_in_words(part: Part) -> dict[str, Any]:
    """{code, points, text} of one part of the score; parts of zero points say what is not known."""
    return {"code": part.code, "points": part.points, "most": part.most, "text": _text(part)}


def _text(part: Part) -> str:
    describe = _DESCRIBE.get(part.code)
    return describe(part) if describe else WEIGHT_TITLES.get(part.code, part.code)


def _competence(part: Part) -> str:
    if not part.facts:
        return "компетенции запросу не отвечают"
    return f"{title_of('topics', part.facts[0])}: отвечает запросу"


def _age(part: Part) -> str:
    fact = part.facts[0] if part.facts else ""
    if fact.startswith("gap:"):
        return _gap(int(fact.removeprefix("gap:")))
    return "возраст такой, как просил наставник" if fact else "о желаемом возрасте не сказано"


def _interests(part: Part) -> str:
    if not part.facts:
        return "общих интересов не названо"
    return f"общий интерес: {', '.join(part.facts)}"


def _time(part: Part) -> str:
    if not part.facts:
        return "о времени не сказано"
    hours = part.facts[0].removeprefix("hours:").replace(".", ",")
    return f"времени: {hours} ч в неделю"


def _training(part: Part) -> str:
    return "наставник обучен" if part.points else "наставник ещё не обучен"


_DESCRIBE = {
    "competence": _competence,
    "age": _age,
    "interests": _interests,
    "time": _time,
    "training": _training,
}


def _gap(classes: int) -> str:
    if classes == 0:
        return "учатся в параллельных классах"
    return f"наставник старше на {classes} {plural(classes, 'класс', 'класса', 'классов')}"


def fit_in_words(fit: Fit) -> list[dict[str, Any]]:
    return [part_in_words(part) for part in fit.parts]


def comparison_in_words(
    chosen: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]
) -> str:
    """Why not the other one: «компетенция −25, возраст +4», parts that differ, greatest first."""
    points = {part["code"]: part["points"] for part in chosen}
    differences = [
        (part["points"] - points.get(part["code"], 0), PART_NOUNS.get(part["code"], part["code"]))
        for part in other
    ]
    told = sorted((d for d in differences if d[0]), key=lambda d: (-abs(d[0]), d[1]))
    return ", ".join(f"{noun} {_signed(points)}" for points, noun in told)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"


def unmatched_in_words(left: Unmatched) -> str:
    """Why a mentee was offered nobody."""
    if left.reason == "no_mentors":
        return "В базе пока нет наставников."
    if left.reason == "places":
        return "Подходящие наставники есть, но места у них заняты."
    rule, number = left.rules[0]
    many = plural(number, "наставник", "наставника", "наставников")
    return f"Никто не подходит: {RULES[rule]} ({number} {many})."
