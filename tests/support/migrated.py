"""A test database is a copy of one that has the site's tables. Laying those takes a minute, so it
is done once for each state of the migrations and kept: a file on SQLite, a database on PostgreSQL.
"""

import fcntl
import hashlib
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from tests.support.stores import HERE

KEPT = HERE / ".pytest_cache"
HASH = 12


def state() -> str:
    """Names what the tables hang on: every migration of ours, and the versions of the libraries."""
    found = hashlib.sha256((HERE / "uv.lock").read_bytes())
    for path in sorted(HERE.glob("*/**/migrations/*.py")):
        if ".venv" not in path.parts:
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:HASH]


class Store(ABC):
    """Where databases are kept and copied."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.copy: str = connection.creation._get_test_db_name()  # type: ignore[attr-defined]

    @property
    @abstractmethod
    def model(self) -> str:
        """The name of the database that is copied, for the present state."""

    @abstractmethod
    def others(self) -> list[str]:
        """Names of models for earlier states."""

    @abstractmethod
    def has(self, name: str) -> bool: ...

    @abstractmethod
    def rename(self, name: str, to: str) -> None: ...

    @abstractmethod
    def duplicate(self, name: str, to: str) -> None: ...

    @abstractmethod
    def drop(self, name: str) -> None: ...

    def use(self, name: str) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = name

    def lay(self) -> None:
        """Make the model, under another name until it is whole."""
        before = self.connection.settings_dict["NAME"]
        test = self.connection.settings_dict["TEST"]
        test["NAME"] = f"{self.model}_half"
        try:
            self.connection.creation.create_test_db(verbosity=0, autoclobber=True)
        finally:
            test["NAME"] = self.copy
            self.use(before)
        self.rename(f"{self.model}_half", self.model)


class Files(Store):
    @property
    def model(self) -> str:
        return str(KEPT / f"model-{state()}.sqlite3")

    def others(self) -> list[str]:
        return [str(path) for path in KEPT.glob("model-*.sqlite3") if str(path) != self.model]

    def has(self, name: str) -> bool:
        return Path(name).exists()

    def rename(self, name: str, to: str) -> None:
        Path(name).rename(to)

    def duplicate(self, name: str, to: str) -> None:
        shutil.copyfile(name, to)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)


class Databases(Store):
    PREFIX = f"lic_model_{hashlib.sha256(str(HERE).encode()).hexdigest()[:8]}_"

    @property
    def model(self) -> str:
        return self.PREFIX + state()

    def others(self) -> list[str]:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                "select datname from pg_database where datname like %s", [self.PREFIX + "%"]
            )
            return [name for (name,) in cursor.fetchall() if name != self.model]

    def has(self, name: str) -> bool:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [name])
            return cursor.fetchone() is not None

    def rename(self, name: str, to: str) -> None:
        self._run(f'alter database "{name}" rename to "{to}"')

    def duplicate(self, name: str, to: str) -> None:
        self.drop(to)
        self._run(f'create database "{to}" template "{name}"')

    def drop(self, name: str) -> None:
        self._run(f'drop database if exists "{name}" with (force)')

    def _run(self, statement: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(statement)


STORES: dict[str, type[Store]] = {"sqlite": Files, "postgresql": Databases}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several processes that test in this folder."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "model.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def laid(store: Store) -> str:
    """The name of the model, which is laid now if nobody has."""
    with one_at_a_time():
        if not store.has(store.model):
            for name in store.others():
                store.drop(name)
            store.lay()
    return store.model


def model(connection: BaseDatabaseWrapper) -> str:
    """The name of a database with the site's tables, to be copied and not touched."""
    return laid(STORES[connection.vendor](connection))


@contextmanager
def copied(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The connection stands on a copy of its own meanwhile."""
    store = STORES[connection.vendor](connection)
    before = connection.settings_dict["NAME"]
    name = laid(store)
    with one_at_a_time():
        store.duplicate(name, store.copy)
    store.use(store.copy)
    try:
        yield
    finally:
        store.use(before)
        store.drop(store.copy)
