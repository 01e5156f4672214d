"""Queries asked on every request, whose SQL Django builds once a process instead of each time.

Building the text of a small query costs several times its execution. Only tables without an owner
may be asked this way: a prepared text would outlive the scope that it was built in.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

from nastavnik.tenancy.scope import GuardedQuery, ScopeMissing

Row = list[Any] | tuple[Any, ...]


class Blank(Expression):
    """A place in a query for a value that comes when the query is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def fill(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared:
    """`Prepared(make)(name=value)`: the rows of `make()`, a `values_list` with blanks."""

    def __init__(self, make: "Callable[[], QuerySet[Any, Any]]") -> None:
        self._make = make
        self._known: dict[str, tuple[str, tuple[Any, ...], Any, Any]] = {}

    def __call__(self, **values: Any) -> list[Row]:
        sql, places, compiler, converters = self._text()
        filled = [place.fill(values) if isinstance(place, Blank) else place for place in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    def _text(self) -> tuple[str, tuple[Any, ...], Any, Any]:
        known = self._known.get(connection.vendor)
        if known is None:
            query = self._make().query
            if isinstance(query, GuardedQuery):
                raise ScopeMissing("rows of an organisation are never asked by a prepared query")
            compiler = query.get_compiler(connection=connection)
            sql, places = compiler.as_sql()
            converters = compiler.get_converters([column for column, _, _ in compiler.select])
            known = self._known[connection.vendor] = sql, tuple(places), compiler, converters
        return known
