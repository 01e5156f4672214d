"""Counting a page's own queries, the same on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def exactly(number: int) -> Iterator[None]:
    """Fail unless the block makes this many queries; telling PostgreSQL the scope is none."""
    with CaptureQueriesContext(connection) as captured:
        yield
    own = [query["sql"] for query in captured if "set_config" not in query["sql"]]
    assert len(own) == number, "\n".join(own)
