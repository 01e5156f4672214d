"""What the database itself enforces for every tenant table, installed after each `migrate`.

- PostgreSQL: row level security, forced also on the table's owner, on the row's own organisation.
- Both: a row never changes its organisation; a foreign key never leads into another organisation;
  a table declared `append_only` takes inserts only; rows declared by `frozen_rows` are final.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey

from nastavnik.tenancy.scope import Frozen, TenantModel

MISMATCH = "tenant_mismatch"
APPEND_ONLY = "append_only"
FROZEN = "frozen_row"


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete model owned by an organisation."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def append_only_tables() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create or renew all rules; safe to run again."""
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in build(existing):
            cursor.execute(statement)


def grants_to(role: str) -> Iterator[str]:
    """What the role that serves pages needs on PostgreSQL: rows, never the tables themselves."""
    name = '"' + role.replace('"', '""') + '"'
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"


def let_in(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the web role its rights on every table there is; a role not yet created gets them later."""
    if connection.vendor != "postgresql" or not role:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        for statement in grants_to(role):
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop SQLite's triggers before a migration: it rebuilds tables that triggers refer to."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _foreign_keys(model: type[TenantModel]) -> Iterator[tuple[str, str]]:
    """(column, table) of each key into another tenant table."""
    for name in model.tenant_keys():
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey) and field.column:
            yield field.column, field.related_model._meta.db_table


def frozen_models() -> list[tuple[type[TenantModel], Frozen]]:
    """Models with rows that become final, with the rule of each."""
    return [(model, model.frozen_rows) for model in tenant_models() if model.frozen_rows]


def _changed(model: type[TenantModel], rule: Frozen, differs: str) -> str:
    """SQL that is true for an update which a final row must not take."""
    values = ", ".join(f"'{value}'" for value in sorted(rule.values))
    columns = (field.column for field in model._meta.concrete_fields)
    changed = [
        f'NEW."{column}" {differs} OLD."{column}"'
        for column in columns
        if column not in rule.open_columns
    ]
    return f'NEW."{rule.column}" NOT IN ({values}) OR ' + " OR ".join(changed)


def _final(rule: Frozen) -> str:
    values = ", ".join(f"'{value}'" for value in sorted(rule.values))
    return f'OLD."{rule.column}" IN ({values})'


def _sqlite_frozen(existing: set[str]) -> Iterator[str]:
    for model, rule in frozen_models():
        table = model._meta.db_table
        if table not in existing:
            continue
        for event, also in (
            ("UPDATE", f" AND ({_changed(model, rule, 'IS NOT')})"),
            ("DELETE", ""),
        ):
            yield f'DROP TRIGGER IF EXISTS "{table}_frozen_{event.lower()}"'
            yield (
                f'CREATE TRIGGER "{table}_frozen_{event.lower()}" BEFORE {event} ON "{table}" '
                f"WHEN {_final(rule)}{also} BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )


def _postgresql_frozen(existing: set[str]) -> Iterator[str]:
    for model, rule in frozen_models():
        table = model._meta.db_table
        if table not in existing:
            continue
        raised = f"RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation'"
        yield (
            f'CREATE OR REPLACE FUNCTION "{table}_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$ '
            f"BEGIN IF {_final(rule)} THEN IF TG_OP = 'DELETE' THEN {raised}; END IF; "
            f"IF {_changed(model, rule, 'IS DISTINCT FROM')} THEN {raised}; END IF; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        yield f'DROP TRIGGER IF EXISTS "{table}_frozen" ON "{table}"'
        yield (
            f'CREATE TRIGGER "{table}_frozen" BEFORE UPDATE OR DELETE ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{table}_frozen"()'
        )


def _sqlite(existing: set[str]) -> Iterator[str]:
    for model in tenant_models():
        table = model._meta.db_table
        if table not in existing:
            continue
        wrong = " OR ".join(
            f'(NEW."{column}" IS NOT NULL AND (SELECT r.organisation_id FROM "{other}" r '
            f'WHERE r.id = NEW."{column}") IS NOT NEW.organisation_id)'
            for column, other in _foreign_keys(model)
        )
        yield f'DROP TRIGGER IF EXISTS "{table}_owner"'
        yield (
            f'CREATE TRIGGER "{table}_owner" BEFORE UPDATE OF organisation_id ON "{table}" '
            f"WHEN NEW.organisation_id IS NOT OLD.organisation_id "
            f"BEGIN SELECT RAISE(ABORT, '{MISMATCH}'); END"
        )
        for event in ("INSERT", "UPDATE"):
            yield f'DROP TRIGGER IF EXISTS "{table}_keys_{event.lower()}"'
            if wrong:
                yield (
                    f'CREATE TRIGGER "{table}_keys_{event.lower()}" BEFORE {event} ON "{table}" '
                    f"WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{MISMATCH}'); END"
                )
    for table in append_only_tables():
        if table not in existing:
            continue
        for event in ("UPDATE", "DELETE"):
            yield f'DROP TRIGGER IF EXISTS "{table}_append_{event.lower()}"'
            yield (
                f'CREATE TRIGGER "{table}_append_{event.lower()}" BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            )
    yield from _sqlite_frozen(existing)


def _postgresql(existing: set[str]) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION nastavnik_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for model in tenant_models():
        if model._meta.db_table in existing:
            yield from _postgresql_table(model)
    for table in append_only_tables():
        if table in existing:
            yield f'DROP TRIGGER IF EXISTS "{table}_append" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{table}_append" BEFORE UPDATE OR DELETE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION nastavnik_append_only()"
            )
    yield from _postgresql_frozen(existing)


def _postgresql_table(model: type[TenantModel]) -> Iterator[str]:
    table = model._meta.db_table
    visible = (
        "CASE WHEN current_setting('app.organisations', true) = '*' THEN true ELSE "
        "organisation_id = ANY(string_to_array("
        "NULLIF(current_setting('app.organisations', true), ''), ',')::bigint[]) END"
    )
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS organisation_rows ON "{table}"'
    yield f'CREATE POLICY organisation_rows ON "{table}" USING ({visible}) WITH CHECK ({visible})'
    checks = "".join(
        f'IF NEW."{column}" IS NOT NULL AND (SELECT r.organisation_id FROM "{other}" r '
        f'WHERE r.id = NEW."{column}") IS DISTINCT FROM NEW.organisation_id THEN '
        f"RAISE EXCEPTION '{MISMATCH}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        for column, other in _foreign_keys(model)
    )
    yield (
        f'CREATE OR REPLACE FUNCTION "{table}_keys"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP = 'UPDATE' AND NEW.organisation_id IS DISTINCT FROM OLD.organisation_id THEN "
        f"RAISE EXCEPTION '{MISMATCH}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"{checks}RETURN NEW; END $$"
    )
    yield f'DROP TRIGGER IF EXISTS "{table}_keys" ON "{table}"'
    yield (
        f'CREATE TRIGGER "{table}_keys" BEFORE INSERT OR UPDATE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{table}_keys"()'
    )
