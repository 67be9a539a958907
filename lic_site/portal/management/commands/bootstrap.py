"""``manage.py bootstrap [--admin EMAIL]``: a real site's first hour."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from lic_site.portal import first_hour


class Command(BaseCommand):
    help = (
        "Load what a new site needs: the 33 authorities, the programme, the pages, the editors' "
        "group. Safe to run again: what is there stays as it has been edited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin", metavar="EMAIL", help="who may then do everything else")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        at = timezone.now()
        for done in first_hour.load(at=at):
            if options["verbosity"] > 1:
                self.stdout.write(done)
        self.stdout.write("The site has what it needs to begin.")
