"""XML that was made to harm is refused; the rest keeps its text."""

import pytest

from nastavnik.files.markup import parse
from nastavnik.files.refusals import FileRefused, Refusals

pytestmark = pytest.mark.unit
refuse = Refusals({"damaged": "damaged", "entities": "entities"})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<a>", "damaged"),
        (b"", "damaged"),
        (b"<a>" * 5000 + b"</a>" * 5000, "damaged"),
        (b"<!DOCTYPE a><a/>", "entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', "entities"),
        (b"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", "entities"),
    ],
)
def test_harmful_markup_is_refused_with_its_place(data, expected):
    with pytest.raises(FileRefused) as refused:
        parse(data, refuse, "a.xml")

    assert (refused.value.code, refused.value.place) == (expected, "a.xml")


def test_text_around_comments_and_instructions_stays_whole():
    root = parse(b"<a>one<!-- no -->, two<?no no?>, three</a>", refuse)

    assert (root.text, len(root)) == ("one, two, three", 0)
