import pytest

from nastavnik.library.engine.suggest import Suggestion, suggest_competences, suggest_requests
from tests.library.engine.texts import (
    COMPETENCES,
    FRESH_REQUESTS,
    NOTHING,
    PUPIL_REQUESTS,
    TEACHER_REQUESTS,
)

pytestmark = pytest.mark.unit

REGISTRY_REQUESTS = [
    ("низкая мотивация, пропускает уроки", "study", "motivation"),
    ("сложно в новом классе, нет друзей", "adaptation", "adaptation"),
    ("хочет выступать, но стесняется", "communication", "public-speaking"),
    ("не знает, куда поступать после 9 класса", "choice", "career"),
    ("интересуется программированием (Питон)", "self-realisation", "programming"),
    ("готовится к ОГЭ по химии", "study", "chemistry"),
    ("адаптация в общежитии", "adaptation", "adaptation"),
    ("волнуется на сцене", "resilience", "stage"),
    ("сольфеджио", "study", "music-theory"),
    ("подготовка к конкурсу", "talent", "contest"),
    ("проектная деятельность, биология", "meta-skills", "project"),
    ("подготовка к олимпиаде по физике", "talent", "physics"),
    ("английский язык — разговорная практика", "study", "english"),
    ("плохо даётся русский язык, боится диктантов", "study", "russian"),
]


def _best(text: str, audience: str | None) -> tuple[str, str]:
    found = suggest_requests(text, audience=audience)
    return (found[0].code, found[0].topic) if found else ("", "")


@pytest.mark.parametrize(("text", "code", "topic"), REGISTRY_REQUESTS + PUPIL_REQUESTS)
def test_pupil_request_is_recognised(text: str, code: str, topic: str) -> None:
    assert _best(text, "pupil") == (code, topic)


@pytest.mark.parametrize(("text", "code", "topic"), TEACHER_REQUESTS)
def test_teacher_request_is_recognised(text: str, code: str, topic: str) -> None:
    assert _best(text, "teacher") == (code, topic)


@pytest.mark.parametrize(("text", "topics"), COMPETENCES)
def test_competences_are_recognised(text: str, topics: set[str]) -> None:
    assert {found.code for found in suggest_competences(text)} == topics


@pytest.mark.parametrize("text", NOTHING)
def test_text_without_a_request_gives_nothing(text: str) -> None:
    assert (suggest_requests(text), suggest_competences(text)) == ([], [])


def test_fresh_texts_are_mostly_recognised() -> None:
    right = [text for text, code in FRESH_REQUESTS if _best(text, "pupil")[0] == code]

    assert len(right) >= 0.75 * len(FRESH_REQUESTS), set(dict(FRESH_REQUESTS)) - set(right)


def test_suggestion_explains_itself() -> None:
    assert suggest_requests("подтянуть математику") == [
        Suggestion("study", "Учёба", "math", "Математика", 0.7, "подтянуть, математику")
    ]


def test_misprint_is_understood_with_less_certainty() -> None:
    found = suggest_requests("матиматика")

    assert [(s.code, s.topic, s.score) for s in found] == [("study", "math", 0.5)]


def test_work_words_make_the_request_a_teachers_one() -> None:
    found = suggest_requests("молодой специалист, мало уверенности")

    assert {s.code for s in found} == {"teacher-adaptation", "teacher-self-realisation"}


def test_request_word_without_topic_still_suggests_its_code() -> None:
    assert [(s.code, s.topic) for s in suggest_requests("нужен репетитор")] == [("study", "")]


def test_limit_keeps_the_best() -> None:
    found = suggest_requests("физика, химия, биология, история, география", limit=2)

    assert len(found) == 2
