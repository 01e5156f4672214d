"""Notices to the participants of a signed order."""

import io

import docx
import pytest
from django.urls import reverse

from tests.pairs.making import order_on, ready_pair, sign
from tests.people_making import make_mentee, make_mentor


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def notices(school, document):
    return reverse("pairs:notices", kwargs={"org": school.slug, "document_id": document.pk})


def text_of(answer) -> str:
    paper = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *rows]).replace("\u00a0", " ")


def test_everybody_of_the_order_gets_one_notice_in_the_right_case(as_curator, school) -> None:
    group = [make_mentee(school, "Юдина"), make_mentee(school, "Сидорова")]
    pairs = [
        ready_pair(school),
        ready_pair(
            school,
            mentor=make_mentor(school, "Котова"),
            mentees=group,
            is_group=True,
            kinds=["group"],
        ),
    ]
    order = order_on(school, *pairs)
    sign(order)
    order.refresh_from_db()

    text = text_of(as_curator.get(notices(school, order)))

    assert text.count("УВЕДОМЛЕНИЕ") == 5
    for dative in ("Беловой", "Ивановой", "Котовой", "Юдиной", "Сидоровой"):
        assert text.count(f"{dative} Марии Петровне") == 1, dative
    assert text.count("вы назначены наставником") == 2
    assert text.count("за вами закреплён наставник") == 3
    assert text.count("Юдина Мария Петровна, 7А класс; Сидорова Мария Петровна, 7А класс") == 1
    assert f"от 10 ноября 2026 г. № {order.number_text}" in text


def test_card_of_the_order_offers_notices_once_it_is_signed(as_curator, school) -> None:
    order = order_on(school, ready_pair(school))
    card = reverse("documents:card", kwargs={"org": school.slug, "pk": order.pk})
    assert "Скачать уведомления" not in as_curator.get(card).content.decode()
    assert as_curator.get(notices(school, order)).status_code == 422
    sign(order)
    assert notices(school, order) in as_curator.get(card).content.decode()


def test_notices_of_a_neighbour_are_missing(as_curator, school, neighbours) -> None:
    order = order_on(school, ready_pair(school))
    sign(order)
    page = notices(neighbours.sibling, order)
    assert as_curator.get(page).status_code == 404
