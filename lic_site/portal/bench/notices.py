"""``notices``: 10,000 reminders planned and delivered by two workers, against smtplib; and whether
planning costs what is due rather than what exists.
"""

import email.policy
import pickle
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from email.utils import parseaddr
from itertools import batched
from pathlib import Path
from statistics import median

from celery import Celery
from django.db import connection
from django.utils import timezone

from lic_site.notices import services
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.postbox import Postbox
from lic_site.notices.renderer import render
from lic_site.portal.bench import offers, processes
from lic_site.portal.bench.figures import ROUNDS, Figure, interleaved

DUE = 10_000
PLANNED = 1_000
PAST = 20_000
WORKERS = 2


def notices(environment: Mapping[str, str]) -> Iterator[Figure]:
    """Figures ``deliver`` (messages a second) and ``plan`` (seconds)."""
    offers.make_due(PLANNED)
    yield planning()
    with connection.cursor() as cursor:
        cursor.execute("truncate programme_programme, accounts_person restart identity cascade")
    offers.make_due(DUE)
    yield delivery(environment)


def planning() -> Figure:
    """The same reminders planned beside so many past rows, and beside ten times as many."""
    offers.make_past(PAST, first=0)
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        seconds[1].append(planned_in())
        offers.make_past(9 * PAST, first=PAST)
        seconds[0].append(planned_in())
        offers.forget_past(first=PAST)
    return Figure(
        name="notices",
        case="plan",
        ours=median(seconds[0]),
        yardstick=median(seconds[1]),
        unit="s",
        reach=1.3,
        better="at most",
        sizes={"due": PLANNED, "rows": [10 * PAST, PAST], "rounds": ROUNDS},
    )


def planned_in() -> float:
    """Seconds to plan what is due; a first, unmeasured time warms the caches."""
    for _ in range(2):
        forget_plan()
        started = time.perf_counter()
        planned = services.plan(at=timezone.now())
        took = time.perf_counter() - started
        if planned != PLANNED:
            raise processes.NotReady(f"{planned} reminders planned, not {PLANNED}")
    forget_plan()
    return took


def forget_plan() -> None:
    """As if the clock had last planned an hour before the reminders fell due."""
    Notice.objects.exclude(key__startswith="past:").delete()
    services.plan(at=offers.due_at() - timedelta(hours=1))
    ReminderRule.objects.update(planned_until=offers.due_at() - timedelta(hours=1))


def delivery(environment: Mapping[str, str]) -> Figure:
    """Both against the same sink, in turn."""
    folder = Path(environment["VAR_DIR"])
    with ExitStack() as stack:
        sink = stack.enter_context(processes.mail_sink(folder, server="plain_sink"))
        env = {**environment, "EMAIL_URL": sink.url}
        for number in range(WORKERS):
            command = processes.worker_command(name=f"bench{number}")
            log = folder / "workers.log"
            stack.enter_context(processes.running(*command, env=env, log=log))
        queue = Celery(broker=environment["REDIS_URL"])
        files = rendered(folder)
        every_once: list[bool] = []
        ours, raw = interleaved(
            lambda: DUE / delivered_in(queue, sink, every_once),
            lambda: DUE / written_in(sink, files),
        )
    return Figure(
        name="notices",
        case="deliver",
        ours=ours,
        yardstick=raw,
        unit="messages/s",
        reach=0.2,
        better="at least",
        sizes={
            "messages": DUE,
            "workers": WORKERS,
            "connections": WORKERS,
            "rounds": ROUNDS,
            "sink": "aiosmtpd",
        },
        must={"each once, every round": all(every_once)},
    )


def delivered_in(queue: Celery, sink: processes.MailSink, every_once: list[bool]) -> float:
    """Seconds from planning to the last message settled; ``queue`` carries the nudge."""
    forget_plan()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze notices_notice")
    before = len(sink.message_ids())
    started = time.perf_counter()
    services.plan(at=timezone.now())
    queue.send_task("notices.deliver")
    waiting = Notice.objects.exclude(state="sent")
    processes.until(lambda: not waiting.exists(), seconds=900, what="the last message", every=0.1)
    took = time.perf_counter() - started
    ids = Counter(sink.message_ids()[before:])
    every_once.append(len(ids) == DUE and set(ids.values()) == {1})
    return took


def rendered(folder: Path) -> list[Path]:
    """The same messages as bytes, in one file for each connection."""
    forget_plan()
    services.plan(at=timezone.now())
    found = Notice.objects.select_related("recipient").prefetch_related("recipient__addresses")
    written = []
    with Postbox() as postbox:
        for notice in found.iterator(chunk_size=500):
            mail = postbox.as_mail(render(notice))
            sender = parseaddr(mail.from_email)[1]
            raw = mail.message(policy=email.policy.SMTP).as_bytes()
            written.append((sender, mail.to[0], raw))
    files = []
    for number, share in enumerate(batched(written, DUE // WORKERS, strict=True)):
        files.append(folder / f"raw{number}.pickle")
        files[-1].write_bytes(pickle.dumps(list(share)))
    return files


def written_in(sink: processes.MailSink, files: list[Path]) -> float:
    """Seconds for smtplib to write them all, one process for each connection."""
    senders = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "lic_site.portal.bench.raw_smtp", str(sink.port), str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for file in files
    ]
    for sender in senders:
        if sender.stdout is None or not sender.stdout.readline():
            raise processes.NotReady("A sender did not start.")
    started = time.perf_counter()
    for sender in senders:
        sender.communicate(b"go\n", timeout=300)
    return time.perf_counter() - started
