"""What the printed orders on pairs say: which order they follow, who is in which class."""

from datetime import date, timedelta

import pytest
import time_machine

from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.rendering import document_docx
from nastavnik.pairs import order_data
from nastavnik.pairs.services.ending_orders import prepare_end_order
from tests.documents.engine.docx_samples import texts
from tests.pairs.making import CURATOR, HEAD, order_on, ready_pair, sign
from tests.people_making import DAY, make_mentee, make_mentor

NEXT_YEAR = date(2027, 9, 15)


def words(document) -> str:
    return "\n".join(texts(document_docx(document)))


def another(office, mentor: str, mentee: str, **fields):
    return ready_pair(
        office, mentor=make_mentor(office, mentor), mentees=[make_mentee(office, mentee)], **fields
    )


def test_first_order_of_the_year_follows_none(office) -> None:
    document = order_on(office, ready_pair(office))

    assert document.kind == "order_pairs"
    assert "в дополнение к приказу" not in words(document)


def test_additional_order_names_the_main_one_by_date_and_number(office) -> None:
    sign(order_on(office, ready_pair(office)))

    document = order_on(office, another(office, "Котова", "Чащина"))

    assert document.kind == "order_pairs_additional"
    assert "в дополнение к приказу от 10 ноября 2026 г. № 1, с учётом письменных" in words(document)


def test_cancelled_main_order_is_followed_no_more(office) -> None:
    main = order_on(office, ready_pair(office))
    sign(main)
    sign(prepare_cancellation(actor=CURATOR, document=main, reason="ошибка"))

    assert order_data.main_order_words(DAY) == ""


def test_order_of_last_year_is_not_the_main_one_of_this(office) -> None:
    sign(order_on(office, ready_pair(office)))

    assert order_data.main_order_words(NEXT_YEAR) == ""
    assert order_data.main_order_words(DAY + timedelta(days=30)) == "от 10 ноября 2026 г. № 1"


def test_ending_names_the_order_that_fixed_the_pair(office) -> None:
    pair = ready_pair(office, starts_on=DAY)
    sign(order_on(office, pair))
    pair.refresh_from_db()

    document = prepare_end_order(
        actor=CURATOR,
        organisation=office,
        pairs=[pair],
        ends_on=DAY,
        reason="план выполнен",
        is_early=False,
    )

    said = words(document)
    assert (
        "Прекратить с 10 ноября 2026 г. работу наставнических пар и групп, "
        "закреплённых приказом от 10 ноября 2026 г. № 1:"
    ) in said
    assert "план выполнен" in said


@pytest.mark.parametrize(
    ("class_name", "about"),
    [("7А", "7А класс"), ("10", "10 класс"), ("10 б", "10 б класс"), ("ИС-21", "ИС-21")],
)
def test_classes_read_alike_in_an_order(office, class_name, about) -> None:
    mentee = make_mentee(office, class_name=class_name)

    document = order_on(office, ready_pair(office, mentees=[mentee]))

    assert f"Иванову Марию Петровну ({about})." in words(document)


def test_signed_order_bears_the_day_of_signature_and_the_head(office) -> None:
    document = order_on(office, ready_pair(office))
    with time_machine.travel("2026-11-12T09:00:00+03:00", tick=False):
        sign(document, DAY + timedelta(days=2))

    said = words(document)
    assert "12 ноября 2026 г.\t№ 1" in said
    assert HEAD.label.startswith("Зотов")
    assert "Директор\tИ.П. Зотов" in said
