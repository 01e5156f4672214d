"""Slips «хочу участвовать»: handed in, typed in from paper, declined, removed, erased."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.informing.models import (
    SLIP_DAYS,
    SLIP_TRANSITIONS,
    ClassSheet,
    Slip,
    SlipState,
    SlipWay,
)
from nastavnik.informing.models.slips import WISH_LENGTH
from nastavnik.informing.wording import SIDES, asked_codes
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import search_key, tidy
from nastavnik.shared.tokens import hash_of
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

NAME_LENGTH = 120
A_DAY_FROM_CHILDREN, A_DAY_FROM_ADULTS = 60, 300
_MAIL_OR_LINK = re.compile(r"@|https?:|www\.", re.IGNORECASE)
_PHONE = re.compile(r"(?:\d[\s()+-]*){7,}")


@dataclass(frozen=True)
class Entry:
    """What one says of oneself: no contacts, two quick answers."""

    name: str
    side: str
    is_code: bool = False
    class_name: str = ""
    request_code: str = ""
    wish: str = ""


class SheetClosed(DomainError):
    """The sheet takes no more slips."""

    def __init__(self) -> None:
        super().__init__("closed", "Запись закончилась.")


@transaction.atomic
def hand_in(*, actor: Actor, sheet: ClassSheet, entry: Entry, once: str, today: date) -> Slip:
    """Keep a slip that came by the QR code.

    The same form sent again (`once`) mends the slip while nobody has worked on it; the same words
    sent from a new form are the same slip. The journal is told that it came, never what it says.

    Raises: SheetClosed; DomainError for a wrong answer, contacts, or a flood of slips.
    """
    sheet = ClassSheet.objects.select_for_update().get(pk=sheet.pk)
    if not sheet.takes_on(today):
        raise SheetClosed
    entry = checked(sheet, entry)
    key = hash_of(once)
    known: Slip | None = Slip.objects.filter(sheet=sheet, sent_key=key).first()
    if known is not None:
        return _mended(actor, known, entry)
    same = _same(sheet, entry)
    if same is not None:
        return same
    _demand_no_flood(sheet, today)
    return _add(actor, sheet, entry, key=key, way=SlipWay.LINK, today=today)


@transaction.atomic
def type_in(
    *, actor: Actor, sheet: ClassSheet, entries: Mapping[int, Entry], today: date
) -> tuple[int, int]:
    """Keep slips written on paper, all or none; returns how many are new and how many were there.

    `entries`: by the number of the row. Raises: DomainError naming its field, «name-2».
    """
    demand(actor.can("slips.edit"))
    sheet = ClassSheet.objects.select_for_update().get(pk=sheet.pk)
    made = 0
    for number, entry in entries.items():
        try:
            fit = checked(sheet, entry)
        except DomainError as error:
            raise DomainError(
                error.code, error.message, field=f"{error.field or 'name'}-{number}"
            ) from error
        if _same(sheet, fit) is None:
            key = hash_of(secrets.token_urlsafe(18))
            _add(actor, sheet, fit, key=key, way=SlipWay.PAPER, today=today)
            made += 1
    return made, len(entries) - made


@transaction.atomic
def decline(*, actor: Actor, slip: Slip) -> Slip:
    """«Не продолжать»: the slip is counted and waits for its erasure."""
    return _moved(actor, slip, SlipState.DECLINED)


@transaction.atomic
def bring_back(*, actor: Actor, slip: Slip) -> Slip:
    """The decision not to go on was a mistake."""
    return _moved(actor, slip, SlipState.NEW)


@transaction.atomic
def remove(*, actor: Actor, slip: Slip) -> None:
    """Take out a joke or somebody's second slip: it is not counted any more."""
    demand(actor.can("slips.edit"))
    slip = held(slip)
    if slip.state not in {SlipState.NEW, SlipState.DECLINED}:
        raise DomainError("taken", "По этой записи человек уже заведён в базе.")
    sheet, side = slip.sheet, slip.side
    slip.delete()
    record(actor=actor, action="slips.removed", subject=sheet, details={"side": side})


@transaction.atomic
def erase_expired(*, actor: Actor, organisation: Organisation, today: date) -> int:
    """Take names and words off slips whose days are over; class, side, kind and date stay.

    Returns how many; the journal keeps the number alone. Run twice, it changes nothing more.
    """
    rows = Slip.objects.filter(
        organisation=organisation, erased_at__isnull=True, expires_on__lte=today
    )
    count: int = rows.update(
        name="",
        wish="",
        is_code=False,
        person=None,
        state=SlipState.ERASED,
        erased_at=timezone.now(),
    )
    if count:
        record(actor=actor, action="slips.erased", subject=organisation, details={"count": count})
    return count


