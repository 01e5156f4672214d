"""The institution's programme: composing the passport, approving it by an order."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs import order_data, passport, policies
from nastavnik.pairs.models import InstitutionProgramme, ProgrammeState
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

ORDER_PROGRAMME = "order_programme"
PUBLICATION_TERM = timedelta(days=10)


@transaction.atomic
def save_programme(
    *,
    actor: Actor,
    organisation: Organisation,
    title: str,
    forms: Sequence[str],
    role_models: Sequence[str],
    starts_on: date,
    ends_on: date,
    parameters: Mapping[str, str],
    network: Sequence[Mapping[str, str]] = (),
    programme: InstitutionProgramme | None = None,
) -> InstitutionProgramme:
    """Create or change a draft passport. Raises DomainError once it is on approval or approved."""
    demand(policies.can_edit_programme(actor))
    if programme is not None and programme.state != ProgrammeState.DRAFT:
        raise DomainError(
            "programme_closed", "Программа уже утверждается. Изменения вносят новой программой."
        )
    if not forms:
        raise DomainError("no_form", "Выберите хотя бы одну форму наставничества.", field="forms")
    if ends_on <= starts_on:
        text = "Программа должна закончиться позже, чем началась."
        raise DomainError("period", text, field="ends_on")
    kept = programme or InstitutionProgramme(organisation=organisation)
    kept.title, kept.forms, kept.role_models = title.strip(), list(forms), list(role_models)
    kept.starts_on, kept.ends_on = starts_on, ends_on
    known = {p.code for p in passport.parameters()}
    kept.parameters = {code: text.strip() for code, text in parameters.items() if code in known}
    kept.network = [dict(row) for row in network]
    kept.save()
    record(actor=actor, action="programme.save", subject=kept, to_state=kept.state)
    return kept


def missing_parameters(programme: InstitutionProgramme) -> list[str]:
    """Titles of the rows that must be filled before approval."""
    return [
        p.title
        for p in passport.parameters()
        if not p.after_completion and not programme.parameters.get(p.code, "").strip()
    ]


@transaction.atomic
def prepare_programme_order(
    *, actor: Actor, organisation: Organisation, programme: InstitutionProgramme
) -> Document:
    """Draft the order that approves the programme; the passport is its appendix."""
    demand(policies.can_prepare_orders(actor))
    if programme.state != ProgrammeState.DRAFT:
        raise DomainError("programme_closed", "Приказ об этой программе уже составлен.")
    missing = missing_parameters(programme)
    if missing:
        raise DomainError("passport", f"Заполните в паспорте: {'; '.join(missing)}.")
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_PROGRAMME,
        data=programme_data(organisation, programme),
        subject_id=programme.pk,
    )
    _move(actor, programme, ProgrammeState.TO_SIGN, order=document)
    return document


@transaction.atomic
def save_results(
    *, actor: Actor, programme: InstitutionProgramme, results: Mapping[str, str]
) -> InstitutionProgramme:
    """Fill the rows of the passport that are known only at the end of an approved programme."""
    demand(policies.can_edit_programme(actor))
    _demand_approved(programme)
    known = {p.code for p in passport.parameters() if p.after_completion}
    programme.parameters = {
        **programme.parameters,
        **{code: text.strip() for code, text in results.items() if code in known},
    }
    programme.save(update_fields={"parameters"})
    record(actor=actor, action="programme.results", subject=programme)
    return programme


@transaction.atomic
def finish_programme(*, actor: Actor, programme: InstitutionProgramme) -> InstitutionProgramme:
    """Finish an approved programme. Raises DomainError while a row of its results is empty."""
    demand(policies.can_edit_programme(actor))
    _demand_approved(programme)
    missing = [
        p.title
        for p in passport.parameters()
        if p.after_completion and not programme.parameters.get(p.code, "").strip()
    ]
    if missing:
        raise DomainError("results", f"Сначала заполните: {'; '.join(missing)}.")
    _move(actor, programme, ProgrammeState.FINISHED, order=programme.order)
    return programme


def _demand_approved(programme: InstitutionProgramme) -> None:
    if programme.state != ProgrammeState.APPROVED:
        raise DomainError("not_approved", "Итоги подводят по утверждённой программе.")


def programme_data(organisation: Organisation, programme: InstitutionProgramme) -> dict[str, Any]:
    """Merge data of the order and of the passport in its appendix."""
    on = order_data.today()
    network = "; ".join(f"{row['partner']}: {row['gives']}" for row in programme.network)
    return {
        "programme": {
            "title": programme.title,
            "network": network,
            **{p.code: programme.parameters.get(p.code, "") for p in passport.parameters()},
        },
        "starts_on": date_words(programme.starts_on),
        "publication_due": date_words(max(on, programme.starts_on) + PUBLICATION_TERM),
        "curator": order_data.curator_data(organisation, on),
        "basis": "",
        "control": "оставляю за собой",
        "acquaintance": [],
    }


def programme_of(document: Document) -> InstitutionProgramme:
    found: InstitutionProgramme = InstitutionProgramme.objects.get(pk=document.subject_id)
    return found


def check_programme_order(document: Document) -> list[Check]:
    missing = missing_parameters(programme_of(document))
    if missing:
        return [Check("bad", f"Не заполнено в паспорте: {'; '.join(missing)}")]
    return [Check("ok", "Паспорт заполнен")]


def approve_programme(actor: Actor, document: Document) -> Effect:
    programme = programme_of(document)
    _move(actor, programme, ProgrammeState.APPROVED, order=document)
    return Effect((f"Утверждена программа «{programme.title}».",))


def withdraw_programme(actor: Actor, document: Document) -> Effect:
    """Cancelled or dropped order: the passport can be changed again."""
    programme = programme_of(document)
    _move(actor, programme, ProgrammeState.DRAFT, order=None)
    return Effect((f"Программа «{programme.title}» снова в работе.",))


def current_programme() -> InstitutionProgramme | None:
    """The latest programme of the organisation in scope."""
    found: InstitutionProgramme | None = InstitutionProgramme.objects.first()
    return found


def _move(
    actor: Actor, programme: InstitutionProgramme, target: ProgrammeState, *, order: Document | None
) -> None:
    before, programme.state, programme.order = programme.state, target, order
    programme.save(update_fields={"state", "order"})
    record(
        actor=actor,
        action="programme.move",
        subject=programme,
        from_state=before,
        to_state=target,
    )
