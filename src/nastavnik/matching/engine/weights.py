"""What the score is made of: named parts, each weighed 0–10 or made a condition by the curator."""

from collections.abc import Collection, Mapping

MUST = 11
GREATEST = 10
WHOLE = 100

WEIGHT_TITLES: dict[str, str] = {
    "wish": "выбрали друг друга",
    "competence": "компетенция отвечает запросу",
    "text": "слова запроса и компетенции похожи",
    "time": "есть время",
    "interests": "общие интересы",
    "age": "возраст подходит",
    "experience": "опыт в своём деле",
    "training": "наставник обучен",
    "success": "прежние пары завершены успешно",
}
PARTS: tuple[str, ...] = tuple(WEIGHT_TITLES)
DEFAULT_WEIGHTS: dict[str, int] = {
    "wish": 10,
    "competence": 10,
    "text": 2,
    "time": 3,
    "interests": 3,
    "age": 3,
    "experience": 1,
    "training": 2,
    "success": 1,
}
ALWAYS_IN_PLAY = frozenset({"competence", "age"})


def weights_fault(weights: Mapping[str, int]) -> str:
    """Why these weights cannot be used, in a sentence; empty when they can."""
    if set(weights) != set(PARTS):
        return "Укажите вес каждой части."
    if not all(0 <= weight <= MUST for weight in weights.values()):
        return "Вес части — целое число от 0 до 10 или «обязательно»."
    if not any(weights.values()):
        return "Хотя бы одна часть должна что-то весить."
    return ""


def musts_of(weights: Mapping[str, int]) -> tuple[str, ...]:
    """Parts made a condition, in the order of `PARTS`."""
    return tuple(code for code in PARTS if weights.get(code, 0) == MUST)


def points_of(weights: Mapping[str, int], in_play: Collection[str]) -> dict[str, int]:
    """The most that each part in play may give: whole points, 100 together, largest remainder.

    A condition weighs as much as the greatest weight. Parts that nobody has told anything about are
    out of play and leave their points to the others.
    """
    usable = {
        code: min(weights.get(code, 0), GREATEST)
        for code in PARTS
        if code in in_play or weights.get(code, 0) == MUST
    }
    total = sum(usable.values())
    if not total:
        return dict.fromkeys(PARTS, 0)
    shares = {code: divmod(WHOLE * weight, total) for code, weight in usable.items()}
    points = {code: whole for code, (whole, _) in shares.items()}
    by_rest = sorted(shares, key=lambda code: (-shares[code][1], PARTS.index(code)))
    for code in by_rest[: WHOLE - sum(points.values())]:
        points[code] += 1
    return {code: points.get(code, 0) for code in PARTS}
