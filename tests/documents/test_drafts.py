"""Drafts: the state machine, rights, immutability of what was signed."""

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.audit.queries import history_of
from nastavnik.documents import policies, services
from nastavnik.documents.effects import DocumentEffects, Effect
from nastavnik.documents.kinds import example_data
from nastavnik.documents.models import (
    DOCUMENT_TRANSITIONS,
    Document,
    DocumentState,
    SignedIsFinal,
)
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import ScopeMissing
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


def test_prepare_files_the_draft_and_its_author(school):
    draft = make_draft(school)

    assert (draft.state, draft.folder, draft.school_year) == ("draft", "02", "2026/27")
    assert (draft.created_by, draft.journal.code) == ("Лещёва Ольга Викторовна", "orders")
    assert len(draft.token) >= 20
    assert history_of(draft)[0].action == "documents.prepare"


def test_reader_cannot_prepare(school):
    with pytest.raises(PermissionRefused):
        make_draft(school, actor=READER)


def test_draft_of_a_neighbour_cannot_be_made(school, neighbours):
    with pytest.raises(ScopeMissing):
        make_draft(neighbours.sibling)


def test_unknown_kind_is_a_mistake_of_ours(school):
    with pytest.raises(KeyError):
        services.prepare_document(actor=CURATOR, organisation=school, kind="order_none", data={})


def test_update_replaces_only_named_fields(school):
    draft = make_draft(school)

    services.update_draft(actor=CURATOR, document=draft, data={"control": "возлагаю на себя"})

    assert draft.data == {**example_data(KIND), "control": "возлагаю на себя"}


def test_document_on_the_desk_of_the_head_is_not_edited(school):
    document = make_waiting(school)

    with pytest.raises(PermissionRefused):
        services.update_draft(actor=CURATOR, document=document, title="Другой")


def test_return_needs_words_and_keeps_them(school):
    document = make_waiting(school)

    with pytest.raises(DomainError) as refusal:
        services.return_document(actor=HEAD, document=document, reason="  ")
    services.return_document(actor=HEAD, document=document, reason="Исправьте срок")

    assert refusal.value.field == "reason"
    assert (document.state, document.return_reason) == ("returned", "Исправьте срок")
    assert history_of(document)[0].reason == "Исправьте срок"


def test_returned_document_is_mended_and_sent_again(school):
    document = make_waiting(school)
    services.return_document(actor=HEAD, document=document, reason="Исправьте срок")

    with pytest.raises(PermissionRefused):
        services.sign_document(actor=HEAD, document=document, registered_on=DAY)
    services.update_draft(actor=CURATOR, document=document, data={"roadmap_due": "1 ноября"})
    services.send_to_sign(actor=CURATOR, document=document)

    assert (document.state, document.return_reason) == ("to_sign", "")


def test_drop_lets_go_of_what_the_draft_held(school, register_effects):
    let_go = Effect(("Пары снова свободны.",))
    register_effects(KIND, DocumentEffects(on_drop=lambda _actor, _document: let_go))
    draft = make_draft(school)

    effect = services.drop_draft(actor=CURATOR, document=draft)

    assert (effect, draft.state) == (let_go, DocumentState.DROPPED)


@pytest.mark.parametrize("state", [s for s in DocumentState if s not in DOCUMENT_TRANSITIONS])
def test_ended_states_lead_nowhere(school, state):
    draft = make_draft(school)
    fields = {"state": state, "registered_on": DAY}
    Document.objects.filter(pk=draft.pk).update(**fields)
    ended = Document.objects.get(pk=draft.pk)

    verdicts = [
        policies.can_edit(CURATOR, ended),
        policies.can_drop(CURATOR, ended),
        policies.can_return(HEAD, ended),
        policies.can_sign(HEAD, ended),
        policies.can_cancel(CURATOR, ended),
    ]

    assert [bool(verdict) for verdict in verdicts] == [False] * 5


@pytest.mark.parametrize(
    "field", ["title", "data", "file", "number", "number_text", "registered_on"]
)
def test_signed_document_is_final_for_save_update_and_bulk_update(school, field):
    signed = Document.objects.get(pk=make_signed(school).pk)
    value = {"number": 99, "data": {}, "file": b"", "registered_on": DAY}.get(field, "x")
    setattr(signed, field, value)

    for change in (
        signed.save,
        lambda: signed.save(update_fields=[field]),
        lambda: Document.objects.filter(pk=signed.pk).update(**{field: value}),
        lambda: Document.objects.bulk_update([signed], [field]),
    ):
        with pytest.raises(SignedIsFinal):
            change()


def test_signed_document_is_not_deleted_or_reopened(school):
    signed = Document.objects.get(pk=make_signed(school).pk)

    with pytest.raises(SignedIsFinal):
        signed.delete()
    with pytest.raises(SignedIsFinal):
        Document.objects.filter(pk=signed.pk).delete()
    with pytest.raises(SignedIsFinal):
        Document.objects.filter(pk=signed.pk).update(state=DocumentState.DRAFT)
    signed.state = DocumentState.DRAFT
    with pytest.raises(SignedIsFinal):
        signed.save(update_fields=["state"])


def test_just_signed_copy_is_final_too(school):
    signed = make_signed(school)
    signed.title = "Другой"

    with pytest.raises(SignedIsFinal):
        signed.save()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_document SET title = 'Другой' WHERE id = %s",
        "UPDATE documents_document SET file = NULL WHERE id = %s",
        "UPDATE documents_document SET state = 'draft' WHERE id = %s",
        "DELETE FROM documents_document WHERE id = %s",
    ],
)
def test_database_itself_keeps_a_signed_document(school, sql):
    signed = make_signed(school)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [signed.pk])


def test_database_lets_a_signed_document_end(school):
    signed = make_signed(school)

    Document.objects.filter(pk=signed.pk).update(state=DocumentState.LAPSED)

    assert Document.objects.get(pk=signed.pk).state == "lapsed"
