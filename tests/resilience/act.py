"""What happens on the site meanwhile: ``python -m tests.resilience.act send 200``.

``send N`` queues a message to each of N new people, each in its own transaction, and prints how
long the slowest took in seconds. ``persist N`` does so too, trying again whatever the database
says, and prints how often it had to. ``release`` is what staff do after a restore.
"""

import sys
import time
import uuid

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from lic_site.accounts.models import ContactAddress, Person  # noqa: E402
from lic_site.notices import services  # noqa: E402


def send_one() -> None:
    """A person, an address and a message: all or nothing."""
    with transaction.atomic():
        at = timezone.now()
        person = Person.objects.create(given_name="Given", created_at=at)
        ContactAddress.objects.create(
            person=person, email=f"{uuid.uuid4()}@example.org", is_primary=True
        )
        services.send("tests.reminder", to=person, about=person, at=at)


def send(count: int) -> float:
    slowest = 0.0
    for _ in range(count):
        started = time.monotonic()
        send_one()
        slowest = max(slowest, time.monotonic() - started)
    return slowest


def persist(count: int) -> int:
    errors = done = 0
    while done < count:
        try:
            send_one()
        except (OperationalError, InterfaceError):
            errors += 1
            connection.close()
        else:
            done += 1
    return errors


def release() -> int:
    return services.release_parked(by=None, at=timezone.now())


if __name__ == "__main__":
    verb, *numbers = sys.argv[1:]
    print({"send": send, "persist": persist, "release": release}[verb](*map(int, numbers)))  # noqa: T201
