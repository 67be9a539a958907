"""Databases for real processes: one is migrated, each test gets a copy."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.resilience import house
from tests.support import stores


def _address(name: str) -> str:
    server = stores.postgres()
    assert server, "These tests need PostgreSQL."
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _run(statement: str) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with the site's tables and no rows."""
    name = f"lic_model_{uuid4().hex[:8]}"
    _run(f"create database {name}")
    try:
        house.migrate(_address(name), tmp_path_factory.mktemp("model"))
        yield name
    finally:
        _run(f"drop database {name} with (force)")


@pytest.fixture
def database(migrated: str) -> Iterator[str]:
    """The address of a fresh copy."""
    name = f"lic_harm_{uuid4().hex[:8]}"
    _run(f"create database {name} template {migrated}")
    try:
        yield _address(name)
    finally:
        _run(f"drop database {name} with (force)")


@pytest.fixture
def site(tmp_path: Path, database: str) -> Iterator[house.House]:
    """Redis, a mail server and a database; the test starts workers and clocks."""
    with house.built(tmp_path, database) as built:
        yield built
