"""Pages under the production server with demonstration data: signed out against a bare view,
signed in against a view with as many trivial queries. Last, the board of messages with 100,000.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person, User
from lic_site.notices.services import calendars
from lic_site.portal.bench import crowd, processes
from lic_site.portal.bench.figures import Figure, interleaved
from lic_site.portal.bench.start import manage
from lic_site.surveys.models import Release

SIGNED_OUT = 0.7
SIGNED_IN = 3.0
QUERIES = 12
WHO = 2
"""The queries that say who is signed in: session, user with person."""
CLIENTS, SECONDS = 4, 2.0
MESSAGES = 100_000
FILLED = (
    ("messages_of_100000", "/staff/messages/", "What needs you"),
    ("messages_of_100000_listed", "/staff/messages/all/", "Messages"),
    ("messages_of_100000_failed", "/staff/messages/all/?state=failed", "Messages"),
)


@dataclass(frozen=True)
class Case:
    name: str
    path: str
    words: str
    """What the page must say."""
    persona: str = ""
    for_one: bool = False
    """Drawn anew for whoever asks, though nobody is signed in."""


def pages(environment: Mapping[str, str]) -> Iterator[Figure]:
    """Signed out: requests a second. Signed in: the median's time, and its queries."""
    # The same keys as here, where people are signed in.
    keys = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEYS": ",".join(settings.FIELD_KEYS)}
    served = {**environment, **keys, "DEMO": "1", "WEB_WORKERS": "2"}
    addresses = _demonstration(served)
    board = addresses["under_review_cohort"]
    cases = [
        Case("home", "/", "Leadership"),
        Case("cohort", addresses["open_cohort"], "places"),
        Case("my", "/my/", "Home", "applicant"),
        Case("application", f"{addresses['open_cohort']}tasks/", "Your application", "applicant"),
        Case("reading", "/my/reading/", "Reading", "reader"),
        Case("staff", "/staff/", "Today", "college"),
        Case("messages", "/staff/messages/", "What needs you", "college"),
        Case("cohort_board", board, "Cohort", "college"),
        Case("selection", f"{board}selection/", "Selection", "college"),
        *_running(addresses["running_cohort"]),
        *_calendar("participant"),
    ]
    # This process draws each page once too, to count its queries.
    call_command("collectstatic", interactive=False, verbosity=0)
    sessions = {case.persona: _session(case.persona) for case in cases if case.persona}
    queries = {case.name: _queries(case, sessions) for case in cases}
    connection.close()
    manage(settings.BASE_DIR, served, "collectstatic", "--noinput")
    port = processes.free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:lic_site.server"]
    with processes.running(
        *gunicorn, "lic_site.portal.bench.wsgi", env={**served, "PORT": str(port)}
    ):
        processes.until(lambda: processes.answers(port), seconds=30, what="gunicorn")
        for case in cases:
            yield _figure(case, port, sessions.get(case.persona, ""), queries[case.name])
        people = list(Person.objects.filter(erased_at=None).order_by("pk"))
        crowd.messages(MESSAGES, to=people, at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze notices_notice")
        filled = [Case(*named, "college") for named in FILLED]
        queries = {case.name: _queries(case, sessions) for case in filled}
        connection.close()
        for case in filled:
            yield _figure(case, port, sessions[case.persona], queries[case.name])


def _running(board: str) -> Iterator[Case]:
    """The pages of a cohort that runs, for those whom it concerns."""
    cohort = Cohort.objects.get(slug=board.rstrip("/").rpartition("/")[2])
    led = cohort.sessions.live().filter(
        facilitators__person__user__email="facilitator@demo.example",
        starts_at__lte=timezone.now(),
    )
    session = f"/my/sessions/{led.latest('starts_at').pk}/"
    yield Case("my_cohort", f"/my/cohorts/{cohort.slug}/", cohort.name, "participant")
    yield Case("led_session", session, "Who is expected", "facilitator")
    yield Case("register", f"{session}register/", "Register", "facilitator")
    yield Case("running_cohort", board, cohort.name, "college")
    yield Case("people", f"{board}people/", "People", "college")
    yield Case("registers", f"{board}register/", "Register", "college")
    survey = Release.objects.filter(answered__gte=10).latest("made_at").wave_id
    yield Case("survey_results", f"/staff/surveys/{survey}/results/", "answered", "college")
    yield Case("certificate_check", "/certificates/check/", "certificate", "college")


def _calendar(persona: str) -> Iterator[Case]:
    """A person's calendar, as they see it and as their calendar reads it."""
    person = Person.objects.get(user__email=f"{persona}@demo.example")
    feed = calendars.turn_on(person=person, by=person, at=timezone.now())
    path = calendars.address(feed).removeprefix(settings.SITE_URL)
    yield Case("calendar", "/my/calendar/", "Your address", persona)
    yield Case("calendar_feed", path, "BEGIN:VEVENT", for_one=True)


def _demonstration(environment: Mapping[str, str]) -> dict[str, str]:
    """Where the demonstration's pages are."""
    manage(settings.BASE_DIR, environment, "createcachetable")
    command = [sys.executable, "manage.py", "demo", "--json"]
    done = subprocess.run(  # noqa: S603
        command, check=True, cwd=settings.BASE_DIR, env=dict(environment), capture_output=True
    )
    addresses: dict[str, str] = json.loads(done.stdout)["addresses"]
    return addresses


def _session(persona: str) -> str:
    user = User.objects.get(email=f"{persona}@demo.example")
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _queries(case: Case, sessions: Mapping[str, str]) -> int:
    """How many the page takes once it is warm; it must say what it should."""
    client = Client(headers={"host": "localhost:8000"})
    if case.persona:
        client.cookies["sessionid"] = sessions[case.persona]
    with override_settings(DEMO=True):
        client.get(case.path)
        with CaptureQueriesContext(connection) as seen:
            response = client.get(case.path)
    if response.status_code != 200 or case.words not in response.text:
        raise processes.NotReady(f"{case.path} answered {response.status_code}")
    return len(seen)


def _figure(case: Case, port: int, session: str, queries: int) -> Figure:
    for_one = case.for_one or bool(case.persona)
    measure = "median" if for_one else "rate"
    # Who is signed in is asked before either view.
    asked = queries - WHO if case.persona else queries
    yardstick = f"/bench/calibration/{asked}/" if for_one else "/bench/bare/"
    facts: dict[str, float] = {}

    def load(path: str, cookie: str, *, ours: bool) -> float:
        found = _load(port, path, cookie)
        if ours:
            facts["p95_ms"] = round(max(facts.get("p95_ms", 0), found["p95"]), 1)
            facts["requests_a_second"] = round(found["rate"], 1)
        return found[measure]

    for path in (case.path, yardstick):  # each worker compiles its templates and opens its doors
        _load(port, path, session)
    # A yardstick is asked with the same cookie: the session is read for both.
    ours, bare = interleaved(
        partial(load, case.path, session, ours=True), partial(load, yardstick, session, ours=False)
    )
    return Figure(
        name="pages",
        case=case.name,
        ours=ours,
        yardstick=bare,
        unit="ms" if for_one else "requests/s",
        reach=SIGNED_IN if for_one else SIGNED_OUT,
        better="at most" if for_one else "at least",
        sizes={"clients": CLIENTS, "seconds": SECONDS, "data": "small demonstration"},
        facts={**facts, "queries": queries},
        must={"few queries": queries <= QUERIES} if for_one else {},
    )


def _load(port: int, path: str, session: str) -> dict[str, float]:
    arguments = [str(port), path, session, str(CLIENTS), str(SECONDS)]
    command = [sys.executable, "-m", "lic_site.portal.bench.load", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    if found["wrong"]:
        raise processes.NotReady(f"{path}: {found['wrong']}")
    return found