def checked(sheet: ClassSheet, entry: Entry) -> Entry:
    """The entry with tidy words and the class of its sheet. Raises: DomainError with its field."""
    fit = replace(
        entry,
        name=tidy(entry.name)[:NAME_LENGTH],
        wish=tidy(entry.wish)[:WISH_LENGTH],
        class_name=sheet.class_name or tidy(entry.class_name)[:40],
    )
    if not fit.name:
        raise DomainError("no_name", "Напишите имя или кодовое слово.", field="name")
    if fit.side not in SIDES[sheet.audience]:
        raise DomainError("no_side", "Выберите одно из двух.", field="side")
    if fit.request_code and fit.request_code not in dict(asked_codes(sheet.audience)):
        raise DomainError("no_code", "Выберите из списка.", field="request_code")
    for field in ("name", "wish", "class_name"):
        _refuse_contacts(getattr(fit, field), field, to_child=sheet.is_for_children)
    return fit


def held(slip: Slip) -> Slip:
    """The slip, locked. Raises: DomainError when its days are over."""
    row: Slip = Slip.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=slip.pk)
    if row.erased_at is not None or row.expires_on <= timezone.localdate():
        raise DomainError("erased", "Срок этой записи прошёл, имени в ней больше нет.")
    return row


def move(actor: Actor, slip: Slip, to: SlipState, *, details: dict[str, Any] | None = None) -> None:
    """One step of a locked slip, with its trace."""
    demand_move(SLIP_TRANSITIONS, slip.state, to, label="Запись")
    before, slip.state = slip.state, to
    slip.save(update_fields=["state", "person"])
    record(
        actor=actor,
        action="slips.move",
        subject=slip,
        from_state=before,
        to_state=to,
        details=details,
    )


def _moved(actor: Actor, slip: Slip, to: SlipState) -> Slip:
    demand(actor.can("slips.edit"))
    slip = held(slip)
    if slip.state != to:
        move(actor, slip, to)
    return slip


def _refuse_contacts(text: str, field: str, *, to_child: bool) -> None:
    if _MAIL_OR_LINK.search(text) or _PHONE.search(text):
        words = "не пиши" if to_child else "не пишите"
        raise DomainError("contacts", f"Телефон, почту и ссылки сюда {words}.", field=field)


def _same(sheet: ClassSheet, entry: Entry) -> Slip | None:
    """A slip of the sheet that says the same, however the name is spelt."""
    rows = Slip.objects.filter(
        sheet=sheet,
        erased_at__isnull=True,
        side=entry.side,
        request_code=entry.request_code,
        class_name=entry.class_name,
    )
    wanted = (search_key(entry.name), search_key(entry.wish))
    return next(
        (row for row in rows if (search_key(row.name), search_key(row.wish)) == wanted), None
    )


def _mended(actor: Actor, slip: Slip, entry: Entry) -> Slip:
    if slip.state != SlipState.NEW:
        return slip
    names = [
        name for name in entry.__dataclass_fields__ if getattr(slip, name) != getattr(entry, name)
    ]
    if names:
        for name in names:
            setattr(slip, name, getattr(entry, name))
        slip.save(update_fields=names)
        record(actor=actor, action="slips.mended", subject=slip)
    return slip


def _demand_no_flood(sheet: ClassSheet, today: date) -> None:
    """A class is of thirty: more than two classes a day is a game. No address is kept for this."""
    most = A_DAY_FROM_CHILDREN if sheet.is_for_children else A_DAY_FROM_ADULTS
    if Slip.objects.filter(sheet=sheet, created_on=today, way=SlipWay.LINK).count() >= most:
        who = "Подойди" if sheet.is_for_children else "Подойдите"
        raise DomainError("flood", f"Сегодня записалось слишком много человек. {who} к куратору.")


def _add(
    actor: Actor, sheet: ClassSheet, entry: Entry, *, key: str, way: SlipWay, today: date
) -> Slip:
    slip = Slip(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        way=way,
        sent_key=key,
        created_on=today,
        expires_on=today + timedelta(days=SLIP_DAYS),
        **{name: getattr(entry, name) for name in entry.__dataclass_fields__},
    )
    slip.save()
    record(actor=actor, action="slips.came", subject=slip, details={"way": way})
    return slip
