"""Hard rules: who may not be proposed to whom, each with a name and a sentence."""

from dataclasses import dataclass

from nastavnik.matching.engine.problem import FormRule, MenteeSide, MentorSide, Problem


@dataclass(frozen=True)
class Rule:
    """A hard rule: `sentence` says it of one mentor; an optional one can be switched off."""

    code: str
    title: str
    sentence: str
    is_optional: bool = False
    by_default: bool = True


_ALL = (
    Rule("self", "не сам с собой", "это тот же человек"),
    Rule("forbidden", "решение куратора", "вы просили не предлагать"),
    Rule("refused", "добровольность", "один из двоих уже ответил «нет» на эту пару"),
    Rule("not_with", "пожелания", "один из двоих просил не ставить их вместе"),
    Rule("form", "форма и роли", "форма наставничества не соединяет эти категории"),
    Rule("age", "желаемый возраст", "наставник указал другой возраст", is_optional=True),
    Rule("younger", "не из младшего класса", "наставник учится в младшем классе", is_optional=True),
    Rule("slots", "общее время", "у них нет общего свободного времени", is_optional=True),
    Rule(
        "mentee_papers",
        "согласия наставляемого",
        "согласия наставляемого ещё не действуют",
        is_optional=True,
        by_default=False,
    ),
    Rule(
        "mentor_papers",
        "согласия и справки наставника",
        "согласия или справки наставника не действуют",
        is_optional=True,
        by_default=False,
    ),
    Rule("must_wish", "обязательный выбор", "они не выбрали друг друга, а это обязательно"),
    Rule(
        "must_competence",
        "обязательная компетенция",
        "компетенция не отвечает запросу, а это обязательно",
    ),
    Rule("must_text", "обязательное сходство слов", "в словах запроса и компетенции нет общего"),
    Rule("must_time", "обязательное время", "у наставника нет времени, а это обязательно"),
    Rule("must_interests", "обязательный интерес", "нет общих интересов, а это обязательно"),
    Rule("must_age", "обязательный возраст", "возраст не подходит, а это обязательно"),
    Rule("must_experience", "обязательный опыт", "у наставника нет опыта, а это обязательно"),
    Rule("must_training", "обязательное обучение", "наставник не обучен, а это обязательно"),
    Rule("must_success", "обязательный успех", "у наставника нет завершённых пар"),
)
RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
OPTIONAL: dict[str, str] = {rule.code: rule.title for rule in _ALL if rule.is_optional}
PAPERS = frozenset({"mentee_papers", "mentor_papers"})
DEFAULT_CONDITIONS = frozenset(r.code for r in _ALL if r.is_optional and r.by_default)


def form_for(
    forms: tuple[FormRule, ...], mentee: MenteeSide, mentor: MentorSide
) -> FormRule | None:
    """The form that joins these categories; the one that either side asked for comes first."""
    fitting = [f for f in forms if mentor.category in f.mentors and mentee.category in f.mentees]
    asked = [f for f in fitting if f.code in {mentee.form, mentor.form}]
    return next(iter(asked or fitting), None)


def refusal(problem: Problem, mentee: MenteeSide, mentor: MentorSide) -> str:
    """The code of the first rule that forbids the combination, or an empty string.

    A locked combination passes over the optional rules: the curator decided. Conditions on parts of
    the score (`must_…`) are asked by `fit.score`, which knows the parts.
    """
    couple = (mentee.id, mentor.id)
    if mentee.person is not None and mentee.person == mentor.person:
        return "self"
    for code in ("forbidden", "refused", "not_with"):
        if couple in getattr(problem, code):
            return code
    if form_for(problem.forms, mentee, mentor) is None:
        return "form"
    if couple in problem.locked:
        return ""
    return next((code for code in broken_wishes(mentee, mentor) if code in problem.conditions), "")


def broken_wishes(mentee: MenteeSide, mentor: MentorSide) -> list[str]:
    """Optional rules that the combination breaks, in the order of `RULES`."""
    found = []
    if not _age_is_wanted(mentee, mentor):
        found.append("age")
    if mentor.category == "pupil" and mentor.grade and mentee.grade and mentor.grade < mentee.grade:
        found.append("younger")
    if mentee.slots and mentor.slots and not mentee.slots & mentor.slots:
        found.append("slots")
    if not mentee.has_papers:
        found.append("mentee_papers")
    if not mentor.has_papers:
        found.append("mentor_papers")
    return found


def warnings_of(problem: Problem, mentee: int, mentor: int) -> list[str]:
    """What the curator should know of a permitted couple: `relatives`, `subordinates`."""
    couple = (mentee, mentor)
    return [code for code in ("relatives", "subordinates") if couple in getattr(problem, code)]


def _age_is_wanted(mentee: MenteeSide, mentor: MentorSide) -> bool:
    if mentee.age is None:
        return True
    low = mentor.age_from if mentor.age_from is not None else 0
    high = mentor.age_to if mentor.age_to is not None else 200
    return low <= mentee.age <= high
