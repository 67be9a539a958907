"""How long the site takes from its process's start to its first answer, and what a worker weighs,
against a project fresh from ``wagtail start`` on the same database server.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from lic_site.portal.bench import processes
from lic_site.portal.bench.figures import ROUNDS, Figure

REACH = 1.5
WARM = 30
SETTINGS = """
from .base import *
import dj_database_url
DEBUG = False
SECRET_KEY = "a-bench-is-no-secret-" * 3
ALLOWED_HOSTS = ["*"]
DATABASES = {{"default": dj_database_url.parse("{url}", conn_max_age=300)}}
DATABASES["default"]["OPTIONS"] = {{"options": "-c search_path=bare"}}
STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
INSTALLED_APPS += ["django.contrib.postgres"]
"""


def start(environment: Mapping[str, str]) -> Iterator[Figure]:
    """Figures ``first_response`` (s) and ``memory`` (MiB a worker, after some requests)."""
    connection.close()
    manage(settings.BASE_DIR, environment, "collectstatic", "--noinput")
    with tempfile.TemporaryDirectory(prefix="lic-bare-") as folder:
        bare_environment = bare_project(Path(folder), environment)
        ours = partial(served, "lic_site.wsgi", dict(environment))
        yardstick = partial(served, "bare.wsgi", bare_environment, "--pythonpath", folder)
        runs: dict[str, list[tuple[float, float]]] = {"ours": [], "yardstick": []}
        for turn in range(ROUNDS):
            order = [("ours", ours), ("yardstick", yardstick)]
            for name, measure in order if turn % 2 == 0 else reversed(order):
                runs[name].append(measure())
    for number, (case, unit) in enumerate((("first_response", "s"), ("memory", "MiB a worker"))):
        yield Figure(
            name="start",
            case=case,
            ours=median(run[number] for run in runs["ours"]),
            yardstick=median(run[number] for run in runs["yardstick"]),
            unit=unit,
            reach=REACH,
            better="at most",
            sizes={"rounds": ROUNDS, "requests_before_weighing": WARM},
        )


def bare_project(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """A new Wagtail project, in a schema of its own beside our tables; its environment."""
    wagtail = [sys.executable, "-m", "wagtail.bin.wagtail", "start", "bare", str(folder)]
    subprocess.run(wagtail, check=True, capture_output=True)  # noqa: S603
    words = SETTINGS.format(url=environment["DATABASE_URL"])
    (folder / "bare/settings/bench.py").write_text(words)
    with connection.cursor() as cursor:
        cursor.execute("create schema bare")
    connection.close()
    bare = {**environment, "DJANGO_SETTINGS_MODULE": "bare.settings.bench"}
    manage(folder, bare, "migrate")
    return bare


def manage(folder: Path, environment: Mapping[str, str], *command: str) -> None:
    """Run a management command of the project in this folder."""
    whole = [sys.executable, "-W", "ignore", "manage.py", *command, "--verbosity", "0"]
    subprocess.run(whole, check=True, cwd=folder, env=dict(environment))  # noqa: S603


def served(application: str, environment: dict[str, str], *options: str) -> tuple[float, float]:
    """Seconds from a server's start to its first page, and its worker's weight in MiB."""
    port = processes.free_port()
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--threads", "8", "--worker-class", "gthread", *options),
    ]
    began = time.perf_counter()
    with processes.running(*gunicorn, env=environment) as server:
        processes.until(lambda: found(port), seconds=60, what=application)
        seconds = time.perf_counter() - began
        for _ in range(WARM):
            found(port)
        return seconds, weight(worker_of(server.pid))


def found(port: int) -> bool:
    """Whether the home page is there."""
    site = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        site.request("GET", "/", headers={"Host": urlsplit("http://localhost:8000").netloc})
        answer = site.getresponse()
        answer.read()
    except OSError:
        return False
    finally:
        site.close()
    if answer.status != 200:
        raise processes.NotReady(f"the home page answered {answer.status}")
    return True


def worker_of(server: int) -> int:
    """The one worker's process id."""
    return int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0])


def weight(process: int) -> float:
    """A process's proportional share of memory, in MiB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return kilobytes[0] / 1024
