"""The figures of docs/adr/0009 still hold, and the words behind a likeness are words of content."""

import pytest
from bench.texts import Quality, figures, rows

from nastavnik.library.engine.words import content_lemmas

pytestmark = pytest.mark.unit


def test_labelled_set_has_both_answers_for_every_request():
    labels: dict[str, set[str]] = {}
    for row in rows():
        labels.setdefault(row["request"], set()).add(row["label"])
    assert len(rows()) >= 150
    assert all(found == {"0", "1"} for found in labels.values())


def test_lemmas_beside_codes_tell_answers_as_the_record_says():
    found = figures()
    assert found["codes"] == Quality(auc=0.823, auc_plain=0.853, top_1=0.818, accuracy=0.836)
    assert found["codes and lemmas"] == Quality(
        auc=0.821, auc_plain=0.888, top_1=0.868, accuracy=0.844
    )


def test_names_numbers_and_words_of_any_help_are_left_out():
    assert content_lemmas("Помогаю Пете с алгеброй за 5 класс и ОГЭ") == ("алгебра", "огэ")
