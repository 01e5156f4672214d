"""Documents that the app composes by itself."""

from datetime import date

import docx as word
import pytest

from nastavnik.documents import builders, rendering, services
from nastavnik.documents.models import Document, DocumentState
from nastavnik.shared.errors import DomainError
from tests.documents.making import CURATOR, DAY, HEAD, lines_of, make_draft, make_signed


def test_introduction_names_the_organisation_and_the_responsible_in_their_cases(school):
    document = builders.prepare_introduction(
        actor=CURATOR,
        organisation=school,
        starts_on=date(2026, 10, 15),
        documents_due=date(2026, 10, 30),
        forms=["ученик – ученик"],
        responsible=builders.named_person("Белова Нина Андреевна", "заместитель директора"),
    )

    text = lines_of(rendering.document_docx(document))

    assert "Внедрить с 15 октября 2026 г. целевую модель наставничества в Школе own." in text
    assert any(line.startswith("Заместителю директора Беловой Нине Андреевне") for line in text)


def test_person_whose_name_does_not_tell_the_gender_is_asked_about():
    with pytest.raises(DomainError) as refusal:
        builders.named_person("Коваленко Саша", "педагог")

    assert refusal.value.message == (
        "Укажите пол: Коваленко Саша. Без него имя нельзя поставить в нужный падеж."
    )


def test_cancellation_names_the_order_and_waits_for_its_own_signature(school):
    order = make_signed(school)

    cancel = builders.prepare_cancellation(
        actor=CURATOR, document=order, reason="в перечне пар ошибка."
    )

    text = lines_of(rendering.document_docx(cancel))
    assert any(
        line.startswith("Об отмене приказа от 15 октября 2026 г. № 1 «О внедрении") for line in text
    )
    assert Document.objects.get(pk=order.pk).state == DocumentState.IN_FORCE
    services.sign_document(
        actor=HEAD,
        document=services.send_to_sign(actor=CURATOR, document=cancel),
        registered_on=DAY,
    )
    assert Document.objects.get(pk=order.pk).state == DocumentState.CANCELLED


def test_second_cancellation_is_refused(school):
    order = make_signed(school)
    builders.prepare_cancellation(actor=CURATOR, document=order, reason="ошибка")

    with pytest.raises(DomainError) as refusal:
        builders.prepare_cancellation(actor=CURATOR, document=order, reason="ошибка")

    assert refusal.value.code == "cancel_prepared"


def test_draft_cannot_be_cancelled(school):
    with pytest.raises(DomainError):
        builders.prepare_cancellation(actor=CURATOR, document=make_draft(school), reason="ошибка")


def test_journal_lists_registered_documents_by_number(school):
    make_signed(school)
    make_signed(school)
    make_draft(school)
    journal = services.ensure_journals(organisation=school)["orders"]

    document = builders.prepare_journal(actor=CURATOR, journal=journal, year=2026)

    table = tables_of(rendering.document_docx(document))[0]
    assert [row[:2] for row in table[1:]] == [["1", "15.10.2026"], ["2", "15.10.2026"]]


def test_inventory_is_signed_by_its_keeper_and_takes_no_number(school):
    make_signed(school)
    document = builders.prepare_inventory(
        actor=CURATOR, organisation=school, folder="02", school_year="2026/27"
    )

    services.sign_document(actor=CURATOR, document=document, registered_on=DAY)

    assert (document.state, document.number, document.year) == ("in_force", None, None)
    assert len(tables_of(bytes(document.file))[0]) == 2


def tables_of(docx):
    import io

    document = word.Document(io.BytesIO(docx))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
