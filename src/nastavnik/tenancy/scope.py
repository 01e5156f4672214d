"""The first wall between institutions: a query without a scope raises (ADR 0002).

The scope is the set of organisation ids that the current work may touch. Without one nothing is
readable or writable; an empty set sees nothing; there is no value that means "all" except inside
`scopes_disabled`, which needs a written reason. On PostgreSQL the same set is handed to the
database, where row level security is the second wall (`tenancy.walls`).
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast

from django.db import connection, models
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound="TenantModel")


class ScopeMissing(RuntimeError):
    """Institution data was touched outside a scope, or a row outside the scope was written."""


class _Everything:
    """Marker for work over all institutions; never the default."""


_scope: ContextVar[frozenset[int] | _Everything | None] = ContextVar("organisations", default=None)
_memo: ContextVar[dict[str, Any] | None] = ContextVar("scope_memo", default=None)


def scoped_ids() -> frozenset[int] | None:
    """The organisations in scope; None when there is no scope or it is switched off."""
    current = _scope.get()
    return current if isinstance(current, frozenset) else None


def scope_memo() -> dict[str, Any] | None:
    """What the open scope remembers until it closes, so of one request or task; None without a scope."""
    return _memo.get()


@contextmanager
def _hold(value: frozenset[int] | _Everything) -> Iterator[None]:
    before = _scope.get()
    token, memo = _scope.set(value), _memo.set({})
    _tell_database(value)
    try:
        yield
    finally:
        _memo.reset(memo)
        _scope.reset(token)
        _tell_database(before)


def scope(organisation_ids: Collection[int]) -> Any:
    """Allow the given organisations only; nested scopes replace each other."""
    return _hold(frozenset(organisation_ids))


def scopes_disabled(*, reason: str) -> Any:
    """Allow every organisation: for migrations of data, fixtures and periodic work only."""
    if not reason.strip():
        raise ValueError("scopes_disabled needs a reason")
    return _hold(_Everything())


def _tell_database(value: frozenset[int] | _Everything | None) -> None:
    """Repeat the scope to PostgreSQL for row level security.

    The setting belongs to the session and not to the transaction, so that it also holds outside
    `atomic`; every scope writes it on entry and on exit, and a new connection starts with none.
    """
    if connection.vendor != "postgresql" or connection.needs_rollback:
        return
    if isinstance(value, _Everything):
        text = "*"
    else:
        text = ",".join(str(pk) for pk in sorted(value)) if value else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organisations', %s, false)", [text])


class GuardedQuery(Query):
    """The one door to SQL text: SELECT, COUNT, EXISTS, aggregates and subqueries ask for a compiler."""

    scope_missing: bool = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        if self.scope_missing:
            label = self.model._meta.label if self.model else "?"
            raise ScopeMissing(f"query on {label} without a scope")
        compiler: SQLCompiler = super().get_compiler(*args, **kwargs)
        return compiler


def check_writable(rows: "Iterable[TenantModel]") -> None:
    """Refuse rows outside the scope and rows that point at another organisation's row."""
    current = _scope.get()
    for row in rows:
        if not isinstance(current, _Everything) and (
            current is None or row.organisation_id not in current
        ):
            raise ScopeMissing(f"write to {row._meta.label} outside the scope")
        for name in row.tenant_keys():
            target = row._state.fields_cache.get(name)
            if target is not None and target.organisation_id != row.organisation_id:
                raise ScopeMissing(f"{row._meta.label}.{name} points at another organisation")


class TenantQuerySet(models.QuerySet[M]):
    """A queryset whose SQL exists only inside a scope."""

    def __init__(
        self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None
    ) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def _check_scope(self) -> None:
        if getattr(self.query, "scope_missing", False):
            raise ScopeMissing(f"bulk change of {self.model._meta.label} without a scope")

    def update(self, **kwargs: Any) -> int:
        self._check_scope()
        if {"organisation", "organisation_id"} & kwargs.keys():
            raise ScopeMissing("a row never changes its organisation")
        return super().update(**kwargs)

    def _raw_delete(self, using: str | None) -> int:
        self._check_scope()
        deleted: int = super()._raw_delete(using)
        return deleted

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        check_writable(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        rows = list(objs)
        check_writable(rows)
        if {"organisation", "organisation_id"} & set(fields):
            raise ScopeMissing("a row never changes its organisation")
        return super().bulk_update(rows, fields, batch_size=batch_size)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeMissing("raw SQL cannot be scoped; use a query function")


class TenantManager(models.Manager[M]):
    """Rows of the organisations in scope; a model with rules of its own names its queryset."""

    queryset_class: ClassVar[type[TenantQuerySet[Any]]] = TenantQuerySet

    def get_queryset(self) -> TenantQuerySet[M]:
        rows: TenantQuerySet[M] = self.queryset_class(
            self.model, using=self._db, hints=getattr(self, "_hints", None)
        )
        current = _scope.get()
        if isinstance(current, _Everything):
            return rows
        if current is None:
            cast("GuardedQuery", rows.query).scope_missing = True
            return rows
        if len(current) == 1:
            return rows.filter(organisation_id=next(iter(current)))
        return rows.filter(organisation_id__in=current)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeMissing("raw SQL cannot be scoped; use a query function")


@dataclass(frozen=True)
class Frozen:
    """Rows whose `column` holds one of `values` are final, but for the columns `open_columns`.

    Declared by a model as `frozen_rows`; the database itself refuses anything else (walls.py).
    """

    column: str
    values: frozenset[str]
    open_columns: frozenset[str]


class TenantModel(models.Model):
    """A row owned by one organisation."""

    organisation_id: int
    organisation = models.ForeignKey(
        "tenancy.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="учреждение",
    )
    objects: ClassVar[TenantManager[Any]] = TenantManager()

    append_only: ClassVar[bool] = False
    frozen_rows: ClassVar[Frozen | None] = None

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        check_writable([self])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        check_writable([self])
        return super().delete(*args, **kwargs)

    @classmethod
    def tenant_keys(cls) -> tuple[str, ...]:
        """Names of the foreign keys that lead to rows of the same kind of ownership."""
        found: tuple[str, ...] | None = cls.__dict__.get("_tenant_keys")
        if found is None:
            found = tuple(
                field.name
                for field in cls._meta.concrete_fields
                if isinstance(field, models.ForeignKey)
                and issubclass(field.related_model, TenantModel)
            )
            cls._tenant_keys = found  # type: ignore[attr-defined]
        return found
