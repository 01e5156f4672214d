"""Gatherings: from a plan to a protocol with its number and date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.informing import papers, policies
from nastavnik.informing.audiences import GatheringKind
from nastavnik.informing.models import Gathering, InformingCampaign
from nastavnik.informing.services.common import demand_now
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

LINES = frozenset({"title", "place", "chair", "secretary"})
TEXTS = frozenset({"agenda", "listened", "decisions"})


@transaction.atomic
def plan_gathering(
    *,
    actor: Actor,
    organisation: Organisation,
    campaign: InformingCampaign,
    audience: str,
    kind: str,
    **fields: Any,
) -> Gathering:
    """Write down where an audience is told. Raises: DomainError when the kind has no name."""
    demand(policies.can_edit(actor))
    gathering = Gathering(
        organisation=organisation, campaign=campaign, audience=audience, created_by=actor.label
    )
    _lay(gathering, kind, fields)
    if audience not in campaign.audiences:
        campaign.audiences = [*campaign.audiences, audience]
        campaign.save(update_fields=["audiences"])
    gathering.save()
    record(actor=actor, action="informing.gathering_plan", subject=gathering)
    return gathering


@transaction.atomic
def change_gathering(*, actor: Actor, gathering: Gathering, kind: str, **fields: Any) -> Gathering:
    """Date, agenda, decision. A protocol of ours that waits is not rewritten: it has its own page."""
    demand(policies.can_edit(actor))
    row = locked(gathering)
    _lay(row, kind, fields)
    row.save()
    record(actor=actor, action="informing.gathering_edit", subject=row)
    return row


@transaction.atomic
def remove_gathering(*, actor: Actor, gathering: Gathering) -> None:
    """The gathering is not needed or was written by mistake; one with a protocol stays."""
    row = locked(gathering)
    demand_now(actor, policies.can_remove(actor, row))
    record(actor=actor, action="informing.gathering_remove", subject=row)
    row.delete()


@transaction.atomic
def enter_protocol(
    *, actor: Actor, gathering: Gathering, number: str, on: date | None, today: date
) -> Gathering:
    """Number and date of a paper kept elsewhere; both empty take them back.

    Raises: DomainError when one of the two is missing, ahead of today or before the gathering.
    """
    row = locked(gathering)
    demand_now(actor, policies.can_enter_number(actor, row))
    words = tidy(number).removeprefix("№").strip()
    if bool(words) != (on is not None):
        field = "number" if on else "protocol_on"
        raise DomainError("both", "Впишите и номер, и дату протокола.", field=field)
    if on is not None:
        _demand_days(on, row.on, today)
    row.protocol_number, row.protocol_on = words[:40], on
    row.on = row.on or on
    row.save(update_fields=["protocol_number", "protocol_on", "on"])
    record(
        actor=actor,
        action="informing.protocol_number" if on else "informing.protocol_cleared",
        subject=row,
        details={"number": words},
    )
    return row


@transaction.atomic
def prepare_protocol(*, actor: Actor, organisation: Organisation, gathering: Gathering) -> Document:
    """Draft the protocol from the blank; its number comes from the journal when it is signed.

    Raises: DomainError while the date, the agenda or the decision is missing.
    """
    row = locked(gathering)
    demand_now(actor, policies.can_prepare_protocol(actor, row))
    missing = [words for name, words in NEEDED.items() if not getattr(row, name)]
    if missing:
        raise DomainError("not_enough", f"Сначала впишите: {', '.join(missing)}.")
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=papers.PROTOCOL,
        title=f"Протокол: {row.name}, {row.on:%d.%m.%Y}",
        data=papers.protocol(organisation, row),
        subject_id=row.pk,
    )
    row.protocol = document
    row.save(update_fields=["protocol"])
    record(actor=actor, action="informing.protocol", subject=row)
    return document


NEEDED: Mapping[str, str] = {"on": "дату", "agenda": "повестку", "decisions": "решение"}


def locked(gathering: Gathering) -> Gathering:
    """The gathering as it is now with its protocol, held until the end of the transaction."""
    fresh: Gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    return fresh


def _lay(row: Gathering, kind: str, fields: Mapping[str, Any]) -> None:
    row.kind = kind
    for name, value in fields.items():
        if name in LINES:
            setattr(row, name, tidy(value))
        elif name in TEXTS:
            setattr(row, name, value.strip())
        else:
            setattr(row, name, value)
    if kind == GatheringKind.OTHER and not row.title:
        raise DomainError("name_needed", "Напишите, что это за встреча.", field="title")
    if row.protocol_on and row.on and row.protocol_on < row.on:
        raise DomainError("days", "Встреча не может быть позже своего протокола.", field="on")
    try:
        row.full_clean(exclude=("organisation", "protocol"))
    except ValidationError as error:
        raise DomainError("wrong_values", " ".join(error.messages)) from error


def _demand_days(protocol_on: date, held_on: date | None, today: date) -> None:
    if protocol_on > today:
        raise DomainError("date_ahead", "Дата протокола ещё не наступила.", field="protocol_on")
    if held_on is not None and protocol_on < held_on:
        raise DomainError(
            "date_before",
            f"Встреча прошла {held_on:%d.%m.%Y}: протокол не может быть раньше.",
            field="protocol_on",
        )
