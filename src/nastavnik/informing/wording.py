"""How the two questions sound to a child and to an adult."""

from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import ClassSheet, Side
from nastavnik.library.engine.classifier import PUPIL, TEACHER
from nastavnik.people.queries.codes import Choices, request_choices

NOT_SURE = "Пока не знаю"
# The classifier in the words of a ten-year-old; a code of a territory's own keeps its title.
CHILD_WORDS = {
    "study": "Учёба",
    "choice": "Выбор профессии",
    "self-realisation": "Найти дело по душе",
    "civic": "Добрые дела, волонтёрство",
    "awareness": "Понять, что я умею",
    "values": "Понять, что для меня важно",
    "communication": "Дружба и ссоры",
    "meta-skills": "Планировать и всё успевать",
    "talent": "Развивать талант",
    "resilience": "Меньше волноваться",
    "adaptation": "Освоиться в новом классе",
}
SIDES: dict[str, dict[Side, str]] = {
    Audience.PUPILS: {
        Side.MENTEE: "Хочу, чтобы у меня был наставник",
        Side.MENTOR: "Хочу помогать другим",
    },
    Audience.STAFF: {Side.MENTEE: "Мне нужен наставник", Side.MENTOR: "Могу помогать другим"},
    Audience.PARENTS: {
        Side.MENTEE: "Наставник нужен моему ребёнку",
        Side.MENTOR: "Могу помогать другим",
    },
    Audience.GRADUATES: {Side.MENTOR: "Могу помогать другим"},
}
ASKED = tuple(SIDES)  # the audiences that have a sheet
TITLES: dict[str, str] = {
    Audience.STAFF: "Педагогам",
    Audience.PARENTS: "Родителям",
    Audience.GRADUATES: "Выпускникам",
}


def sheet_title(sheet: ClassSheet) -> str:
    """«5Б класс», «Педагогам»."""
    if not sheet.is_for_children:
        return TITLES[sheet.audience]
    name = sheet.class_name
    return f"{name} класс" if name[:1].isdigit() else name


def side_choices(audience: str) -> list[tuple[str, str]]:
    return [(side.value, words) for side, words in SIDES[audience].items()]


def asked_codes(audience: str) -> Choices:
    """What one may ask for or help with, with the words of the audience."""
    if audience == Audience.STAFF:
        return request_choices(TEACHER)
    codes = request_choices(PUPIL)
    if audience == Audience.PUPILS:
        return [(code, CHILD_WORDS.get(code, title)) for code, title in codes]
    return codes
