"""``manage.py bench [NAME …]``: a line of JSON for each figure; 1 when a promise is broken."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from lic_site.portal.bench import BENCHMARKS, scratch


class Command(BaseCommand):
    help = "Measure benchmarks against their yardsticks, on a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))

    def handle(self, *_: Any, names: list[str], **__: Any) -> None:
        unknown = set(names) - set(BENCHMARKS)
        if unknown:
            raise CommandError(
                f"There is no benchmark called {', '.join(sorted(unknown))}. "
                f"There is: {', '.join(BENCHMARKS)}."
            )
        broken = 0
        for name in names or BENCHMARKS:
            with scratch.stores() as environment:
                for figure in import_string(BENCHMARKS[name])(environment):
                    self.stdout.write(figure.line())
                    self.stdout.flush()
                    broken += not figure.holds
        if broken:
            sys.exit(1)
