"""``manage.py rotate_keys``: encrypt everything again with the newest of ``FIELD_KEYS``."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lic_site.common import fields

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = (
        "Encrypt every sealed text and second factor again with the first of FIELD_KEYS. "
        "Afterwards the older keys may be taken out."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            texts = fields.rotate()
            factors = _rotate_second_factors()
        except InvalidToken as error:
            raise CommandError(
                "A text cannot be read with any of FIELD_KEYS: put the missing key back at the "
                "end of the list and run this again."
            ) from error
        self.stdout.write(f"Encrypted again: {texts} texts, {factors} second factors.")


def _rotate_second_factors() -> int:
    adapter, done = get_adapter(), 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=pk)
            for name in SECRETS:
                if isinstance(sealed := row.data.get(name), str):
                    row.data[name] = adapter.encrypt(adapter.decrypt(sealed))
                    done += 1
            row.save(update_fields=["data"])
    return done
