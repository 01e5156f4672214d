"""The proposal in words: every pair, every mentee left over, every other choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.library.queries import title_of
from nastavnik.matching.engine.eligibility import RULES as HARD_RULES
from nastavnik.matching.engine.fit import Fit, Part
from nastavnik.matching.engine.unmatched import Unmatched
from nastavnik.matching.engine.weights import WEIGHT_TITLES
from nastavnik.shared.typography import counted, plural

PART_NOUNS = {
    "wish": "выбор друг друга",
    "competence": "компетенция",
    "text": "сходство слов",
    "time": "время",
    "interests": "интересы",
    "age": "возраст",
    "experience": "опыт",
    "training": "обучение",
    "success": "прежние пары",
}
RULES = {code: rule.sentence for code, rule in HARD_RULES.items()}
NOT_WITH_UNTOLD = "эту пару исключил куратор"
WARNINGS = {
    "relatives": "возможно, родственники: проверьте",
    "subordinates": "наставник руководит наставляемым по работе",
}
CHOICES = {"1": "первым", "2": "вторым", "3": "третьим"}
DAYS = (
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
)
YEARS = ("год", "года", "лет")
TOPICS_TOLD = 3
MENTORS = ("наставник", "наставника", "наставников")


def part_in_words(part: Part) -> dict[str, Any]:
    """{code, points, most, text} of one part; parts of zero points say what is not known."""
    return {"code": part.code, "points": part.points, "most": part.most, "text": _text(part)}


def fit_in_words(fit: Fit) -> list[dict[str, Any]]:
    return [part_in_words(part) for part in fit.parts]


def parts_in_words(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same of parts as a run stores them."""
    return [part_in_words(Part(**{**part, "facts": tuple(part["facts"])})) for part in parts]


def rule_in_words(code: str, *, tells_wishes: bool) -> str:
    """The sentence of a hard rule; who asked not to be put together is told to the curator only."""
    return RULES[code] if tells_wishes or code != "not_with" else NOT_WITH_UNTOLD


def notes_in_words(entry: Mapping[str, Any]) -> list[str]:
    """What else the curator should know of a proposal: the mentor's load, kinship, posts.

    Runs stored before these facts were kept say nothing.
    """
    found = []
    if entry.get("busy"):
        places = counted(entry["capacity"], "места", "мест", "мест")
        found.append(f"у наставника уже занято {entry['busy']} из {places}")
    return found + [WARNINGS[code] for code in entry.get("warnings", ())]


def _text(part: Part) -> str:
    describe = _DESCRIBE.get(part.code)
    return describe(part) if describe else WEIGHT_TITLES.get(part.code, part.code)


def _wish(part: Part) -> str:
    ranks = dict(fact.split(":") for fact in part.facts)
    if len(ranks) == 2:
        return "взаимный выбор"
    if "mentee" in ranks:
        return f"наставляемый выбрал {CHOICES.get(ranks['mentee'], 'одним из последних')}"
    if "mentor" in ranks:
        return f"наставник выбрал {CHOICES.get(ranks['mentor'], 'одним из последних')}"
    return "друг друга не выбирали"


def _competence(part: Part) -> str:
    if not part.facts:
        return "компетенции запросу не отвечают"
    title = title_of("topics", part.facts[0])
    if part.points * 10 >= part.most * 9:
        return f"компетенция «{title}» отвечает запросу"
    return f"компетенция «{title}» близка к запросу"


def _words(part: Part) -> str:
    if not part.points:
        return "в словах запроса и компетенции общего нет"
    return f"похожи слова: {', '.join(part.facts[:3])}" if part.facts else "слова похожи"


def _age(part: Part) -> str:
    fact = part.facts[0] if part.facts else ""
    if fact.startswith("gap:"):
        return _gap(int(fact.removeprefix("gap:")))
    if fact:
        return "возраст такой, как просил наставник"
    return "о желаемом возрасте не сказано" if part.points else "наставник просил другой возраст"


def _interests(part: Part) -> str:
    if not part.facts:
        return "общих интересов не названо"
    what = plural(len(part.facts), "общий интерес", "общие интересы", "общие интересы")
    return f"{what}: {', '.join(part.facts)}"


