"""``manage.py tick``: every tick of the clock once, for cron or a look by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lic_site.common import ticks


class Command(BaseCommand):
    help = "Run every tick of the clock once: what Celery Beat asks for each minute."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if failed := ticks.run_all(at=timezone.now()):
            raise CommandError(f"These ticks failed, see the log: {', '.join(failed)}")
