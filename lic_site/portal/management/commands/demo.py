"""``manage.py demo [--size small|full] [--reset] [--json]``: a believable programme to try."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lic_site.portal.demo import build, people, reset


class Command(BaseCommand):
    help = "Load demonstration data, in which everybody is invented. It needs DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=["small", "full"], default="small")
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument("--json", action="store_true", help="print for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demonstration data is for trying things out: set DEMO=1 to load it. It is "
                "refused while SITE_URL is public."
            )
        if options["reset"]:
            reset.start_over()
        demo = build.build(at=timezone.now(), is_full=options["size"] == "full")
        if options["json"]:
            self.stdout.write(json.dumps(self._told(demo)))
        else:
            self._print(demo)

    def _told(self, demo: build.Demo) -> dict[str, Any]:
        personas = {persona.key: persona.email for persona in people.PERSONAS}
        return {
            "password": demo.password,
            "personas": personas,
            "addresses": demo.addresses,
        }

    def _print(self, demo: build.Demo) -> None:
        self.stdout.write(f"\n{settings.SITE_URL} – everybody here is invented.\n")
        for persona in people.PERSONAS:
            self.stdout.write(f"  {persona.email:<26} {persona.shows}")
        self.stdout.write(f"\nOne password for all: {demo.password}")
        for name, address in demo.addresses.items():
            self.stdout.write(f"  {name:<14} {settings.SITE_URL}{address}")
