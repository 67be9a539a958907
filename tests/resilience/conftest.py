"""Databases for real processes: one is migrated, each test gets a copy."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.resilience import house
from tests.support import stores
from tests.support.migrated import model


def _address(name: str) -> str:
    server = stores.postgres()
    assert server, "These tests need PostgreSQL."
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _run(statement: str) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(statement)


@pytest.fixture(scope="session")
def migrated(django_db_blocker: DjangoDbBlocker) -> str:
    """The name of a database with the site's tables and no rows of ours."""
    assert connection.vendor == "postgresql", "Run these with `make resilience`."
    with django_db_blocker.unblock():
        return model(connection)


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
