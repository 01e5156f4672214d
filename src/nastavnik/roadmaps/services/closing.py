"""A line is settled by a person: done with a word, not applicable, open again; links and comments."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.models import (
    CommentKind,
    ItemComment,
    ItemState,
    Occurrence,
    RoadmapItem,
)
from nastavnik.roadmaps.services.common import demand_open, locked_item
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand

WEB = ("https://", "http://")


@transaction.atomic
def close_item_by_hand(
    *,
    actor: Actor,
    item: RoadmapItem,
    words: str,
    on: date | None = None,
    occurrence: Occurrence | None = None,
) -> RoadmapItem:
    """Mark a line, or one occurrence of it, done without a proof in the system.

    Raises: DomainError without a word of explanation or for a heading.
    """
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    today = on or timezone.localdate()
    said = tidy(words)
    if not said:
        raise DomainError("words_needed", "Напишите, чем подтверждается выполнение.", field="words")
    _demand_line(held)
    if occurrence is not None:
        return _close_occurrence(actor, held, occurrence, said, today)
    before = held.state
    held.state, held.hand_words, held.hand_by, held.hand_on = (
        ItemState.DONE_BY_HAND,
        said,
        actor.label[:200],
        today,
    )
    held.save(update_fields=["state", "hand_words", "hand_by", "hand_on"])
    record(
        actor=actor,
        action="roadmaps.item_by_hand",
        subject=held,
        from_state=before,
        to_state=held.state,
        reason=said,
    )
    return held


@transaction.atomic
def reopen_item(*, actor: Actor, item: RoadmapItem) -> RoadmapItem:
    """Take back what a person said of a line; its proofs are looked for again at once."""
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    if held.state not in {ItemState.DONE_BY_HAND, ItemState.NOT_APPLICABLE}:
        raise DomainError("not_by_hand", "Этот пункт не отмечали вручную, открывать нечего.")
    before = held.state
    held.state = ItemState.NOT_STARTED
    held.hand_words, held.hand_by, held.hand_on = "", "", None
    held.not_applicable_reason, held.not_applicable_on = "", None
    held.not_applicable_by_id = None
    held.save()
    record(
        actor=actor,
        action="roadmaps.item_reopen",
        subject=held,
        from_state=before,
        to_state=held.state,
    )
    reevaluate(organisation_id=held.organisation_id, on=timezone.localdate())
    held.refresh_from_db()
    return held


@transaction.atomic
def mark_not_applicable(*, actor: Actor, item: RoadmapItem, reason: str) -> RoadmapItem:
    """Ask to leave a line out; it counts only after another person agreed.

    Raises: DomainError without a reason, or for a line that is done.
    """
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    said = tidy(reason)
    if not said:
        raise DomainError("reason_needed", "Напишите, почему пункт не применим.", field="reason")
    _demand_line(held)
    if held.is_settled:
        raise DomainError("already_settled", "Этот пункт уже закрыт.")
    held.not_applicable_reason = said
    held.not_applicable_by_id = actor.user_id
    held.save(update_fields=["not_applicable_reason", "not_applicable_by_id"])
    record(actor=actor, action="roadmaps.item_not_applicable", subject=held, reason=said)
    return held


@transaction.atomic
def agree_not_applicable(
    *, actor: Actor, item: RoadmapItem, agreed: bool, words: str = "", on: date | None = None
) -> RoadmapItem:
    """The head or the level above agrees that a line does not apply, or says that it does.

    A line demanded from above is let go only by the level above. Nobody agrees to his own request.
    `words` stay with the line: of a refusal as a remark that the institution has to follow.

    Raises: DomainError when nobody asked, or for a refusal from above without a word.
    """
    held = locked_item(item)
    said = words.strip()[:4000]
    demand(policies.can_agree_not_applicable(actor, held))
    if not held.asks_not_applicable:
        raise DomainError("nobody_asked", "По этому пункту ничего не предлагали.")
    if not agreed and not said and policies.is_asked_above(held):
        raise DomainError("words_needed", "Напишите, почему пункт нужен.", field="words")
    if agreed:
        before = held.state
        held.state = ItemState.NOT_APPLICABLE
        held.not_applicable_on = on or timezone.localdate()
        record(
            actor=actor,
            action="roadmaps.item_not_applicable_agreed",
            subject=held,
            from_state=before,
            to_state=held.state,
            reason=held.not_applicable_reason,
        )
    else:
        record(
            actor=actor,
            action="roadmaps.item_applicable",
            subject=held,
            reason=said or held.not_applicable_reason,
        )
        held.not_applicable_reason, held.not_applicable_by_id = "", None
    held.save()
    if said:
        kind = CommentKind.COMMENT if agreed else CommentKind.REMARK
        comment_item(actor=actor, item=held, text=said, kind=kind)
    return held


@transaction.atomic
def set_link(*, actor: Actor, item: RoadmapItem, link: str) -> RoadmapItem:
    """Attach the address of a page (an empty one takes it away) and look for proofs again."""
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    address = link.strip()
    if address and (not address.startswith(WEB) or " " in address or len(address) > 500):
        raise DomainError(
            "link_wrong", "Впишите адрес страницы целиком, он начинается с https://", field="link"
        )
    held.link = address
    held.save(update_fields=["link"])
    record(actor=actor, action="roadmaps.item_link", subject=held, to_state="")
    reevaluate(organisation_id=held.organisation_id, on=timezone.localdate())
    held.refresh_from_db()
    return held


@transaction.atomic
def tick_checklist(*, actor: Actor, item: RoadmapItem, done: frozenset[int]) -> RoadmapItem:
    """Note which entries of the checklist are done, by their places from 0."""
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    wanted = [{**entry, "done": place in done} for place, entry in enumerate(held.checklist)]
    if wanted == held.checklist:
        return held
    held.checklist = wanted
    begun = any(entry["done"] for entry in wanted)
    if held.state == ItemState.NOT_STARTED and begun:
        held.state = ItemState.IN_PROGRESS
    elif held.state == ItemState.IN_PROGRESS and not begun and not held.evidence_words:
        held.state = ItemState.NOT_STARTED
    held.save(update_fields=["checklist", "state"])
    record(
        actor=actor,
        action="roadmaps.item_edit",
        subject=held,
        details={"fields": ["checklist"]},
    )
    return held


@transaction.atomic
def comment_item(
    *, actor: Actor, item: RoadmapItem, text: str, kind: str = CommentKind.COMMENT
) -> ItemComment:
    """Say something about a line. A remark waits for an answer."""
    demand(policies.can_comment(actor))
    said = text.strip()
    if not said:
        raise DomainError("text_needed", "Напишите комментарий.", field="text")
    comment = ItemComment(
        organisation_id=item.organisation_id,
        item=item,
        kind=kind,
        text=said[:4000],
        author=actor.label[:200],
        author_id=actor.user_id,
        version=item.roadmap.version,
    )
    comment.save()
    record(actor=actor, action="roadmaps.comment", subject=item, reason=said[:500])
    return comment


@transaction.atomic
def resolve_comment(*, actor: Actor, comment: ItemComment, answer: str = "") -> ItemComment:
    """Note that a remark was followed."""
    demand_open(actor, comment.item.roadmap)
    comment.resolved, comment.answer = True, tidy(answer)[:500]
    comment.save(update_fields=["resolved", "answer"])
    record(actor=actor, action="roadmaps.comment_done", subject=comment.item, reason=comment.answer)
    return comment


def _demand_line(item: RoadmapItem) -> None:
    if item.is_group:
        raise DomainError("is_group", "Это раздел: отмечают пункты внутри него.")


def _close_occurrence(
    actor: Actor, item: RoadmapItem, occurrence: Occurrence, words: str, on: date
) -> RoadmapItem:
    held: Occurrence = Occurrence.objects.select_for_update().get(pk=occurrence.pk, item=item)
    held.met_on, held.met_words, held.met_by_hand = on, words[:500], True
    held.save(update_fields=["met_on", "met_words", "met_by_hand"])
    rows = list(item.occurrences.all())
    met = [row for row in rows if row.met_on is not None]
    before = item.state
    if len(met) == len(rows):
        item.state, item.hand_words = ItemState.DONE_BY_HAND, words
        item.hand_by, item.hand_on = actor.label[:200], on
    else:
        item.state = ItemState.IN_PROGRESS
        item.evidence_words = f"{words} ({len(met)} из {len(rows)})"[:500]
        item.evidence_on = on
    item.save()
    record(
        actor=actor,
        action="roadmaps.item_by_hand",
        subject=item,
        from_state=before,
        to_state=item.state,
        reason=words,
        details={"occurrence": held.label},
    )
    return item
