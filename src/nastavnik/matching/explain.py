"""The proposal in words: every pair, every mentee left over, every other choice."""

from typing import Any

from nastavnik.library.engine.seed import seed
from nastavnik.matching.engine.fit import Fit, Part
from nastavnik.matching.engine.problem import WEIGHT_TITLES
from nastavnik.matching.engine.propose import Unmatched
from nastavnik.shared.typography import plural

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
    fact = part.facts[0] if part.facts else ""
    match part.code:
        case "competence" if fact:
            return f"{_topic(fact)}: отвечает запросу"
        case "competence":
            return "компетенции запросу не отвечают"
        case "age" if fact.startswith("gap:"):
            return _gap(int(fact.removeprefix("gap:")))
        case "age" if fact.startswith("wanted:"):
            return "возраст такой, как просил наставник"
        case "age":
            return "о желаемом возрасте не сказано"
        case "interests" if part.facts:
            return f"общий интерес: {', '.join(part.facts)}"
        case "interests":
            return "общих интересов не названо"
        case "time" if fact:
            return f"времени: {fact.removeprefix('hours:').replace('.', ',')} ч в неделю"
        case "time":
            return "о времени не сказано"
        case "training" if part.points:
            return "наставник обучен"
        case "training":
            return "наставник ещё не обучен"
        case _:
            return WEIGHT_TITLES.get(part.code, part.code)


def _gap(classes: int) -> str:
    if classes == 0:
        return "учатся в параллельных классах"
    return f"наставник старше на {classes} {plural(classes, 'класс', 'класса', 'классов')}"


def _topic(code: str) -> str:
    return str(next((e["title"] for e in seed("topics") if e["code"] == code), code))


def fit_in_words(fit: Fit) -> list[dict[str, Any]]:
    return [part_in_words(part) for part in fit.parts]


def unmatched_in_words(left: Unmatched) -> str:
    """Why a mentee was offered nobody."""
    if left.reason == "no_mentors":
        return "В базе пока нет наставников."
    if left.reason == "places":
        return "Подходящие наставники есть, но места у них заняты."
    rule, number = left.rules[0]
    many = plural(number, "наставник", "наставника", "наставников")
    return f"Никто не подходит: {RULES[rule]} ({number} {many})."
