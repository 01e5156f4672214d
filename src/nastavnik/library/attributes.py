"""Which facts each dictionary keeps about an entry, and how they read. One table for forms and cards."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["text", "long", "lines", "number", "flag", "date", "choice", "ref", "refs"]

AUDIENCE_OF_FORM = {"pupils": "обучающиеся", "teachers": "педагоги"}
AUDIENCE_OF_REQUEST = {"pupil": "обучающийся", "teacher": "педагог"}
LEVELS = {
    "federal": "федеральный",
    "regional": "региональный",
    "municipal": "муниципальный",
    "local": "акт учреждения",
}
GROUPS = {
    "subject": "учебный предмет",
    "art": "творчество и спорт",
    "skill": "навык",
    "person": "личная трудность",
    "work": "работа педагога",
    "modifier": "цель занятий",
}
ROADMAPS = {"institution": "учреждение", "municipal": "орган управления образованием"}
PERFORMERS = {
    "institution": "учреждения",
    "authority": "орган управления образованием",
    "both": "и учреждения, и орган управления",
}
STATUSES = {"in-force": "Действует", "repealed": "Утратил силу", "expired": "Срок истёк"}
EVIDENCE = {
    "programme": "назван в муниципальной программе 2021 года",
    "published": "подтверждён публикациями об акте",
    "unverified": "сверьте реквизиты по тексту акта",
}


@dataclass(frozen=True)
class FieldSpec:
    """One fact: `source` names the dictionary of a reference, `choices` the words of a code."""

    name: str
    label: str
    kind: Kind = "text"
    source: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    hint: str = ""
    editable: bool = True


def _choice(name: str, label: str, words: dict[str, str], *, required: bool = True) -> FieldSpec:
    return FieldSpec(name, label, "choice", choices=tuple(words.items()), required=required)


_PATTERNS_HINT = "По одному на строке. Звёздочка заменяет окончание, например «математи*»."

FIELDS: dict[str, tuple[FieldSpec, ...]] = {
    "forms": (
        FieldSpec("mentors", "Кто бывает наставником", "refs", "categories", required=True),
        FieldSpec("mentees", "Кто бывает наставляемым", "refs", "categories", required=True),
        _choice("audience", "Кому помогают", AUDIENCE_OF_FORM),
        FieldSpec("labour", "Наставничество по статье 351.8 Трудового кодекса", "flag"),
        FieldSpec("synonyms", "Как ещё пишут", "lines", hint="По одному на строке."),
    ),
    "role_models": (
        FieldSpec("parent", "Форма наставничества", "ref", "forms", required=True),
        FieldSpec("answers", "Для каких запросов", "refs", "requests"),
    ),
    "kinds": (
        FieldSpec("rule", "Правило", "long", required=True),
        FieldSpec("phrase", "Как пишется в приказе"),
        FieldSpec("min_mentees", "Наставляемых не меньше", "number"),
        FieldSpec("max_mentees", "Наставляемых не больше", "number"),
        FieldSpec("needs_programme", "Нужна персонализированная программа", "flag"),
        FieldSpec("needs_term", "Нужен срок", "flag"),
        FieldSpec("single_meeting", "Одна встреча", "flag"),
        FieldSpec("online_only", "Встречи только по сети", "flag"),
        FieldSpec("goals_with_dates", "Между встречами цели со сроками", "flag"),
        FieldSpec("on_demand", "По запросу, без графика", "flag"),
        FieldSpec("warn_reverse", "Предупреждать, если наставник старше", "flag"),
        FieldSpec("across_organisations", "Участники могут быть из разных учреждений", "flag"),
    ),
    "requests": (
        FieldSpec("description", "Что за этим стоит", "long"),
        _choice("audience", "Чей запрос", AUDIENCE_OF_REQUEST),
        FieldSpec("competences", "Какие темы на него отвечают", "refs", "topics"),
        FieldSpec("patterns", "Слова, по которым узнаётся", "lines", hint=_PATTERNS_HINT),
    ),
    "topics": (
        _choice("group", "Что это", GROUPS),
        FieldSpec("request", "Обычный запрос", "ref", "requests", required=True),
        FieldSpec("patterns", "Слова, по которым узнаётся", "lines", hint=_PATTERNS_HINT),
        FieldSpec("weak", "Слова, которые только намекают", "lines", hint=_PATTERNS_HINT),
        FieldSpec("related", "Близкие темы", "refs", "topics"),
    ),
    "categories": (
        FieldSpec("plural", "Во множественном числе"),
        FieldSpec("staff", "Работник учреждения", "flag"),
        FieldSpec("max_experience_years", "Стаж не больше, лет", "number"),
    ),
    "acts": (
        FieldSpec("kind", "Вид акта", required=True, hint="Например, приказ или распоряжение."),
        FieldSpec("number", "Номер"),
        FieldSpec("date", "Дата", "date"),
        _choice("level", "Уровень", LEVELS),
        FieldSpec("place", "Территория"),
        FieldSpec(
            "citation",
            "Как пишется после слов «в соответствии с»",
            "long",
            required=True,
            hint="Например: «приказом директора школы от 01.09.2026 № 15».",
        ),
        FieldSpec("valid_from", "Действует с", "date"),
        FieldSpec("valid_to", "Действует по", "date"),
        FieldSpec("note", "Примечание", "long"),
        FieldSpec(
            "evidence",
            "Откуда сведения",
            "choice",
            choices=tuple(EVIDENCE.items()),
            editable=False,
        ),
        FieldSpec("programme_item", "Номер в программе 2021 года", "number", editable=False),
        FieldSpec("replaced_by", "Действует вместо него", "ref", "acts", editable=False),
    ),
    "materials": (
        FieldSpec("authors", "Авторы"),
        FieldSpec("publication", "Где издано", "long"),
        FieldSpec("year", "Год", "number"),
        FieldSpec("type", "Вид материала", hint="Например, статья или пособие."),
    ),
    "stages": (_choice("parent", "Модель", {"pupils": "обучающиеся", "teachers": "педагоги"}),),
    "folders": (FieldSpec("restricted", "Доступ ограничен", "flag"),),
    "roadmap_templates": (
        _choice("kind", "Чья дорожная карта", ROADMAPS),
        FieldSpec("description", "Кому подходит", "long"),
    ),
    "roadmap_lines": (
        FieldSpec("parent", "Шаблон", "ref", "roadmap_templates", required=True),
        FieldSpec("number", "Номер пункта", required=True, hint="Например, 12 или 3.1."),
        FieldSpec("section", "Раздел"),
        FieldSpec("is_group", "Это заголовок раздела, а не мероприятие", "flag"),
        FieldSpec(
            "deadline",
            "Срок",
            hint="Без года: «до 30 сентября», «сентябрь», «ежемесячно 25 числа», «постоянно».",
        ),
        FieldSpec("responsible", "Ответственные", "lines", hint="По одному на строке."),
        FieldSpec("result", "Результат", "long"),
        FieldSpec(
            "evidence",
            "Чем закрывается",
            "choice",
            "evidence",
            hint="Пункт закроется сам. Без выбора его закрывает куратор и пишет, чем подтверждено.",
        ),
        FieldSpec(
            "at_least",
            "Сколько нужно",
            "number",
            hint="Для реестров и пар – сколько записей, для согласий – сколько процентов.",
        ),
        FieldSpec("mandatory", "Обязательный пункт", "flag"),
        _choice("performer", "Кто выполняет пункт муниципальной карты", PERFORMERS, required=False),
    ),
}


def wording(spec: FieldSpec, value: Any, names: dict[str, str]) -> str:
    """A stored value in words; `names` gives the titles of referred entries by code."""
    if value in (None, "", []):
        return ""
    if spec.kind == "flag":
        return "да" if value else "нет"
    if spec.kind == "date":
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return f"{day:%d.%m.%Y}"
    if spec.kind in {"refs", "lines"}:
        return ", ".join(names.get(code, code) for code in value)
    return {**names, **dict(spec.choices)}.get(str(value), str(value))
