"""A whole site of real processes on stores of its own, to be harmed."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from lic_site.portal.bench import processes
from lic_site.portal.bench.processes import MailSink, until
from tests.support import stores

DEADLINE = 180
"""Seconds. Generous: it is what must never be reached, also on a busy machine."""

QUICK = {
    "TICK_SECONDS": "1",
    "NOTICE_LEASE_SECONDS": "6",
    "NOTICE_BACKOFF_SECONDS": "1",
    "NOTICE_DRAIN_SECONDS": "3",
    "DJANGO_SETTINGS_MODULE": "tests.resilience.settings",
    "SITE_URL": "http://localhost:8000",
    "LOG_LEVEL": "WARNING",
    "DEBUG": "0",
    "DEMO": "0",
}

type Process = subprocess.Popen[bytes]


@dataclass
class House:
    """Stores, a mail server, and the processes that were started on them."""

    folder: Path
    database: str
    redis_port: int
    sink: MailSink
    redis: Process
    stack: ExitStack
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            **QUICK,
            "DATABASE_URL": self.database,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "EMAIL_URL": self.sink.url,
            "VAR_DIR": str(self.folder / "var"),
            **self.more,
        }

    @property
    def log(self) -> Path:
        return self.folder / "processes.log"

    def worker(self, name: str = "one", *, concurrency: int = 1) -> Process:
        command = processes.worker_command(name=name, concurrency=concurrency)
        return self._start(*command)

    def beat(self, name: str = "one") -> Process:
        return self._start(*processes.beat_command(schedule=self.folder / f"beat-{name}"))

    def _start(self, *command: str) -> Process:
        running = processes.running(*command, env=self.env, log=self.log)
        return self.stack.enter_context(running)

    def send(self, count: int) -> float:
        """Queue so many messages from a process of its own; the seconds the slowest took."""
        return float(self.run("-m", "tests.resilience.act", "send", str(count)))

    def run(self, *arguments: str) -> str:
        """Run Python on this site to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.env,
            cwd=stores.HERE,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEADLINE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def meanwhile(self, *arguments: str) -> Process:
        """Start Python on this site and do not wait for it."""
        return self._start(sys.executable, *arguments)

    def count(self, query: str) -> int:
        """One number from the database."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(query.encode()).fetchone()
        assert row
        return int(row[0])

    def states(self) -> Counter[str]:
        """How many notices are in each state."""
        with psycopg.connect(self.database) as connection:
            found = connection.execute("select state, count(*) from notices_notice group by 1")
            return Counter({str(state): int(count) for state, count in found})

    def error(self) -> str:
        """What the notices say went wrong last."""
        with psycopg.connect(self.database) as connection:
            found = connection.execute("select distinct last_error from notices_notice")
            return " ".join(str(error) for (error,) in found)

    def delivered(self) -> Counter[str]:
        """How often each message reached the mail server."""
        return Counter(self.sink.message_ids())

    def wait_for(self, *, seconds: float = DEADLINE, **states: int) -> None:
        """Wait until the notices stand exactly so."""
        wanted = Counter(states)
        try:
            until(lambda: self.states() == wanted, seconds=seconds, what=str(states), every=0.1)
        except processes.NotReady as error:
            error.add_note(f"They stand so: {self.states()}.\n{self.log.read_text()[-3000:]}")
            raise

    def wait_until(self, holds: Callable[[], bool], *, what: str) -> None:
        until(holds, seconds=DEADLINE, what=what, every=0.2)

    def wait_for_mail(self, count: int) -> None:
        until(
            lambda: len(self.sink.message_ids()) >= count,
            seconds=DEADLINE,
            what=f"{count} messages",
        )

    def restart_redis(self) -> None:
        """Start it again, empty."""
        command = processes.redis_command(self.folder, self.redis_port)
        self.redis = self.stack.enter_context(processes.running(*command))
        until(lambda: processes.answers(self.redis_port), seconds=10, what="redis-server")


def kill(process: Process) -> None:
    """Pull the plug: the process and its children, without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


@contextmanager
def built(folder: Path, database: str, **more: str) -> Iterator[House]:
    """A site on this database, with Redis and a mail server, and no worker yet."""
    with ExitStack() as stack:
        sink = stack.enter_context(processes.mail_sink(folder))
        port = processes.free_port()
        redis = stack.enter_context(processes.running(*processes.redis_command(folder, port)))
        until(lambda: processes.answers(port), seconds=10, what="redis-server")
        yield House(folder, database, port, sink, redis, stack, more)


def migrate(database: str, folder: Path) -> None:
    """Lay the tables."""
    env = {**os.environ, **QUICK, "DATABASE_URL": database, "VAR_DIR": str(folder), "REDIS_URL": ""}
    for command in ("migrate", "createcachetable"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            env=env,
            cwd=stores.HERE,
            check=True,
            timeout=900,
        )
