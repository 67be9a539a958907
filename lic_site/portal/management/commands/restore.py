"""``manage.py restore FILE``: put a backup back, and put right what has happened since."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lic_site.common.errors import Refusal
from lic_site.portal import backups


class Command(BaseCommand):
    help = (
        "Replace database and files by those of a backup. Stop web, worker and beat first. "
        "Everybody is signed out, erasures since the backup are applied again, and messages due "
        "since then wait until staff release them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="even over a site with people")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            done = backups.restore(options["file"], at=timezone.now(), force=options["force"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Restored to the state of {done.made_at.isoformat()}. Erased again: "
            f"{done.erased_again}. Messages held for staff to release: {done.held}."
        )
