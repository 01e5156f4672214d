"""Every room words every refusal of the shared guards."""

import pytest

from nastavnik.files.named import read_file
from nastavnik.files.refusals import FileRefused
from nastavnik.people.engine.sheets.refusals import MESSAGES as REGISTRY
from nastavnik.people.engine.sheets.refusals import refuse as refuse_registry
from nastavnik.roadmaps.engine.tables.refusals import MESSAGES as ROADMAP
from nastavnik.roadmaps.engine.tables.refusals import refuse as refuse_roadmap

pytestmark = pytest.mark.unit
SHARED = {"empty", "too_big", "bomb", "damaged", "password", "paths", "entities", "timeout"} | {
    "not_found",
    "pdf",
    "image",
    "archive",
    "unknown",
}


@pytest.mark.parametrize("messages", [REGISTRY, ROADMAP])
def test_a_room_has_words_for_what_the_shared_guards_refuse(messages):
    assert SHARED - set(messages) == set()


@pytest.mark.parametrize("messages", [REGISTRY, ROADMAP])
def test_a_refusal_is_a_sentence_without_its_full_stop(messages):
    wrong = [text for text in messages.values() if not "А" <= text[0] <= "Я" or text[-1] == "."]

    assert wrong == []


def test_the_same_fault_gets_the_advice_of_the_room():
    registry, roadmap = refuse_registry("bomb"), refuse_roadmap("bomb", "a.xml")

    assert (registry.message, registry.place, roadmap.message, roadmap.place) == (
        "Файл при распаковке становится слишком большим. Сохраните реестр в новую книгу Excel и загрузите её",
        "",
        "Файл при распаковке становится слишком большим. Сохраните его заново в Word или Excel и загрузите снова",
        "a.xml",
    )


@pytest.mark.parametrize(("most", "expected"), [(2, "too_big"), (3, b"abc")])
def test_a_file_is_read_up_to_its_limit(tmp_path, most, expected):
    path = tmp_path / "a"
    path.write_bytes(b"abc")

    try:
        found = read_file(path, most, refuse_registry)
    except FileRefused as refused:
        found = refused.code

    assert found == expected


@pytest.mark.parametrize("name", ["nothing", "a\x00b"])
def test_what_is_no_file_is_not_found(tmp_path, name):
    with pytest.raises(FileRefused) as refused:
        read_file(tmp_path / name, 9, refuse_registry)

    assert refused.value.code == "not_found"
