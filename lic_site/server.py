"""The production web server: ``gunicorn --config python:lic_site.server lic_site.wsgi``.

Threads rather than an event loop: the pages wait on the database, and few wait at once.
"""

import os
from typing import Any

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
