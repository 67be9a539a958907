"""People who chose a digest, and what is gathered for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.models import DeliveryPreference, Notice
from lic_site.notices.postbox import Postbox
from lic_site.notices.services import digests
from tests.lic_site.notices.support import NOW

AT_HALF_PAST_FOUR = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def wants_digest(person: Person) -> Person:
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=NOW)
    return person


def send(person: Person, kind: str = "tests.reminder", **values: Any) -> Notice:
    about = values.pop("about", person.organisation)
    services.send(kind, to=person, about=about, at=NOW, **values)
    return Notice.objects.exclude(kind__in=digests.NAMES).latest("pk")


def deliver() -> tuple[int, int, bool]:
    return services.deliver_batch(Postbox())


def digest(name: str = "notices.digest") -> Notice:
    return Notice.objects.get(kind=name)


def states(*notices: Notice) -> list[str]:
    return [Notice.objects.get(pk=each.pk).state for each in notices]
