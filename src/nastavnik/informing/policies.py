"""Who may do what with the informing campaign."""

from nastavnik.accounts.actor import Actor
from nastavnik.informing.models import Gathering, Mailing
from nastavnik.shared.verdict import Allowed, Denied, Verdict


def can_edit(actor: Actor) -> Verdict:
    return actor.can("informing.edit")


def can_prepare_protocol(actor: Actor, gathering: Gathering) -> Verdict:
    """One protocol a gathering: no draft beside a draft, none beside a proof."""
    if not (verdict := can_edit(actor)) or not (verdict := actor.can("documents.edit")):
        return verdict
    if gathering.has_draft:
        return Denied("Проект протокола уже составлен: допишите его в документах.")
    if gathering.proof is not None:
        return Denied("Протокол уже есть.")
    return Allowed()


def can_enter_number(actor: Actor, gathering: Gathering) -> Verdict:
    """Number and date of a paper are typed only while the product has no protocol of its own."""
    if not (verdict := can_edit(actor)):
        return verdict
    if gathering.has_draft:
        return Denied("Протокол составлен здесь: номер и дата появятся при подписании.")
    if gathering.proof is not None and gathering.proof.document_id is not None:
        return Denied("Номер и дату дал подписанный протокол.")
    return Allowed()


def can_remove(actor: Actor, gathering: Gathering) -> Verdict:
    if not (verdict := can_edit(actor)):
        return verdict
    if gathering.has_draft or gathering.proof is not None:
        return Denied("По этой встрече есть протокол, её не удаляют.")
    return Allowed()


def can_change_letters(actor: Actor, mailing: Mailing) -> Verdict:
    """Addressees and the text change until the letters are sent."""
    if not (verdict := can_edit(actor)):
        return verdict
    if mailing.sent_on is not None:
        return Denied("Письма отправлены, адреса и текст уже не меняют.")
    return Allowed()
