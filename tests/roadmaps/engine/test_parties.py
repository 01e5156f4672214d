"""Words of those responsible are matched to roles; strangers stay as they are written."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.engine.parties import ROLE_WORDS, Party, party_of, role_of


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Директор", "head"),
        ("заведующий ДОУ", "head"),
        ("Руководители ОУ", "head"),
        ("Зам. директора по УВР", "responsible"),
        ("заместитель директора", "responsible"),
        ("Куратор внедрения", "curator"),
        ("кураторы наставничества", "curator"),
        ("Классные руководители", "third_party"),
        ("Кл. руководители 8–11 классов", "third_party"),
        ("Методист центра наставничества", "centre"),
        ("Методист", ""),
        ("Клaccные руководители", "third_party"),  # with Latin letters
        ("начальник УМО", ""),
        ("Начальник управления образования", "head"),
        ("ДО администрации города", ""),
        ("Администрация", "head"),
        ("руководитель творческой группы", ""),
        ("педагог-психолог", "third_party"),
        ("Муниципальный координатор", "coordinator"),
        ("наставники", "mentor"),
        ("наставляемые", "mentee"),
        ("родители обучающихся", "parent"),
        ("методическое объединение", "council"),
        ("ЦГБ", ""),
        ("", ""),
    ],
)
def test_role_is_read(words, role) -> None:
    assert role_of(words) == role


def test_every_role_has_words() -> None:
    assert set(ROLE_WORDS) == {role.value for role in Role}


def test_person_is_added_only_for_a_known_role() -> None:
    assert party_of("Куратор", {"curator": 7}) == Party("Куратор", "curator", 7)
    assert party_of("curator", {"curator": 7}) == Party("Куратор", "curator", 7)
    assert party_of("ЦГБ", {"curator": 7}) == Party("ЦГБ")
