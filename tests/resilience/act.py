"""What happens on the site meanwhile: ``python -m tests.resilience.act send 200``.

``send N`` queues a message to each of N new people, each in its own transaction, and prints how
long the slowest took in seconds.
"""

import sys
import time
import uuid

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from lic_site.accounts.models import ContactAddress, Person  # noqa: E402
from lic_site.notices import services  # noqa: E402


def send(count: int) -> float:
    slowest = 0.0
    for number in range(count):
        started = time.monotonic()
        with transaction.atomic():
            at = timezone.now()
            person = Person.objects.create(given_name=f"Given{number}", created_at=at)
            ContactAddress.objects.create(
                person=person, email=f"{uuid.uuid4()}@example.org", is_primary=True
            )
            services.send("tests.reminder", to=person, about=person, at=at)
        slowest = max(slowest, time.monotonic() - started)
    return slowest


if __name__ == "__main__":
    print(send(int(sys.argv[2])))  # noqa: T201
