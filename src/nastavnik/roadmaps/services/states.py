"""The way of a roadmap: to agreement, back with remarks, agreed, closed; and its next version.

Approval is the signature of an order and stands in `approval`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.models import (
    ROADMAP_TRANSITIONS,
    AgreementBody,
    CommentKind,
    ItemComment,
    Roadmap,
    RoadmapState,
)
from nastavnik.roadmaps.services.common import locked
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Protocol:
    """The paper by which a council agreed."""

    number: str
    on: date


@transaction.atomic
def send_to_agreement(
    *,
    actor: Actor,
    roadmap: Roadmap,
    by: str,
    council: str = "",
    on: date | None = None,
) -> Roadmap:
    """Hand the roadmap to the coordinator or to a council; its lines are fixed from now on.

    Raises: DomainError for an empty roadmap, an unnamed council, remarks without an answer, and for
    the roadmap of the topmost office that would wait for a coordinator above it.
    """
    held = locked(roadmap)
    demand(policies.can_edit(actor, held.kind))
    body = AgreementBody(by)
    name = tidy(council)[:200]
    if body == AgreementBody.COUNCIL and not name:
        raise DomainError("council_needed", "Напишите, какой совет согласует.", field="council")
    if body == AgreementBody.COORDINATOR and policies.is_topmost(held):
        raise DomainError(
            "nobody_above", "Над этой территорией никого нет: карту согласует совет.", field="by"
        )
    if not held.items.filter(is_group=False).exists():
        raise DomainError("empty_roadmap", "В карте нет ни одного пункта.")
    open_remarks = _open_remarks(held)
    if open_remarks:
        left = counted(open_remarks, "замечание", "замечания", "замечаний")
        raise DomainError(
            "open_remarks", f"Сначала ответьте на замечания: осталось {left} без отметки «учтено»."
        )
    values = {
        "agreement_by": body.value,
        "agreement_body": name if body == AgreementBody.COUNCIL else "",
        "sent_by_id": actor.user_id,
        "sent_by": actor.label[:200],
        "sent_on": on or timezone.localdate(),
        "return_words": "",
    }
    return _move(actor, held, RoadmapState.ON_AGREEMENT, "roadmaps.send", values)


@transaction.atomic
def return_with_comments(
    *,
    actor: Actor,
    roadmap: Roadmap,
    words: str = "",
    remarks: Mapping[int, str] | None = None,
) -> Roadmap:
    """Give the roadmap back with remarks to lines (by their ids) or to the whole of it.

    Raises: DomainError when nothing is said, or for a line of another roadmap.
    """
    held = locked(roadmap)
    demand(policies.can_return(actor, held))
    said = words.strip()[:4000]
    given = {pk: text.strip() for pk, text in (remarks or {}).items() if text.strip()}
    if not said and not given and not _open_remarks(held):
        raise DomainError("words_needed", "Напишите, что исправить.", field="words")
    own = set(held.items.filter(pk__in=given).values_list("pk", flat=True))
    if own != set(given):
        raise DomainError("foreign_line", "Такого пункта в этой карте нет.")
    ItemComment.objects.bulk_create(
        [
            ItemComment(
                organisation_id=held.organisation_id,
                item_id=pk,
                kind=CommentKind.REMARK,
                text=text[:4000],
                author=actor.label[:200],
                author_id=actor.user_id,
                version=held.version,
            )
            for pk, text in given.items()
        ]
    )
    return _move(
        actor,
        held,
        RoadmapState.RETURNED,
        "roadmaps.return",
        {"return_words": said, "agreed_on": None, "agreed_by": "", "agreed_post": ""},
        reason=said,
    )


@transaction.atomic
def agree(
    *,
    actor: Actor,
    roadmap: Roadmap,
    post: str = "",
    protocol: Protocol | None = None,
    on: date | None = None,
) -> Roadmap:
    """The coordinator agrees, or the decision of the council is noted down with its protocol.

    Raises: DomainError for the sender's own roadmap, for a council without a protocol, for a
    protocol of a day ahead or of before the sending.
    """
    held = locked(roadmap)
    demand(policies.can_agree(actor, held))
    today = on or timezone.localdate()
    values: dict[str, object] = {"agreed_on": today, "agreed_by": actor.label[:200]}
    values["agreed_post"] = tidy(post)[:200]
    if held.agreement_by == AgreementBody.COUNCIL:
        paper = _demand_protocol(held, protocol, today)
        values |= {
            "protocol_number": paper.number[:40],
            "protocol_on": paper.on,
            "agreed_on": paper.on,
            "agreed_by": held.agreement_body,
        }
    return _move(actor, held, RoadmapState.AGREED, "roadmaps.agree", values)


def agree_many(
    *, actor: Actor, chosen: Sequence[Roadmap], post: str = "", on: date | None = None
) -> list[tuple[Roadmap, str]]:
    """Agree roadmaps of several institutions, each in its own scope and transaction.

    The caller has already decided that they lie on the actor's territory. Returns each with the
    sentence of the refusal, empty when it was agreed.
    """
    told = []
    for roadmap in chosen:
        try:
            with scope({roadmap.organisation_id}):
                told.append((agree(actor=actor, roadmap=roadmap, post=post, on=on), ""))
        except DomainError as error:
            told.append((roadmap, error.message))
    return told


@transaction.atomic
def close_roadmap(*, actor: Actor, roadmap: Roadmap, words: str, on: date | None = None) -> Roadmap:
    """The roadmap is over; it stays as it was. Raises: DomainError without a word on how it ended."""
    held = locked(roadmap)
    demand(policies.can_edit(actor, held.kind))
    said = tidy(words)[:500]
    if not said:
        raise DomainError("words_needed", "Напишите, чем закончилась карта.", field="words")
    values = {"closed_on": on or timezone.localdate(), "close_words": said}
    return _move(actor, held, RoadmapState.CLOSED, "roadmaps.close", values, reason=said)


def _move(
    actor: Actor,
    held: Roadmap,
    target: RoadmapState,
    action: str,
    values: Mapping[str, object],
    *,
    reason: str = "",
) -> Roadmap:
    """One step of the way with the fields that it sets, told to the journal."""
    demand_move(ROADMAP_TRANSITIONS, held.state, target, label=f"«{held.title}»")
    before = held.state
    held.state = target
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *values])
    record(
        actor=actor,
        action=action,
        subject=held,
        from_state=before,
        to_state=target,
        reason=reason,
    )
    return held


def _open_remarks(roadmap: Roadmap) -> int:
    return ItemComment.objects.filter(
        item__roadmap=roadmap, kind=CommentKind.REMARK, resolved=False
    ).count()


def _demand_protocol(roadmap: Roadmap, protocol: Protocol | None, today: date) -> Protocol:
    if protocol is None or not tidy(protocol.number):
        raise DomainError(
            "protocol_needed", "Впишите номер протокола совета.", field="protocol_number"
        )
    if protocol.on > today:
        raise DomainError("protocol_ahead", "Дата протокола ещё не наступила.", field="protocol_on")
    if protocol.on < roadmap.starts_on - timedelta(days=366):
        raise DomainError(
            "protocol_old", "Протокол старше карты на год: проверьте дату.", field="protocol_on"
        )
    return protocol
