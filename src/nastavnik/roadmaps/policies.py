"""Who may do what with a roadmap (PRODUCT.md § 3, invariant 18)."""

from nastavnik.accounts.actor import Actor
from nastavnik.roadmaps.audiences import audiences_of, is_of
from nastavnik.roadmaps.models import AgreementBody, Roadmap, RoadmapItem, RoadmapKind
from nastavnik.shared.verdict import Allowed, Denied, Verdict


def can_read(actor: Actor) -> Verdict:
    return actor.can("roadmaps.view")


def can_edit(actor: Actor, kind: str = RoadmapKind.INSTITUTION) -> Verdict:
    """The institution edits its own roadmap, never the territory; the scope keeps each to its rows.

    A municipal one is kept by those who work at the authority that owns it, or by the territory.
    """
    own = actor.can("roadmaps.edit")
    if kind == RoadmapKind.MUNICIPAL:
        return own or actor.can("roadmaps.municipal")
    return own


def can_comment(actor: Actor) -> Verdict:
    return actor.can("roadmaps.comment")


def can_agree(actor: Actor, roadmap: Roadmap) -> Verdict:
    """The level above agrees; a council agrees by a protocol that the institution notes down.

    Nobody agrees what he sent himself.
    """
    if roadmap.agreement_by == AgreementBody.COUNCIL:
        verdict = can_edit(actor, roadmap.kind)
        return verdict or actor.can("roadmaps.agree")
    if not (verdict := can_return(actor, roadmap)):
        return verdict
    return not_own(actor, roadmap)


def can_return(actor: Actor, roadmap: Roadmap) -> Verdict:
    """The level above; of several coordinators the one of the roadmap's direction."""
    if roadmap.agreement_by == AgreementBody.COUNCIL:
        return can_agree(actor, roadmap)
    kind, template = roadmap.organisation.kind, roadmap.template_code
    if actor.audiences and not is_of(actor.audiences, kind, template):
        others = ", ".join(sorted(audiences_of(kind, template)))
        return Denied(f"Эту карту согласует координатор другого направления: {others}.")
    return actor.can("roadmaps.agree")


def can_prepare_order(actor: Actor, roadmap: Roadmap) -> Verdict:
    """Whoever keeps the roadmap, or the head who will sign."""
    return can_edit(actor, roadmap.kind) or actor.can("roadmaps.approve")


def can_approve(actor: Actor, roadmap: Roadmap) -> Verdict:
    """By the signature of an order; one's own submission only after the level above agreed to it."""
    if roadmap.agreement_by == AgreementBody.COORDINATOR:
        return Allowed()
    return not_own(actor, roadmap)


def not_own(actor: Actor, roadmap: Roadmap) -> Verdict:
    if actor.user_id is not None and actor.user_id == roadmap.sent_by_id:
        return Denied(
            "Эту карту отправили вы сами. Согласовать её должен другой человек или координатор."
        )
    return Allowed()


def can_agree_not_applicable(actor: Actor, item: RoadmapItem) -> Verdict:
    """The head for a line of the institution's own, the level above for one that it demands."""
    verdict = actor.can("roadmaps.agree")
    if not verdict and not is_asked_above(item):
        verdict = actor.can("roadmaps.approve")
    if not verdict:
        return verdict
    if actor.user_id is not None and actor.user_id == item.not_applicable_by_id:
        return Denied("Это предложили вы сами. Согласовать должен другой человек.")
    return Allowed()


def is_asked_above(item: RoadmapItem) -> bool:
    """The level above demands the line, so only it lets the line go."""
    return item.upper_id is not None or item.roadmap.kind == RoadmapKind.MUNICIPAL


def is_topmost(roadmap: Roadmap) -> bool:
    """A municipal roadmap of the top of the tree: no territory above could agree it."""
    return (
        roadmap.kind == RoadmapKind.MUNICIPAL and roadmap.organisation.territory.parent_id is None
    )
