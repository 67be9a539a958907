"""``growth``: each list and board of people at 100, 1,000 and 10,000 of them, against itself.

What is measured is the page as the production settings make it, in this process: the server and
the wire in front of it do not grow.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from lic_site.accounts.models import User
from lic_site.portal.bench import crowd, processes
from lic_site.portal.bench.figures import ROUNDS, Figure

SIZES = (100, 1_000, 10_000)
REACH = 2.0
"""How much longer ten times as many may take, from the middle size to the largest."""
REQUESTS = 5


@dataclass(frozen=True)
class Case:
    """A page and words that it shows at every size."""

    name: str
    path: str
    words: str


CASES = (
    Case("people", "/staff/people/", "Given"),
    Case("people_searched", "/staff/people/?q=Family7&sort=-employer", "Given"),
    Case("people_fourth_page", "/staff/people/?page=4", "Given"),
    Case("selection", f"/staff/cohorts/{crowd.CHOOSING}/selection/", "on the waiting list"),
    Case("cohorts", "/staff/cohorts/", "Cohort of the crowd"),
    Case("staff_home", "/staff/", "Today"),
    Case("messages", "/staff/messages/", "Messages"),
    Case("messages_listed", "/staff/messages/all/", "Given"),
    Case("messages_failed", "/staff/messages/all/?state=failed", "Given"),
    Case("messages_fourth_page", "/staff/messages/all/?page=4", "Given"),
    Case("messages_searched", "/staff/messages/all/?q=Family7&state=sent", "Given"),
    Case("messages_held", "/staff/messages/held/", "Messages that are held"),
    Case("cohort", f"/staff/cohorts/{crowd.RUNNING}/", "Cohort of the crowd"),
    Case("cohort_people", f"/staff/cohorts/{crowd.RUNNING}/people/", "Family"),
    Case("register", f"/staff/cohorts/{crowd.RUNNING}/register/", "Family"),
    Case("sessions", f"/staff/cohorts/{crowd.RUNNING}/dates/", "The first day"),
    Case("support_list", "/staff/may-need-support/", "support"),
)


def growth(_environment: Mapping[str, str]) -> Iterator[Figure]:
    """Milliseconds at the largest size over those at the middle one, which must not exceed
    ``REACH``; as many queries at every size; and the ratio to the smallest beside it.
    """
    with override_settings(DEBUG=False, DEMO=True, ALLOWED_HOSTS=["localhost"]):
        # Here, and first: whoever draws a page before has read that there are no files.
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("bootstrap", verbosity=0)
        measured: dict[str, list[tuple[float, int]]] = {case.name: [] for case in CASES}
        for size in SIZES:
            crowd.grow(size, at=timezone.now())
            _settle()
            client = _office()
            for case in CASES:
                measured[case.name].append(_measured(client, case))
    for case in CASES:
        yield figure(case.name, measured[case.name])


def figure(name: str, measured: list[tuple[float, int]]) -> Figure:
    """The figure of a page from its milliseconds and queries at each size."""
    (least, _), (middle, _), (most, _) = measured
    queries = [number for _, number in measured]
    return Figure(
        name="growth",
        case=name,
        ours=most,
        yardstick=middle,
        unit="ms",
        reach=REACH,
        better="at most",
        sizes={"people": SIZES, "rounds": ROUNDS},
        facts={
            "ms": [round(took, 2) for took, _ in measured],
            "queries": queries,
            "ratio_to_least": round(most / least, 2),
        },
        must={"as many queries": len(set(queries)) == 1},
    )


def _office() -> Client:
    """Signed in as somebody of Staff College."""
    user = User.objects.get(email=crowd.OFFICE)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _measured(client: Client, case: Case) -> tuple[float, int]:
    """The median milliseconds of a warm page, and its queries."""
    for _ in range(2):
        response = client.get(case.path)
    if response.status_code != 200 or case.words not in response.text:
        raise processes.NotReady(f"{case.path} answered {response.status_code}")
    queries = min(_queries(client, case) for _ in range(3))
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(REQUESTS):
            client.get(case.path)
        rounds.append((time.perf_counter() - began) * 1000 / REQUESTS)
    return median(rounds), queries


def _queries(client: Client, case: Case) -> int:
    """Once a second one more is asked: whether what is kept in memory still stands."""
    with CaptureQueriesContext(connection) as seen:
        client.get(case.path)
    return len(seen)


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
