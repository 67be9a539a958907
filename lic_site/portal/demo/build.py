"""Put the demonstration together."""

from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort
from lic_site.accounts.models import User
from lic_site.portal.demo import (
    concerns,
    kept,
    mailings,
    messages,
    past,
    people,
    stages,
    surveys,
    worlds,
)

PLACES = {"home": "/", "my": "/my/", "staff": "/staff/", "manage": "/manage/", "mail": "/dev/mail/"}
SHOWN = {
    CohortState.OPEN: ("open_cohort", "programme:start"),
    CohortState.SELECTING: ("under_review_cohort", "programme:cohort"),
    CohortState.CONFIRMED: ("confirmed_cohort", "programme:cohort"),
    CohortState.RUNNING: ("running_cohort", "programme:cohort"),
    CohortState.ARCHIVED: ("archived_cohort", "programme:cohort"),
}


@dataclass(frozen=True)
class Demo:
    password: str
    addresses: dict[str, str]


def build(*, at: datetime, is_full: bool = False) -> Demo:
    """Build the demonstration unless it is there; in full, with five earlier years."""
    call_command("bootstrap", verbosity=0)
    password = kept.password()
    if User.objects.filter(email=people.PERSONAS[0].email).exists():
        _same_password(password)
    else:
        with transaction.atomic():
            personas = people.add_personas(password=password, at=at - stages.KNOWN_FOR)
            list(worlds.worlds(at, personas))
            mailings.mailings(personas["college"], at)
            concerns.build(at=at, personas=personas)
            messages.lay(at, personas)
        surveys.build(at=at, personas=personas)
    if is_full:
        past.fill(at=at)
    return Demo(password, _addresses())


def _addresses() -> dict[str, str]:
    cohorts = {cohort.state: cohort.slug for cohort in Cohort.objects.order_by("created_at", "pk")}
    return PLACES | {
        name: reverse(view, args=[cohorts[state]])
        for state, (name, view) in SHOWN.items()
        if state in cohorts
    }


def _same_password(password: str) -> None:
    """A database that outlived the file beside it gets the password that is printed."""
    first = User.objects.get(email=people.PERSONAS[0].email)
    if first.check_password(password):
        return
    first.set_password(password)
    addresses = [persona.email for persona in people.PERSONAS]
    User.objects.filter(email__in=addresses).update(password=first.password)
