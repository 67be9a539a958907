"""The database's own refusal of what may never happen, put in place by migrations.

``lifted`` is for whoever empties whole tables: a demonstration that is reset, a test database
between tests, a migration that lays a table anew (which on SQLite loses its triggers).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

type Statements = Mapping[str, Sequence[str]]
"""SQL by the vendor of the database."""


@dataclass(frozen=True)
class Refusals:
    """Triggers that belong together."""

    put: Statements
    take: Statements

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Refuse from now on."""
        _run(connection, self.put)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Let everything through from now on."""
        _run(connection, self.take)

    @contextmanager
    def lifted(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """Let everything through inside the block."""
        self.remove(connection)
        try:
            yield
        finally:
            self.install(connection)


def _run(connection: BaseDatabaseWrapper, statements: Statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
