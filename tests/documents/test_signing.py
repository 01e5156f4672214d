"""Signing: the state machine, numbers, consequences, rights."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nastavnik.audit.queries import history_of
from nastavnik.documents import services
from nastavnik.documents.effects import Check, DocumentEffects, Effect
from nastavnik.documents.models import Document, DocumentState, Journal, Relation
from nastavnik.documents.services.signing import Scan
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.documents.making import (
    CURATOR,
    DAY,
    HEAD,
    KIND,
    READER,
    make_draft,
    make_signed,
    make_waiting,
)


def sign(document, actor=HEAD, **more):
    return services.sign_document(actor=actor, document=document, **({"registered_on": DAY} | more))


def test_sign_waiting_document_registers_freezes_and_tells(school, register_effects):
    said = Effect(("Активирована 1 пара.",))
    register_effects(KIND, DocumentEffects(on_sign=lambda _actor, _document: said))
    document = make_waiting(school)

    effect = sign(document)

    fresh = Document.objects.get(pk=document.pk)
    assert effect == said
    assert (fresh.state, fresh.number, fresh.number_text, fresh.year) == ("in_force", 1, "1", 2026)
    assert fresh.outcome == ["Активирована 1 пара."]
    assert fresh.signer_name == "Зотов Игорь Павлович"
    assert fresh.data["number"] == "1"
    assert fresh.data["date"] == "15 октября 2026 г."
    assert bytes(fresh.file)[:2] == b"PK"
    assert history_of(fresh)[0].action == "documents.sign"


def test_sign_takes_numbers_one_after_another(school):
    numbers = [make_signed(school).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_sign_after_paper_journal_continues_its_numbers(school):
    journal = services.ensure_journals(organisation=school)["orders"]
    services.set_next_number(actor=CURATOR, journal=journal, number=48, year=2026)

    assert make_signed(school).number == 48


def test_next_year_begins_with_one(school):
    make_signed(school)
    document = make_waiting(school)

    sign(document, registered_on=date(2025, 12, 30))

    assert (document.year, document.number) == (2025, 1)


def test_sign_with_taken_number_names_the_next_free(school):
    services.set_next_number(
        actor=CURATOR,
        journal=services.ensure_journals(organisation=school)["orders"],
        number=47,
        year=2026,
    )
    make_signed(school)
    document = make_waiting(school)

    with pytest.raises(DomainError) as refusal:
        sign(document, number=47)

    assert refusal.value.message == (
        "Номер 47 уже занят в журнале «Приказы по основной деятельности» за 2026 год. "
        "Следующий свободный — 48."
    )
    assert refusal.value.field == "number"
    assert Document.objects.get(pk=document.pk).state == DocumentState.TO_SIGN


@pytest.mark.parametrize(
    ("given", "stored"),
    [(48, (48, "48-од")), ("48-од", (48, "48-од")), ("48/1", (None, "48/1")), (None, (1, "1-од"))],
)
def test_number_is_read_by_the_format_of_the_journal(school, given, stored):
    services.ensure_journals(organisation=school)
    Journal.objects.filter(code="orders").update(number_format="{number}-од")
    document = make_waiting(school)

    sign(document, number=given)

    assert (document.number, document.number_text) == stored


@pytest.mark.parametrize("number", ["без номера", "<b>1</b>", "1" * 50])
def test_nonsense_for_a_number_is_refused(school, number):
    with pytest.raises(DomainError) as refusal:
        sign(make_waiting(school), number=number)

    assert refusal.value.code == "number_wrong"


def test_database_refuses_the_same_number_twice(school):
    first = make_signed(school)
    second = make_draft(school)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(
            journal=first.journal, year=first.year, number=first.number
        )


def test_lost_race_for_a_number_is_told_as_taken(school, monkeypatch):
    make_signed(school)
    document = make_waiting(school)
    monkeypatch.setattr(services.signing, "next_number", lambda _journal, _year: 2)
    monkeypatch.setattr(services.signing, "_demand_free", lambda *_args: None)

    with pytest.raises(DomainError) as refusal:
        sign(document, number=1)

    assert refusal.value.code == "number_taken"


def test_sign_with_date_ahead_is_refused(school):
    with pytest.raises(DomainError) as refusal:
        sign(make_waiting(school), registered_on=date(2026, 10, 21))

    assert refusal.value.code == "date_ahead"


def test_bad_check_blocks_and_changes_nothing(school, register_effects):
    checks = [Check("ok", "Согласия: 2 из 2."), Check("bad", "Нет справки: Кравец Р. С.")]
    register_effects(KIND, DocumentEffects(checks=lambda _document: checks))
    document = make_waiting(school)

    with pytest.raises(DomainError) as refusal:
        sign(document)

    assert refusal.value.message == "Подписать пока нельзя. Нет справки: Кравец Р. С."
    assert Document.objects.get(pk=document.pk).number is None


def test_impossible_consequence_undoes_the_signature(school, register_effects):
    def refuse(_actor, _document):
        raise DomainError("capacity", "У наставника нет места.")

    register_effects(KIND, DocumentEffects(on_sign=refuse))
    document = make_waiting(school)

    with pytest.raises(DomainError):
        sign(document)

    fresh = Document.objects.get(pk=document.pk)
    assert (fresh.state, fresh.number) == ("to_sign", None)


def test_second_signature_is_refused_and_effects_run_once(school, register_effects):
    calls = []
    register_effects(
        KIND, DocumentEffects(on_sign=lambda _actor, document: calls.append(document) or Effect())
    )
    document = make_waiting(school)
    sign(document)

    with pytest.raises(DomainError) as refusal:
        sign(document)

    assert refusal.value.code == "already_signed"
    assert len(calls) == 1


def test_curator_cannot_sign(school):
    with pytest.raises(PermissionRefused):
        sign(make_waiting(school), actor=CURATOR)


def test_curator_enters_the_number_of_a_signed_paper(school):
    document = make_draft(school)

    sign(document, actor=CURATOR, number=12, signed_on_paper=True)

    event = history_of(document)[0]
    assert (document.state, document.signed_on_paper) == ("in_force", True)
    assert event.details == {"number": "12", "on_paper": True}
    assert document.signer_name == "Зотов Игорь Павлович"


def test_reader_cannot_enter_a_paper(school):
    with pytest.raises(PermissionRefused):
        sign(make_waiting(school), actor=READER, signed_on_paper=True)


def test_batch_signs_the_good_ones_and_reports_the_refused(school, register_effects):
    documents = [make_waiting(school) for _ in range(3)]
    spoilt = documents[1].pk
    checks = {True: [Check("bad", "Нет согласия.")], False: []}
    register_effects(KIND, DocumentEffects(checks=lambda doc: checks[doc.pk == spoilt]))

    rows = services.sign_batch(actor=HEAD, documents=documents, registered_on=DAY, first_number=30)

    assert [(row.document.number, row.error) for row in rows] == [
        (30, ""),
        (None, "Подписать пока нельзя. Нет согласия."),
        (31, ""),
    ]


def test_cancelling_document_cancels_its_parent_and_undoes(school, register_effects):
    undone = Effect(("Пара 1 снова согласована.",))
    register_effects(KIND, DocumentEffects(on_cancel=lambda _actor, _document: undone))
    parent = make_signed(school)
    child = make_waiting(school, parent=parent, relation=Relation.CANCELS)

    effect = sign(child)

    fresh = Document.objects.get(pk=parent.pk)
    assert fresh.state == DocumentState.CANCELLED
    assert effect.sentences == (f"Отменён документ: {parent}.", "Пара 1 снова согласована.")


def test_cancelled_parent_cannot_be_cancelled_again(school):
    parent = make_signed(school)
    first, second = (
        make_waiting(school, parent=parent, relation=Relation.CANCELS) for _ in range(2)
    )
    sign(first)

    with pytest.raises(DomainError) as refusal:
        sign(second)

    assert refusal.value.code == "blocked"


def test_amending_twice_keeps_the_parent_amended(school):
    parent = make_signed(school)
    for _ in range(2):
        sign(make_waiting(school, parent=parent, relation=Relation.AMENDS))

    assert Document.objects.get(pk=parent.pk).state == DocumentState.AMENDED


def test_scan_is_attached_once_and_only_as_a_picture(school):
    document = make_signed(school)

    services.add_scan(actor=CURATOR, document=document, scan=Scan("приказ <1>.pdf", b"%PDF-1.7 x"))

    assert Document.objects.get(pk=document.pk).scan_name == "приказ 1.pdf"
    for scan in (Scan("ещё.pdf", b"%PDF-"), Scan("вирус.exe", b"MZ")):
        with pytest.raises(DomainError):
            services.add_scan(actor=CURATOR, document=document, scan=scan)
