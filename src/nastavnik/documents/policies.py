"""Who may do what to a document. The tenant scope has already decided whose document it is."""

from nastavnik.accounts.actor import Actor
from nastavnik.documents.kinds import CLOSED_FOLDER, kind_of
from nastavnik.documents.models import EDITABLE_STATES, Document, DocumentState, Relation
from nastavnik.shared.verdict import Allowed, Denied, Verdict


def sees_closed_folder(actor: Actor) -> bool:
    """Consents and certificates are closed to those who only read documents."""
    return bool(actor.can("consents.view"))


def can_view(actor: Actor, document: Document) -> Verdict:
    if not (verdict := actor.can("documents.view")):
        return verdict
    if document.folder == CLOSED_FOLDER and not sees_closed_folder(actor):
        return Denied("Папка «Согласия и справки» открыта куратору и руководителю.")
    return Allowed()


def can_prepare(actor: Actor) -> Verdict:
    return actor.can("documents.edit")


def can_edit(actor: Actor, document: Document) -> Verdict:
    if not (verdict := actor.can("documents.edit")):
        return verdict
    if document.is_signed:
        return Denied(
            "Подписанный документ не правят: его отменяют или изменяют другим документом."
        )
    if document.state not in EDITABLE_STATES:
        return Denied("Документ на подписи. Чтобы его исправить, сначала верните его.")
    return Allowed()


def can_send(actor: Actor, document: Document) -> Verdict:
    return can_edit(actor, document)


def can_drop(actor: Actor, document: Document) -> Verdict:
    if not (verdict := actor.can("documents.edit")):
        return verdict
    if not document.is_open:
        return Denied("Удалить можно только проект.")
    return Allowed()


def can_return(actor: Actor, document: Document) -> Verdict:
    """The head returns; the curator may take back what was sent too early."""
    if document.state not in {DocumentState.TO_SIGN, DocumentState.CHECK}:
        return Denied("Вернуть можно документ, который ждёт подписи.")
    if actor.can("documents.sign"):
        return Allowed()
    return actor.can("documents.edit")


def can_sign(actor: Actor, document: Document, *, signed_on_paper: bool = False) -> Verdict:
    """Only the head or the one acting for the head signs an order.

    Other papers (protocols, lists, inventories) are signed by those whom they name; whoever
    prepares documents registers them. The curator may enter number and date of a paper that the head has signed by hand: the journal
    of actions then says who entered it.
    """
    if not document.is_open:
        return Denied("Документ уже подписан или удалён.")
    if document.state == DocumentState.RETURNED:
        return Denied("Документ возвращён. Исправьте его и отправьте на подпись ещё раз.")
    if actor.can("documents.sign"):
        return Allowed()
    if signed_on_paper or not kind_of(document.kind).is_order:
        return actor.can("documents.edit")
    return Denied("Подписывает руководитель или исполняющий его обязанности.")


def can_cancel(actor: Actor, document: Document) -> Verdict:
    """Cancelling begins with a draft order, so it needs the right to prepare one."""
    if not (verdict := actor.can("documents.edit")):
        return verdict
    if document.state not in {DocumentState.IN_FORCE, DocumentState.AMENDED}:
        return Denied("Отменить можно только действующий документ.")
    if document.relation == Relation.CANCELS:
        return Denied("Приказ об отмене не отменяют: издайте новый приказ по существу.")
    return Allowed()


def can_replace_template(actor: Actor) -> Verdict:
    return actor.can("documents.template")
