"""Databases for real processes: one is migrated, each test gets a copy."""

import hashlib
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
def migrated(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The name of a database with the site's tables and no rows. ``--reuse-db`` keeps it."""
    keep = request.config.getoption("reuse_db")
    here = hashlib.sha256(str(stores.HERE).encode()).hexdigest()[:8]
    name = f"lic_model_{here if keep else uuid4().hex[:8]}"
    try:
        if not (keep and _exists(name)):
            _run(f"create database {name}")
            house.migrate(_address(name), tmp_path_factory.mktemp("model"))
        yield name
    finally:
        if not keep:
            _run(f"drop database if exists {name} with (force)")


def _exists(name: str) -> bool:
    with psycopg.connect(_address("postgres")) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [name])
        return found.fetchone() is not None


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
