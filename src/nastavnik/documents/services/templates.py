"""Templates of an organisation or a territory instead of the built-in blanks."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents import policies
from nastavnik.documents.engine.docx import Level, TemplateRefused, check_template
from nastavnik.documents.kinds import example_data, kind_of
from nastavnik.documents.models import DocumentTemplate
from nastavnik.documents.rendering import render
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import ScopeMissing, scoped_ids

TEMPLATE_LIMIT = 4 * 1024 * 1024
Owner = Organisation | Territory


@dataclass(frozen=True)
class TemplateReport:
    """What the check found: errors forbid the file, warnings do not."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def check_upload(*, kind: str, content: bytes) -> TemplateReport:
    """Judge a Word file as a template of the kind, and try it on invented data."""
    spec = kind_of(kind)
    if len(content) > TEMPLATE_LIMIT:
        return TemplateReport(("Файл больше 4 МБ. Уберите из него картинки.",), ())
    problems = check_template(content, spec.allowed_paths, spec.required_paths)
    errors = [problem.message for problem in problems if problem.level is Level.ERROR]
    warnings = [problem.message for problem in problems if problem.level is not Level.ERROR]
    if not errors:
        try:
            render(kind, content, example_data(kind))
        except (DomainError, TemplateRefused) as error:
            errors.append(str(error))
    return TemplateReport(tuple(errors), tuple(warnings))


@transaction.atomic
def upload_template(
    *, actor: Actor, kind: str, owner: Owner, file_name: str, content: bytes
) -> DocumentTemplate:
    """Keep a checked file as the next version; it is used after `activate_template`.

    Raises: DomainError naming everything that is wrong with the file.
    """
    demand(policies.can_replace_template(actor))
    _demand_own(owner)
    report = check_upload(kind=kind, content=content)
    if report.errors:
        raise DomainError("template_refused", " ".join(report.errors), field="file")
    last = _versions(owner, kind).order_by("-version").first()
    template = DocumentTemplate(
        kind=kind,
        version=last.version + 1 if last else 1,
        file=content,
        file_name=file_name[-200:],
        is_active=False,
        created_by=actor.label,
        **_place(owner),
    )
    template.save()
    _note(actor, template, owner, "documents.template_upload")
    return template


@transaction.atomic
def activate_template(*, actor: Actor, template: DocumentTemplate) -> DocumentTemplate:
    """Use this version from now on instead of the owner's former one."""
    demand(policies.can_replace_template(actor))
    owner = _owner(template)
    _versions(owner, template.kind).filter(is_active=True).update(is_active=False)
    template.is_active = True
    template.save(update_fields=["is_active"])
    _note(actor, template, owner, "documents.template_use")
    return template


@transaction.atomic
def retire_template(*, actor: Actor, template: DocumentTemplate) -> DocumentTemplate:
    """Go back to the template of the level above."""
    demand(policies.can_replace_template(actor))
    template.is_active = False
    template.save(update_fields=["is_active"])
    owner = _owner(template)
    _note(actor, template, owner, "documents.template_retire")
    return template


def _owner(template: DocumentTemplate) -> Owner:
    owner = template.organisation or template.territory
    assert owner is not None
    _demand_own(owner)
    return owner


def _demand_own(owner: Owner) -> None:
    """An organisation's template is changed only inside its scope."""
    ids = scoped_ids()
    if isinstance(owner, Organisation) and ids is not None and owner.pk not in ids:
        raise ScopeMissing("a template of an organisation outside the scope")


def _place(owner: Owner) -> dict[str, Owner]:
    return {"organisation" if isinstance(owner, Organisation) else "territory": owner}


def _versions(owner: Owner, kind: str) -> QuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.filter(kind=kind, **_place(owner)).defer("file")


def _note(actor: Actor, template: DocumentTemplate, owner: Owner, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=template,
        organisation=owner if isinstance(owner, Organisation) else None,
        to_state=f"{template.kind}, версия {template.version}",
    )
