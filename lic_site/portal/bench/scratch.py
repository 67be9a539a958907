"""A database, a queue and files that a benchmark may fill, apart from the site's own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lic_site.portal.bench import processes


@contextmanager
def stores() -> Iterator[dict[str, str]]:
    """Make them, point this process at the database, and yield the environment in which other
    processes use all three. Everything is removed at the end.
    """
    if connection.vendor != "postgresql":
        raise SystemExit(
            "Benchmarks measure the production stores: set DATABASE_URL to PostgreSQL."
        )
    real = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{real}_bench"
    with tempfile.TemporaryDirectory(prefix="lic-bench-") as folder:
        scratch = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{scratch}").geturl()
        try:
            with processes.redis_server(folder) as redis_url:
                call_command("createcachetable", verbosity=0)
                yield {
                    **os.environ,
                    "DATABASE_URL": url,
                    "REDIS_URL": redis_url,
                    "VAR_DIR": folder,
                    "SITE_URL": "http://localhost:8000",
                    "DEBUG": "0",
                    "LOG_LEVEL": "ERROR",
                    "NOTICE_QUIET_HOURS": "0",
                    "DJANGO_SETTINGS_MODULE": "lic_site.settings",
                }
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)
