"""Text that is encrypted at rest: the database, its backups and its logs never hold the words."""

from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def cipher() -> MultiFernet:
    """The keys in use, newest first: it encrypts with the first and reads with any."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


class EncryptedTextField(models.TextField[str, str]):
    """A text field stored as a Fernet token. Cannot be searched, ordered or compared in SQL."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if text in {None, ""} else cipher().encrypt(text.encode()).decode()

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return value if value in {None, ""} else cipher().decrypt(value.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
