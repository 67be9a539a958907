"""Empty the database of the demonstration, whatever is in it, and lay its tables again."""

import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def start_over() -> None:
    """Only ever with ``DEMO``: the audit trail, which refuses deletion, goes too."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        raw: sqlite3.Connection = connection.connection
        raw.setconfig(sqlite3.SQLITE_DBCONFIG_RESET_DATABASE, True)  # noqa: FBT003
        raw.execute("VACUUM")
        raw.setconfig(sqlite3.SQLITE_DBCONFIG_RESET_DATABASE, False)  # noqa: FBT003
        connection.close()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
    shutil.rmtree(Path(settings.VAR_DIR) / "mail", ignore_errors=True)
