"""``manage.py bootstrap [--admin EMAIL --name "FIRST LAST"]``: a real site's first hour."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from lic_site.accounts.enums import Role
from lic_site.accounts.services.people import find_or_add_person
from lic_site.accounts.services.roles import AlreadyHolds, grant_role
from lic_site.portal import first_hour

FIRST_ROLES = (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD)
FIRST_GRANT = timedelta(days=365)


class Command(BaseCommand):
    help = (
        "Load what a new site needs: the 33 authorities, the programme, the pages, the editors' "
        "groups. Safe to run again: what is there stays as it has been edited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin", metavar="EMAIL", help="who may then do everything else")
        parser.add_argument("--name", metavar="NAME", default="", help="that person's name")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        at = timezone.now()
        for done in first_hour.load(at=at):
            if options["verbosity"] > 1:
                self.stdout.write(done)
        if options["verbosity"]:
            self.stdout.write("The site has what it needs to begin.")
        if options["admin"]:
            self._welcome(options["admin"], options["name"], at)

    def _welcome(self, email: str, name: str, at: datetime) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(
                f"{email} is not an e-mail address: write it as name@example.org."
            ) from None
        given_name, _, family_name = (name.strip() or "First admin").partition(" ")
        person = find_or_add_person(
            email=email, given_name=given_name, family_name=family_name, by=None, at=at
        )
        starts_on = timezone.localdate(at)
        for role in FIRST_ROLES:
            try:
                grant_role(
                    person=person,
                    role=role,
                    starts_on=starts_on,
                    ends_on=starts_on + FIRST_GRANT,
                    by=None,
                    at=at,
                )
            except AlreadyHolds:
                continue
        self.stdout.write(
            f"{email} is Staff College admin and programme lead until "
            f"{starts_on + FIRST_GRANT:%d %B %Y}.\n"
            f"Next: create an account at {settings.SITE_URL}/accounts/signup/ with that address, "
            f"confirm it with the code that is sent, and set up a second step when asked. Then "
            f"open {settings.SITE_URL}/staff/."
        )
