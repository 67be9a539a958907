"""What happens on the site meanwhile: ``python -m tests.resilience.act send 200``.

``send N`` queues a message to each of N new people, each in its own transaction, and prints how
long the slowest took in seconds. ``persist N`` does so too, trying again whatever the database
says, and prints how often it had to. ``write N EMAIL …`` queues N more messages to each of these
people, of whom ``EMAIL,EMAIL`` has two addresses, the first being the main one. ``release`` is what
staff do after a restore.
"""

import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

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


def send(number: str) -> float:
    slowest = 0.0
    for _ in range(int(number)):
        started = time.monotonic()
        send_one()
        slowest = max(slowest, time.monotonic() - started)
    return slowest


def persist(number: str) -> int:
    errors = done = 0
    while done < int(number):
        try:
            send_one()
        except (OperationalError, InterfaceError):
            errors += 1
            connection.close()
        else:
            done += 1
    return errors


def write(number: str, *people: str) -> None:
    for emails in people:
        person = with_addresses(*emails.split(","))
        for _ in range(int(number)):
            letter = f"letter {person.notices.count()}"
            services.send("tests.reminder", to=person, about=person, at=timezone.now(), key=letter)


def with_addresses(*emails: str) -> Person:
    person = Person.objects.filter(addresses__email=emails[0]).first()
    if person is None:
        person = Person.objects.create(given_name="Given", created_at=timezone.now())
        for place, email in enumerate(emails):
            ContactAddress.objects.create(person=person, email=email, is_primary=place == 0)
    return person


def release() -> int:
    return services.release_parked(by=None, at=timezone.now())


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    verbs: dict[str, Callable[..., Any]] = {
        "send": send,
        "persist": persist,
        "write": write,
        "release": release,
    }
    print(verbs[verb](*words))  # noqa: T201
