"""What documents of councils do when they are signed, cancelled or dropped."""

from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.councils.models import Council, Sitting
from nastavnik.councils.papers import PROTOCOL
from nastavnik.councils.queries import (
    ORDER_COUNCIL,
    ORDER_CREATIVE_GROUP,
    ORDER_WORKING_GROUP,
)
from nastavnik.councils.services import composition, sittings
from nastavnik.documents.effects import DocumentEffects, Link, register
from nastavnik.documents.models import Document


def register_all() -> None:
    for kind in (ORDER_WORKING_GROUP, ORDER_CREATIVE_GROUP, ORDER_COUNCIL):
        register(
            kind,
            DocumentEffects(
                checks=composition.check_composition,
                on_sign=composition.approve_composition,
                on_cancel=composition.fall_back,
                on_drop=composition.forget_draft,
                links=council_links,
            ),
        )
    register(
        PROTOCOL,
        DocumentEffects(
            checks=sittings.check_protocol,
            on_drop=sittings.forget_protocol,
            on_cancel=sittings.forget_protocol,
            links=sitting_links,
        ),
    )


def council_links(actor: Actor, document: Document) -> list[Link]:
    if not actor.can("councils.view"):
        return []
    found = Council.objects.filter(members__order=document).first()
    found = found or Council.objects.filter(draft_order=document).first()
    if found is None:
        return []
    where = {"org": document.organisation.slug, "pk": found.pk}
    return [Link("Открыть совет или группу", reverse("councils:card", kwargs=where))]


def sitting_links(actor: Actor, document: Document) -> list[Link]:
    if not actor.can("councils.view"):
        return []
    found = Sitting.objects.filter(protocol=document).first()
    if found is None:
        return []
    where = {"org": document.organisation.slug, "sitting_id": found.pk}
    return [Link("Открыть заседание", reverse("councils:sitting", kwargs=where))]
