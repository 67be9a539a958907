"""Verbs about the other leadership programmes that people have done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cohorts.programme.enums import Route
from cohorts.programme.models import OtherRoute
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal

FIRST_YEAR = 1970


class AlreadyOnRecord(Refusal):
    """This is on record already."""


class WhichProgramme(Refusal):
    """Say which programme it was."""

    field = "title"


class YearNotYet(Refusal):
    """Enter the year in which it began, in four figures, this year at the latest."""

    field = "year"


@dataclass(frozen=True)
class Done:
    """One programme that somebody has done; ``title`` for one that is not among ``Route``."""

    route: Route
    title: str = ""
    year: int | None = None
    is_completed: bool = True

    def __str__(self) -> str:
        name = self.title or self.route.label
        about = [str(self.year)] if self.year else []
        about += [] if self.is_completed else ["not completed"]
        return f"{name} ({', '.join(about)})" if about else name


def done_of(route: OtherRoute) -> Done:
    """What a record says."""
    return Done(Route(route.route), route.title, route.year, route.is_completed)


@transaction.atomic
def record_route(*, person: Person, done: Done, by: Person, at: datetime) -> OtherRoute:
    """Write down that the person has done it.

    Raises AlreadyOnRecord, WhichProgramme, YearNotYet.
    """
    if done.route == Route.OTHER and not done.title:
        raise WhichProgramme
    if done.year is not None and not FIRST_YEAR <= done.year <= timezone.localdate(at).year:
        raise YearNotYet
    try:
        with transaction.atomic():
            recorded = OtherRoute.objects.create(**_values(person, done, at))
    except IntegrityError as twice:
        raise AlreadyOnRecord from twice
    audit.record("programme.route_recorded", by=by, at=at, thing=recorded, subject=person)
    return recorded


@transaction.atomic
def record_routes(*, done: Iterable[tuple[Person, Done]], by: Person | None, at: datetime) -> None:
    """As ``record_route``, for many at once, none of them on record. Raises IntegrityError."""
    recorded = OtherRoute.objects.bulk_create(
        [OtherRoute(**_values(person, one, at)) for person, one in done], batch_size=1_000
    )
    about = [(route, route.person) for route in recorded]
    audit.record_each("programme.route_recorded", by=by, at=at, about=about)


@transaction.atomic
def remove_route(*, route: OtherRoute, by: Person, at: datetime) -> None:
    """Take it out."""
    audit.record("programme.route_removed", by=by, at=at, thing=route, subject=route.person)
    route.delete()


def _values(person: Person, done: Done, at: datetime) -> dict[str, object]:
    return {
        "person": person,
        "route": done.route,
        "title": done.title if done.route == Route.OTHER else "",
        "year": done.year,
        "is_completed": done.is_completed,
        "recorded_at": at,
    }
