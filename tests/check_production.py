"""Runs Django's deployment checks as production would start: no warning is let through."""

import os
import sys

from cryptography.fernet import Fernet

PRODUCTION = {
    "SITE_URL": "https://programme.example",
    "SECRET_KEY": "a-sample-that-is-long-enough-for-the-check-and-no-secret-0123456789",
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgres://lic@127.0.0.1:5432/lic",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "FROM_EMAIL": "Programme office <office@programme.example>",
    "DJANGO_SETTINGS_MODULE": "lic_site.settings",
}


def main() -> None:
    for name in ("DEBUG", "DEMO"):
        os.environ.pop(name, None)
    os.environ.update(PRODUCTION)
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])


if __name__ == "__main__":
    sys.exit(main())
