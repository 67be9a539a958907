"""``manage.py backup FILE``: database and files into one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lic_site.common.errors import Refusal
from lic_site.portal import backups


class Command(BaseCommand):
    help = (
        "Write database, private files and media into one .tar.gz. It holds personal data and no "
        "secret: keep SECRET_KEY, FIELD_KEYS and erasures.jsonl apart from it, and safe."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            manifest = backups.make(file, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(
                f"The backup could not be written ({error.strerror}): nothing was kept."
            ) from error
        megabytes = file.stat().st_size / 2**20
        self.stdout.write(f"{file}: {megabytes:.1f} MB, the state of {manifest.made_at}.")
