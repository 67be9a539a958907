"""A hostile environment: warnings are errors, sockets reach this machine alone, an undefined
template
variable fails, and the order is random.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from lic_site.accounts import append_only
from lic_site.surveys import published
from tests.support import mail, migrated, stores

pytest_plugins = ["tests.support.people"]


def pytest_configure(config: pytest.Config) -> None:
    # The processes that a test starts are the site itself, not this environment.
    os.environ["DJANGO_SETTINGS_MODULE"] = "lic_site.settings"


def left_out(config: pytest.Config) -> dict[str, str]:
    """The markers that cannot be tried here, each with the reason."""
    reasons = {}
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        reasons["postgres"] = "PostgreSQL is not in use"
    if not stores.chromium():
        reasons["browser"] = "no Chromium was found"
    if not stores.calcurse():
        reasons["calcurse"] = "calcurse was not found"
    if "resilience" not in config.option.markexpr:
        reasons["resilience"] = "run by `make resilience`"
    return reasons


def says_the_same_everywhere(item: pytest.Item) -> bool:
    """It asks no database, or asks whom every address answers, which no database decides."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db", "world"} & set(
        getattr(item, "fixturenames", ())
    )
    return not asks or item.path.is_relative_to(stores.HERE / "tests" / "architecture")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if says_the_same_everywhere(item):
            item.add_marker("once")
    reasons = left_out(config)
    gone = [item for item in items if any(item.get_closest_marker(name) for name in reasons)]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


def pytest_report_header(config: pytest.Config) -> list[str]:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    lines = [f"stores: {engine}, {'redis' if settings.REDIS_URL else 'no redis'}"]
    return lines + [f"left out: {name} ({reason})" for name, reason in left_out(config).items()]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Emptying tables between tests deletes row by row on SQLite, which the audit trail and
    published questionnaires refuse. The tests of that refusal put it back for themselves.
    """
    copy = ExitStack()
    with django_db_blocker.unblock():
        copy.enter_context(migrated.copied(connection))
        if connection.vendor == "sqlite":
            append_only.remove(connection)
            published.remove(connection)
    yield
    with django_db_blocker.unblock():
        copy.close()


@pytest.fixture
def sink() -> Iterator[mail.Sink]:
    """An SMTP server on this machine; ``sink.url`` is its ``EMAIL_URL``."""
    with mail.smtp_sink() as server:
        yield server
