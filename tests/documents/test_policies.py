"""Who may do what to a document, in each of its states."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.documents import policies
from nastavnik.documents.kinds import CLOSED_FOLDER
from nastavnik.documents.models import Document, DocumentState, Relation
from tests.neighbours import actor_as

pytestmark = pytest.mark.unit

S = DocumentState
CURATOR, HEAD, READER = actor_as(Role.CURATOR), actor_as(Role.HEAD), actor_as(Role.RESPONSIBLE)


def paper(state: DocumentState = S.DRAFT, kind: str = "order_pairs", **fields) -> Document:
    return Document(state=state, kind=kind, **fields)


def states_where(policy, actor, **options) -> set[DocumentState]:
    return {state for state in S if policy(actor, paper(state), **options)}


def test_closed_folder_opens_only_with_the_right_to_consents() -> None:
    closed, council = paper(folder=CLOSED_FOLDER), actor_as(Role.COUNCIL)
    assert policies.can_view(council, paper(folder="03"))
    assert "Согласия и справки" in policies.can_view(council, closed).reason
    assert policies.can_view(HEAD, closed)
    assert not policies.can_view(READER, closed)
    assert not policies.can_view(actor_as(Role.SYSADMIN), closed)
    assert not policies.can_view(actor_as(Role.SYSADMIN), paper(folder="03"))
    assert policies.sees_closed_folder(HEAD) is True
    assert policies.sees_closed_folder(council) is False


@pytest.mark.parametrize("policy", [policies.can_edit, policies.can_send])
def test_draft_and_returned_are_edited(policy) -> None:
    assert states_where(policy, CURATOR) == {S.DRAFT, S.CHECK, S.RETURNED}
    assert states_where(policy, READER) == set()
    assert "Подписанный" in policy(CURATOR, paper(S.IN_FORCE)).reason
    assert "на подписи" in policy(CURATOR, paper(S.TO_SIGN)).reason


def test_only_what_is_not_signed_is_dropped() -> None:
    assert states_where(policies.can_drop, CURATOR) == {S.DRAFT, S.CHECK, S.TO_SIGN, S.RETURNED}
    assert states_where(policies.can_drop, READER) == set()


def test_what_waits_for_a_signature_is_returned_by_head_or_curator() -> None:
    for actor in (CURATOR, HEAD, actor_as(Role.HEAD, Role.RESPONSIBLE)):
        assert states_where(policies.can_return, actor) == {S.TO_SIGN, S.CHECK}
    assert states_where(policies.can_return, READER) == set()


def test_head_signs_what_is_open_and_not_returned() -> None:
    assert states_where(policies.can_sign, HEAD) == {S.DRAFT, S.CHECK, S.TO_SIGN}
    assert "возвращён" in policies.can_sign(HEAD, paper(S.RETURNED)).reason


def test_curator_registers_a_signed_paper_but_signs_no_order() -> None:
    refused = policies.can_sign(CURATOR, paper(S.TO_SIGN))
    assert refused.reason == "Подписывает руководитель или исполняющий его обязанности."
    assert policies.can_sign(CURATOR, paper(S.TO_SIGN), signed_on_paper=True)
    assert policies.can_sign(CURATOR, paper(S.TO_SIGN, kind="selection_protocol"))
    assert not policies.can_sign(READER, paper(S.TO_SIGN), signed_on_paper=True)
    assert not policies.can_sign(READER, paper(S.TO_SIGN, kind="selection_protocol"))


def test_what_is_in_force_is_cancelled_once() -> None:
    assert states_where(policies.can_cancel, CURATOR) == {S.IN_FORCE, S.AMENDED}
    assert states_where(policies.can_cancel, READER) == set()
    cancelling = paper(S.IN_FORCE, relation=Relation.CANCELS)
    assert "Приказ об отмене" in policies.can_cancel(CURATOR, cancelling).reason


def test_preparing_and_templates_have_their_roles() -> None:
    assert {r for r in Role if policies.can_prepare(actor_as(r))} == {Role.CURATOR, Role.HEAD}
    assert {r for r in Role if policies.can_replace_template(actor_as(r))} == {
        Role.CURATOR,
        Role.HEAD,
        Role.REGION,
        Role.COORDINATOR,
        Role.CENTRE,
    }
