"""The campaign of a school year and whom it tells."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.informing import audiences as plan
from nastavnik.informing import policies
from nastavnik.informing.audiences import Audience
from nastavnik.informing.calendar import campaign_year
from nastavnik.informing.models import Gathering, InformingCampaign
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, OrganisationKind


@transaction.atomic
def open_campaign(*, actor: Actor, organisation: Organisation, on: date) -> InformingCampaign:
    """Open the year with its first audiences and the gatherings that usually prove them.

    An open one is returned as it is: two presses of the button do no harm.
    """
    demand(policies.can_edit(actor))
    year = campaign_year(on)
    found: InformingCampaign | None = InformingCampaign.objects.filter(school_year=year).first()
    if found is not None:
        return found
    campaign = InformingCampaign(
        organisation=organisation,
        school_year=year,
        audiences=[str(audience) for audience in plan.told_first(organisation.kind)],
        created_by=actor.label,
        created_on=on,
    )
    campaign.save()
    for audience, kind in plan.slots(organisation.kind):
        Gathering(
            organisation=organisation,
            campaign=campaign,
            audience=audience,
            kind=kind,
            title=_own_name(organisation, kind),
            chair=organisation.head_name if kind in _LED_BY_HEAD else "",
            created_by=actor.label,
        ).save()
    record(actor=actor, action="informing.open", subject=campaign)
    return campaign


@transaction.atomic
def choose_audiences(
    *, actor: Actor, organisation: Organisation, campaign: InformingCampaign, codes: Sequence[str]
) -> InformingCampaign:
    """Settle whom the campaign tells; an audience that has a date or a protocol stays.

    Raises: DomainError when nobody is left, or somebody already told is dropped.
    """
    demand(policies.can_edit(actor))
    chosen = [audience for audience in plan.offered(organisation.kind) if audience in set(codes)]
    if not chosen:
        raise DomainError("nobody", "Отметьте хотя бы одну аудиторию.", field="codes")
    dropped = [code for code in campaign.audiences if code not in chosen]
    gatherings = Gathering.objects.filter(campaign=campaign, audience__in=dropped)
    told = [row for row in gatherings if row.on or row.protocol_id or row.protocol_number]
    if Audience.OUTSIDE in dropped and campaign.publications.exists():
        raise DomainError(
            "already_told", "О программе уже написали в СМИ: эта аудитория остаётся.", field="codes"
        )
    if told:
        raise DomainError(
            "already_told",
            f"Здесь уже назначена или прошла встреча: {Audience(told[0].audience).label}. "
            "Сначала удалите её.",
            field="codes",
        )
    gatherings.delete()
    campaign.audiences = [str(audience) for audience in chosen]
    campaign.save(update_fields=["audiences"])
    record(actor=actor, action="informing.audiences", subject=campaign)
    return campaign


def _own_name(organisation: Organisation, kind: str) -> str:
    is_college = organisation.kind == OrganisationKind.COLLEGE
    return plan.STUDENT_BODY if is_college and kind == plan.GatheringKind.STUDENT_COUNCIL else ""


_LED_BY_HEAD = frozenset({plan.GatheringKind.TEACHERS_COUNCIL, plan.GatheringKind.ADMIN_COUNCIL})
