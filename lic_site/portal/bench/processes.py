"""Real processes for benchmarks and fault tests: started, awaited, ended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings


class NotReady(Exception):
    """Something that was waited for did not come in time."""


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def until(true: Callable[[], bool], *, seconds: float, what: str, every: float = 0.02) -> None:
    """Wait for a condition, looking again and again. Raises NotReady naming ``what``."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise NotReady(f"{what}: not within {seconds:g} s")
        time.sleep(every)


def answers(port: int) -> bool:
    """Whether anything accepts connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(
    *command: str, env: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in its own process group while the block lasts, then end the whole group."""
    with (log or Path("/dev/null")).open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - commands of ours
            command,
            env=None if env is None else dict(env),
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
        )
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes], *, how: signal.Signals = signal.SIGTERM) -> None:
    """End a process and its children; by force if they do not go within ten seconds."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to a process and to whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


@contextmanager
def redis_server(folder: str | Path, *, port: int | None = None) -> Iterator[str]:
    """A Redis of its own, empty, keeping nothing; yields its address."""
    port = port or free_port()
    with running(*redis_command(folder, port)):
        until(lambda: answers(port), seconds=10, what="redis-server")
        yield f"redis://127.0.0.1:{port}/0"


def redis_command(folder: str | Path, port: int) -> list[str]:
    """How that Redis is started."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise NotReady("redis-server is not installed")
    given = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", str(folder))
    return [binary, "--port", str(port), *given]


@contextmanager
def mail_sink(folder: Path, *, server: str = "sink") -> Iterator["MailSink"]:
    """An SMTP server in a process of its own that notes what it accepts: our ``sink``, which
    misbehaves on request, or ``plain_sink``, which is aiosmtpd and does not.
    """
    port = free_port()
    sink = MailSink(port, folder / "mail.log", folder / "mail.mode")
    with running(sys.executable, "-m", f"lic_site.portal.bench.{server}", *sink.arguments()):
        until(lambda: answers(port), seconds=10, what="the mail sink")
        yield sink


class MailSink:
    """What the sink's process has accepted, and how it is to behave from now on."""

    def __init__(self, port: int, log: Path, mode: Path) -> None:
        self.port, self.log, self.mode = port, log, mode
        self.log.touch()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?timeout=2"

    def arguments(self) -> list[str]:
        return [str(self.port), str(self.log), str(self.mode)]

    def behave(self, mode: str, times: int | None = None) -> None:
        """``ok``, ``4xx``, ``5xx``, ``hang``, ``drop`` (keeps the message, then goes without an
        answer); so many times, else until told otherwise.
        """
        fresh = self.mode.with_suffix(".new")
        fresh.write_text(mode if times is None else f"{mode} {times}")
        fresh.replace(self.mode)

    def refused(self, email: str) -> int:
        """How often we tried an address that is refused for ever: one at a domain that begins with
        ``nobody.``, where no mailbox is, or with ``unwilling.``, which takes nothing from us.
        """
        refused = self.mode.with_suffix(".refused")
        return refused.read_text().count(f"<{email}>") if refused.exists() else 0

    def message_ids(self) -> list[str]:
        """One for each message accepted, in order."""
        return self.log.read_text().splitlines()


def worker_command(*, name: str, concurrency: int = 1) -> list[str]:
    """How the Procfile's worker is started, under a name of its own."""
    return [
        *(sys.executable, "-m", "celery", "--app", "lic_site.celery", "worker"),
        *("--concurrency", str(concurrency), "--hostname", f"{name}@%h"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]


def beat_command(*, schedule: Path) -> list[str]:
    """How the Procfile's clock is started."""
    return [
        *(sys.executable, "-m", "celery", "--app", "lic_site.celery", "beat"),
        *("--loglevel", "WARNING", "--schedule", str(schedule)),
    ]
