"""Text that is encrypted at rest: the database, its backups and its logs never hold the words."""

import logging
from collections.abc import Iterator
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models, transaction

logger = logging.getLogger(__name__)

NO_TIME = 0
"""A Fernet token tells anybody, without the key, the second at which it was made. Ours all tell the
same one, since a moment can be joined to who was signed in.
"""


def cipher() -> MultiFernet:
    """The keys in use, newest first: it encrypts with the first and reads with any."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


class Unreadable(str):
    """What stands for a text whose key is missing. Saving it writes back what was stored, so that
    nothing is lost and the key may still be found.
    """

    __slots__ = ("stored",)
    stored: str

    def __new__(cls, stored: str) -> Self:
        made = super().__new__(cls, "(This text cannot be read: its key is missing.)")
        made.stored = stored
        return made


class EncryptedTextField(models.TextField[str, str]):
    """A text field stored as a Fernet token. Cannot be searched, ordered or compared in SQL."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.stored
        text = super().get_prep_value(value)
        if text in {None, ""}:
            return text
        return cipher().encrypt_at_time(text.encode(), NO_TIME).decode()

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        if value is None or not value:
            return value
        try:
            return cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            logger.error("encrypted text has no key", extra={"field": str(self)})  # noqa: TRY400
            return Unreadable(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(
                f"{self} is encrypted: it cannot be compared in the database, only asked whether "
                "it is null."
            )
        return super().get_lookup(lookup_name)


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the site."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def rotate() -> int:
    """Encrypt every stored text again with the newest key; returns how many. Afterwards the older
    keys can be taken out of ``FIELD_KEYS``. Raises InvalidToken at a text whose key is missing.
    """
    done = 0
    for model, field in encrypted_fields():
        rows = model._base_manager.annotate(
            stored=models.functions.Cast(field.name, models.TextField())
        )
        for pk in list(rows.exclude(stored=None).exclude(stored="").values_list("pk", flat=True)):
            with transaction.atomic():
                row = rows.select_for_update().filter(pk=pk).values_list("stored", flat=True)
                for stored in row:
                    turned = Unreadable(cipher().rotate(stored.encode()).decode())
                    model._base_manager.filter(pk=pk).update(**{field.name: turned})
                    done += 1
    return done
