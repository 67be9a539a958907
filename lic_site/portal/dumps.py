"""The database alone, out and in: by SQLite's own copying, or by PostgreSQL's own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from lic_site.common.errors import Refusal


class Failed(Refusal):
    """The database's own program said no."""


class NoProgram(Failed):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"The program {name} is not on this machine's PATH: install PostgreSQL's client "
            "programs, of the server's version or a newer one."
        )


def name() -> str:
    """The dump's name in a backup."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.sql"


def take(dump: Path) -> None:
    """Copy the database, as it is at one moment, while others go on using it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(dump)) as copy:
            connection.connection.backup(copy)
        return
    _run("pg_dump", "--format=plain", "--no-owner", "--no-privileges", f"--file={dump}")


def put_back(dump: Path) -> None:
    """Replace the whole database by the dump: all of it, or, where that fails, nothing. Raises
    Failed.
    """
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(dump)) as kept:
            if not _is_sound(kept):
                raise Failed("The database in the backup is damaged: nothing was changed.")
            connection.ensure_connection()
            kept.backup(connection.connection)
        connection.close()
        return
    connection.close()
    _run(
        "psql",
        *("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"),
        *("--output", os.devnull),
        "--command=DROP SCHEMA IF EXISTS public CASCADE",
        "--command=CREATE SCHEMA public",
        f"--file={dump}",
    )


def _is_sound(database: sqlite3.Connection) -> bool:
    try:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _run(program: str, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise NoProgram(program)
    where = connection.settings_dict
    environment = os.environ | {
        "PGHOST": str(where["HOST"]),
        "PGPORT": str(where["PORT"] or 5432),
        "PGUSER": str(where["USER"]),
        "PGPASSWORD": str(where["PASSWORD"]),
        "PGDATABASE": str(where["NAME"]),
        "PGSSLMODE": str(where["OPTIONS"].get("sslmode", "prefer")),
    }
    done = subprocess.run(  # noqa: S603 (our own words; the address and password in the environment)
        [found, *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{program} failed: {done.stderr.strip()[-500:]}")
