"""Making a proposal and the curator's standing wishes about it."""

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.library.engine.compare import closeness
from nastavnik.matching import explain, policies, queries
from nastavnik.matching.engine.problem import DEFAULT_WEIGHTS
from nastavnik.matching.engine.propose import METHOD, VERSION, Proposal, propose
from nastavnik.matching.engine.weights import weights_fault
from nastavnik.matching.models import MatchRule, MatchRun, RuleKind
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

OPTIONS_KEPT = 8


@transaction.atomic
def make_proposal(
    *,
    actor: Actor,
    organisation: Organisation,
    on: date,
    taken_mentees: Collection[int] = (),
    used_places: Mapping[int, int] | None = None,
    weights: Mapping[str, int] | None = None,
) -> MatchRun:
    """Propose mentors to waiting mentees and keep the run with its input.

    `taken_mentees` already stand in an open pair, `used_places` counts a mentor's open mentees.
    Raises DomainError when the weights cannot be used.
    """
    demand(policies.can_match(actor))
    chosen = dict(weights or DEFAULT_WEIGHTS)
    if fault := weights_fault(chosen):
        raise DomainError("weights", fault)
    problem = queries.build_problem(
        on=on, taken_mentees=taken_mentees, used_places=used_places or {}, weights=chosen
    )
    run = MatchRun(
        organisation=organisation,
        created_by=actor.label,
        method=METHOD,
        version=VERSION,
        weights=chosen,
        problem=_plain(problem),
        result=result_of(propose(problem, closeness)),
    )
    run.save()
    record(
        actor=actor,
        action="matching.run",
        subject=run,
        details={"proposed": len(run.result["chosen"]), "left": len(run.result["unmatched"])},
    )
    return run


def result_of(proposal: Proposal) -> dict[str, Any]:
    """The proposal as stored: chosen pairs with reasons, those left over, the other choices."""
    return {
        "chosen": [
            {
                "mentee": fit.mentee,
                "mentor": fit.mentor,
                "form": fit.form,
                "fit": fit.total_0_100,
                "reasons": explain.fit_in_words(fit),
            }
            for fit in proposal.chosen
        ],
        "unmatched": [
            {"mentee": left.mentee, "reason": explain.unmatched_in_words(left)}
            for left in proposal.unmatched
        ],
        "options": {
            str(mentee): [
                {
                    "mentor": fit.mentor,
                    "form": fit.form,
                    "fit": fit.total_0_100,
                    "reasons": explain.fit_in_words(fit),
                }
                for fit in fits[:OPTIONS_KEPT]
            ]
            for mentee, fits in proposal.options.items()
        },
    }


def _plain(value: Any) -> Any:
    """The input as JSON with sorted collections, so that equal inputs are equal bytes."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@transaction.atomic
def set_rule(
    *, actor: Actor, mentee: MenteeProfile, mentor: MentorProfile, kind: RuleKind, reason: str
) -> MatchRule:
    """Lock or forbid a combination for all later proposals; each wish keeps its reason."""
    demand(policies.can_match(actor))
    if not reason.strip():
        raise DomainError("reason", "Напишите в двух словах, почему.", field="reason")
    rule: MatchRule
    rule, _ = MatchRule.objects.update_or_create(
        organisation_id=mentee.organisation_id,
        mentee=mentee,
        mentor=mentor,
        defaults={"kind": kind, "reason": reason.strip()},
    )
    record(actor=actor, action="matching.rule", subject=rule, to_state=kind, reason=reason)
    return rule


@transaction.atomic
def drop_rule(*, actor: Actor, rule: MatchRule) -> None:
    """Take a wish back."""
    demand(policies.can_match(actor))
    record(actor=actor, action="matching.rule_drop", subject=rule, from_state=rule.kind)
    rule.delete()