def _time(part: Part) -> str:
    fact = part.facts[0] if part.facts else ""
    if fact.startswith("slot:"):
        return f"оба свободны {slot_in_words(fact.removeprefix('slot:'))}"
    if not fact:
        return "о времени не сказано"
    hours = fact.removeprefix("hours:").replace(".", ",")
    return f"времени: {hours} ч в неделю"


def slot_in_words(slot: str) -> str:
    """«в среду в 15:00» of "2-15"."""
    day, hour = slot.split("-")
    return f"{DAYS[int(day)]} в {int(hour)}:00"


def _experience(part: Part) -> str:
    if not part.facts:
        return "стаж наставника не указан"
    years = int(part.facts[0].removeprefix("years:"))
    return f"стаж наставника: {counted(years, *YEARS)}" if years else "стаж наставника меньше года"


def _training(part: Part) -> str:
    return "наставник обучен" if part.points else "наставник ещё не обучен"


def _success(part: Part) -> str:
    if not part.facts:
        return "завершённых пар пока нет"
    number = int(part.facts[0].removeprefix("finished:"))
    return f"довёл до конца {counted(number, 'пару', 'пары', 'пар')}"


_DESCRIBE = {
    "wish": _wish,
    "competence": _competence,
    "text": _words,
    "time": _time,
    "interests": _interests,
    "age": _age,
    "experience": _experience,
    "training": _training,
    "success": _success,
}


def _gap(classes: int) -> str:
    if classes == 0:
        return "учатся в параллельных классах"
    if classes < 0:
        return "наставник учится в младшем классе"
    return f"наставник старше на {counted(classes, 'класс', 'класса', 'классов')}"


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


@dataclass(frozen=True)
class ShortageWords:
    """A shortage and its cure, a sentence each."""

    sentence: str
    cure: str


def shortage_in_words(topics: Mapping[str, int], mentees: int, places: int) -> ShortageWords:
    """«Физика: 7 запросов, 3 места у наставников» and how many more places would do.

    `topics` counts the requests of the `mentees` of the set, whose mentors have `places` together.
    """
    leading = sorted(topics.items(), key=lambda item: (-item[1], item[0]))[:TOPICS_TOLD]
    names = [f"«{title_of('topics', code)}»" for code, _ in leading]
    asked = counted(mentees, "запрос", "запроса", "запросов")
    head = f"{title_of('topics', leading[0][0])}: " if len(topics) == 1 else ""
    what = f" ({', '.join(names)})" if len(topics) > 1 else ""
    there = (
        f"{counted(places, 'место', 'места', 'мест')} у наставников"
        if places
        else "мест у наставников нет"
    )
    lacking = mentees - places
    more = f"{plural(lacking, 'Нужно', 'Нужны', 'Нужны')} ещё {counted(lacking, 'место', 'места', 'мест')}"
    kind = plural(len(names), "компетенцией", "компетенциями", "компетенциями")
    whose = f" у наставников с {kind} {' или '.join(names)}" if names else " у наставников"
    return ShortageWords(f"{head}{asked}{what}, {there}.", f"{more}{whose}.")


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"


def unmatched_in_words(left: Unmatched) -> str:
    """Why a mentee was offered nobody."""
    if left.reason == "no_mentors":
        return "В базе пока нет наставников."
    if left.reason == "least":
        return "Место есть только в группах, которые не набрались."
    if left.reason == "places":
        return "Подходящие наставники есть, но места у них заняты."
    rules = [f"{RULES[rule]} ({counted(number, *MENTORS)})" for rule, number in left.rules]
    return f"Никто не подходит: {'; '.join(rules)}."


def left_in_words(left: Mapping[str, Any], *, tells_wishes: bool) -> str:
    """The same of a mentee as a run stores her."""
    rules = tuple((rule, number) for rule, number in left["rules"])
    words = unmatched_in_words(Unmatched(left["mentee"], left["reason"], rules))
    return words if tells_wishes else words.replace(RULES["not_with"], NOT_WITH_UNTOLD)


def shortages_in_words(certificates: Sequence[Mapping[str, Any]]) -> list[ShortageWords]:
    """The named sets of a stored run, each with its cure."""
    return [
        shortage_in_words(one["topics"], len(one["mentees"]), one["places"]) for one in certificates
    ]
