"""Put the demonstration together."""

from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from lic_site.accounts.models import User
from lic_site.portal.demo import kept, people, programme

LONG_AGO = timedelta(days=200)
PLACES = {"home": "/", "my": "/my/", "staff": "/staff/", "manage": "/manage/", "mail": "/dev/mail/"}


def is_built() -> bool:
    return User.objects.filter(email=people.PERSONAS[0].email).exists()


def build(*, at: datetime) -> kept.Kept:
    """Build the demonstration unless it is there; gives its password and addresses."""
    known = kept.read()
    call_command("bootstrap", verbosity=0)
    if is_built():
        _same_password(known["password"])
    else:
        with transaction.atomic():
            personas = people.add_personas(password=known["password"], at=at - LONG_AGO)
            confirmed, reviewed, opened = programme.worlds(at, personas)
        known["addresses"] = PLACES | {
            "open_cohort": reverse("programme:start", args=[opened.slug]),
            "under_review_cohort": reverse("programme:cohort", args=[reviewed.slug]),
            "confirmed_cohort": reverse("programme:cohort", args=[confirmed.slug]),
        }
    kept.write(known)
    return known


def _same_password(password: str) -> None:
    """A database that outlived the file beside it gets the password that is printed."""
    first = User.objects.get(email=people.PERSONAS[0].email)
    if first.check_password(password):
        return
    first.set_password(password)
    addresses = [persona.email for persona in people.PERSONAS]
    User.objects.filter(email__in=addresses).update(password=first.password)
