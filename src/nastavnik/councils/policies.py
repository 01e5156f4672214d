"""Who may do what with councils and groups (PRODUCT.md § 3, «Municipal orders, city council»)."""

from dataclasses import replace

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import TERRITORY_ROLES, Role
from nastavnik.councils.models import Council, Sitting, SittingState
from nastavnik.documents.models import DocumentState
from nastavnik.shared.verdict import Allowed, Denied, Verdict


def can_edit(actor: Actor) -> Verdict:
    return actor.can("councils.edit")


def can_change(actor: Actor, council: Council) -> Verdict:
    if not (verdict := can_edit(actor)):
        return verdict
    if not council.is_open:
        return Denied("Этот совет завершил работу, он хранится как был.")
    return Allowed()


def can_compose(actor: Actor, council: Council) -> Verdict:
    """A composition is approved by an order, so it also needs the right to prepare one."""
    if not (verdict := can_change(actor, council)):
        return verdict
    if not (verdict := actor.can("documents.edit")):
        return verdict
    if has_open_order(council):
        return Denied("Приказ о составе уже составлен. Подпишите его или удалите проект.")
    return Allowed()


def has_open_order(council: Council) -> bool:
    return council.draft_order is not None and council.draft_order.is_open


def can_hold(actor: Actor, sitting: Sitting) -> Verdict:
    """What happened at a sitting is written until its protocol is composed."""
    if not (verdict := can_change(actor, sitting.council)):
        return verdict
    if sitting.state == SittingState.CANCELLED:
        return Denied("Заседание отменено.")
    if has_protocol(sitting):
        return Denied("Протокол уже составлен. Чтобы исправить запись, удалите его проект.")
    return Allowed()


def can_plan(actor: Actor, sitting: Sitting) -> Verdict:
    if not (verdict := can_change(actor, sitting.council)):
        return verdict
    if sitting.state != SittingState.PLANNED:
        return Denied("Изменить можно заседание, которое ещё не прошло.")
    return Allowed()


def can_write_protocol(actor: Actor, sitting: Sitting) -> Verdict:
    if not (verdict := can_hold(actor, sitting)):
        return verdict
    return actor.can("documents.edit")


def has_protocol(sitting: Sitting) -> bool:
    return sitting.protocol is not None and sitting.protocol.state not in {
        DocumentState.DROPPED,
        DocumentState.CANCELLED,
    }


def can_see_group_orders(actor: Actor) -> Verdict:
    """Which institutions have an order on a working group: its number and date, nothing else."""
    return actor.can("councils.oversee")


def at_office(actor: Actor) -> Actor:
    """The same person in the office of the territory.

    Whoever keeps the territory's councils prepares and registers their papers there as a curator
    does in a school; signing stays with the head of the office.
    """
    if TERRITORY_ROLES & actor.roles and can_edit(actor):
        return replace(actor, roles=actor.roles | {Role.CURATOR})
    return actor
