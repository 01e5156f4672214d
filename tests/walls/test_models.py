"""Every row has an owner or a reason, every table its rules, every way round the scope its place."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

import nastavnik
from nastavnik.audit.models import AuditEvent, SystemEvent
from nastavnik.documents.models import Document, SignedIsFinal
from nastavnik.tenancy.scope import TenantModel, scope
from nastavnik.tenancy.walls import append_only_tables, tenant_models
from tests.walls.world import World, first_row, signed_document

SOURCES = Path(nastavnik.__file__).parent

# Models of ours that no institution owns, and why.
GLOBAL_MODELS: dict[str, str] = {
    "accounts.Invitation": "belongs to an account; only a hash",
    "accounts.RoleGrant": "is what decides about places, so it is read before there is one",
    "accounts.User": "a person may work in several institutions",
    "audit.SystemEvent": "events above institutions",
    "documents.DocumentTemplate": "inherited down the tree; holds no data of people",
    "library.Entry": "dictionaries of the federal level and of territories",
    "tenancy.Organisation": "the owner itself",
    "tenancy.Territory": "the tree itself",
}
# Where the scope is switched off: (file, how many times). A new place needs a reason here.
SWITCHED_OFF: dict[str, int] = {
    "documents/queries.py": 1,  # the QR code of a paper names no organisation
    "events/queries.py": 1,  # the QR code of a meeting names no organisation
    "informing/queries/slips.py": 1,  # the address of a class sheet names no organisation
    "pairs/queries/lent.py": 1,  # the link of a lent mentor names no organisation
    "pairs/queries/__init__.py": 1,  # the link of an answer names no organisation
    "roadmaps/queries/calendar.py": 1,  # the address of a calendar names no organisation
    "surveys/queries/__init__.py": 1,  # the link of an answer names no organisation
    "people/queries/consents.py": 1,  # the QR code of a blank names no organisation
}


def test_every_model_has_an_owner_or_a_reason() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("nastavnik.")]
    without = {m._meta.label for m in ours if not issubclass(m, TenantModel)}
    assert without == set(GLOBAL_MODELS)


def test_scope_is_switched_off_only_where_listed() -> None:
    found: dict[str, int] = {}
    for path in SOURCES.rglob("*.py"):
        name = path.relative_to(SOURCES).as_posix()
        if name == "tenancy/scope.py":
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and "scopes_disabled" in ast.unparse(node.func)
        ]
        if calls:
            found[name] = len(calls)
    assert found == SWITCHED_OFF


def test_every_owned_table_has_its_rules(db) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name || '_owner' FROM sqlite_master WHERE type = 'trigger'")
            suffix = "_owner"
        else:
            cursor.execute(
                "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
                "WHERE relrowsecurity AND relforcerowsecurity AND polname = 'organisation_rows'"
            )
            suffix = ""
        guarded = {row[0] for row in cursor.fetchall()}
    assert {f"{m._meta.db_table}{suffix}" for m in tenant_models()} <= guarded


def refused(sql: str, values: list) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_row_never_changes_its_owner_by_sql(world: World, model) -> None:
    row = first_row(model, world.own)
    sql = f'UPDATE "{model._meta.db_table}" SET organisation_id = %s WHERE id = %s'
    with scope({organisation.pk for organisation in world.organisations.values()}):
        assert refused(sql, [world.organisations["sibling"].pk, row.pk])


KEYS = [(model, name) for model in tenant_models() for name in model.tenant_keys()]


@pytest.mark.parametrize(
    ("model", "name"), KEYS, ids=[f"{model._meta.label}.{name}" for model, name in KEYS]
)
def test_key_never_leads_to_another_owner_by_sql(world: World, model, name: str) -> None:
    field = model._meta.get_field(name)
    mine = first_row(model, world.own)
    strange = first_row(field.related_model, world.organisations["sibling"])
    sql = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s'
    with scope({organisation.pk for organisation in world.organisations.values()}):
        assert refused(sql, [strange.pk, mine.pk])


@pytest.mark.parametrize("table", append_only_tables())
def test_journal_takes_no_change_by_sql(world: World, table: str) -> None:
    with scope({world.own.pk}), transaction.atomic():
        SystemEvent(actor_label="Система", action="tests.event", object_label="что").save()
        assert refused(f"UPDATE \"{table}\" SET reason = 'иначе'", [])
        assert refused(f'DELETE FROM "{table}"', [])


def test_journal_takes_no_change_by_models(world: World) -> None:
    with scope({world.own.pk}):
        event = AuditEvent.objects.first()
        with pytest.raises(TypeError):
            event.save()
        with pytest.raises(TypeError):
            event.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEvent.objects.all().delete()


def test_signed_document_takes_no_change(world: World) -> None:
    document = signed_document(world.own)
    with scope({world.own.pk}):
        document.title = "Иной"
        with pytest.raises(SignedIsFinal):
            document.save()
        with pytest.raises(SignedIsFinal):
            document.delete()
        with pytest.raises(SignedIsFinal):
            Document.objects.filter(pk=document.pk).update(data={})
        with pytest.raises(SignedIsFinal):
            Document.objects.filter(pk=document.pk).delete()


def test_file_of_a_signed_document_takes_no_change_by_sql(world: World) -> None:
    document = signed_document(world.own)
    with scope({world.own.pk}):
        assert refused("UPDATE documents_document SET title = 'иначе' WHERE id = %s", [document.pk])
        assert refused("DELETE FROM documents_document WHERE id = %s", [document.pk])
