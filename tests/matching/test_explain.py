"""Sentences about pairs, other choices, those left over and shortages."""

import pytest

from nastavnik.matching import explain
from nastavnik.matching.engine.fit import Part
from nastavnik.matching.engine.unmatched import Unmatched
from nastavnik.matching.engine.weights import PARTS
from nastavnik.matching.solving import entry_for
from tests.matching.engine_making import mentee, mentor, problem

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def plain(text: str) -> str:
    """With ordinary spaces instead of no-break ones."""
    return text.replace("\xa0", " ")


def test_notes_tell_the_load_and_the_warnings():
    able = mentor(2, places=1, capacity=3)
    case = problem([mentee(1)], [able, mentor(3, capacity=1)], relatives=frozenset({(1, 2)}))
    busy, free = (entry_for(case, 1, pk)[0] for pk in (2, 3))
    assert [plain(note) for note in explain.notes_in_words(busy)] == [
        "у наставника уже занято 2 из 3 мест",
        "возможно, родственники: проверьте",
    ]
    assert explain.notes_in_words(free) == []


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Part("wish", 15, 30, ("mentee:1",)), "наставляемый выбрал первым"),
        (Part("wish", 5, 30, ("mentor:5",)), "наставник выбрал одним из последних"),
        (Part("wish", 0, 30), "друг друга не выбирали"),
        (Part("competence", 0, 40), "компетенции запросу не отвечают"),
        (Part("competence", 24, 40, ("math",)), "компетенция «Математика» близка к запросу"),
        (Part("text", 4, 8, ("алгебра",)), "похожи слова: алгебра"),
        (Part("text", 0, 8), "в словах запроса и компетенции общего нет"),
        (Part("time", 6, 12), "о времени не сказано"),
        (Part("time", 12, 12, ("hours:1.5",)), "времени: 1,5 ч в неделю"),
        (Part("interests", 12, 12, ("кино", "шахматы")), "общие интересы: кино, шахматы"),
        (Part("interests", 0, 12), "общих интересов не названо"),
        (Part("age", 3, 12, ("gap:0",)), "учатся в параллельных классах"),
        (Part("age", 3, 12, ("gap:-1",)), "наставник учится в младшем классе"),
        (Part("age", 12, 12, ("wanted:12",)), "возраст такой, как просил наставник"),
        (Part("age", 6, 12), "о желаемом возрасте не сказано"),
        (Part("age", 0, 12), "наставник просил другой возраст"),
        (Part("experience", 4, 4, ("years:21",)), "стаж наставника: 21 год"),
        (Part("experience", 0, 4, ("years:0",)), "стаж наставника меньше года"),
        (Part("experience", 2, 4), "стаж наставника не указан"),
        (Part("training", 8, 8), "наставник обучен"),
        (Part("training", 0, 8), "наставник ещё не обучен"),
        (Part("success", 4, 4, ("finished:2",)), "довёл до конца 2 пары"),
        (Part("success", 0, 4), "завершённых пар пока нет"),
    ],
)
def test_part_in_words(part, text):
    assert plain(explain.part_in_words(part)["text"]) == text


def test_every_part_has_words_and_a_noun():
    assert set(explain.PART_NOUNS) == set(PARTS)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (Unmatched(1, "no_mentors"), "В базе пока нет наставников."),
        (Unmatched(1, "places"), "Подходящие наставники есть, но места у них заняты."),
        (
            Unmatched(1, "age", (("age", 2), ("younger", 1))),
            """Никто не подходит: наставник указал другой возраст (2 наставника); \
наставник учится в младшем классе (1 наставник).""",
        ),
    ],
)
def test_unmatched_in_words(left, text):
    assert plain(explain.unmatched_in_words(left)) == text


@pytest.mark.parametrize(
    ("topics", "mentees", "places", "sentence", "cure"),
    [
        (
            {"physics": 7},
            7,
            3,
            "Физика: 7 запросов, 3 места у наставников.",
            "Нужны ещё 4 места у наставников с компетенцией «Физика».",
        ),
        (
            {"physics": 2, "math": 3},
            5,
            0,
            "5 запросов («Математика», «Физика»), мест у наставников нет.",
            "Нужны ещё 5 мест у наставников с компетенциями «Математика» или «Физика».",
        ),
        ({}, 2, 1, "2 запроса, 1 место у наставников.", "Нужно ещё 1 место у наставников."),
    ],
)
def test_shortage_in_words_names_topics_and_the_cure(topics, mentees, places, sentence, cure):
    found = explain.shortage_in_words(topics, mentees, places)
    assert (plain(found.sentence), plain(found.cure)) == (sentence, cure)
