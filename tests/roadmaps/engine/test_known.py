"""The template of a file is told by the words of its lines, or is nobody's."""

import pytest

from nastavnik.roadmaps.engine.known import known_template

TEMPLATE = [(f"t-{n}", f"Провести дело номер {n}") for n in range(1, 11)]
OTHER = [(f"o-{n}", text) for n, (_, text) in enumerate(TEMPLATE[:6], 1)]


def found(texts):
    return known_template(texts, {"template": TEMPLATE, "other": OTHER})


def test_lines_are_told_whatever_their_order_case_and_signs() -> None:
    texts = ["", *(f"  {text.upper()}\n." for _, text in reversed(TEMPLATE))]

    known = found(texts)

    assert (known.template, known.lines[1], known.lines[10], 0 in known.lines) == (
        "template",
        "t-10",
        "t-1",
        False,
    )


def test_a_line_that_stands_twice_is_told_once() -> None:
    texts = [text for _, text in TEMPLATE] + [TEMPLATE[0][1]]

    assert sorted(found(texts).lines) == list(range(10))


@pytest.mark.parametrize(
    ("own", "strange", "expected"),
    [(5, 0, True), (4, 0, False), (5, 5, True), (5, 6, True), (5, 40, True), (4, 40, False)],
)
def test_a_few_equal_lines_make_no_template(own, strange, expected) -> None:
    texts = [text for _, text in TEMPLATE[:own]] + [f"Своё {n}" for n in range(strange)]

    assert (found(texts) is not None) == expected
