"""The production web server: ``gunicorn --config python:lic_site.server lic_site.wsgi``.

Threads rather than an event loop: the pages wait on the database, and few wait at once.
"""

import os
import shutil
import tempfile
from typing import Any

from prometheus_client import multiprocess

# Counters are added up over the processes through files; read before prometheus_client is imported.
_counters = os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="counters-"))

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 8
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
max_requests = 10_000
max_requests_jitter = 1_000
loglevel = "warning"


def when_ready(_server: Any) -> None:
    address = os.environ.get("SITE_URL") or f"http://localhost:{os.environ.get('PORT', '8000')}"
    print(f"Serving {address}", flush=True)  # noqa: T201


def child_exit(_server: Any, worker: Any) -> None:
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    shutil.rmtree(_counters, ignore_errors=True)
