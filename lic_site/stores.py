"""Databases, caches and queues, as settings take them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

WAIT = {"socket_timeout": 2, "socket_connect_timeout": 2}
"""Seconds that anyone waits for Redis."""


def database(url: str) -> dict[str, Any]:
    """One ``DATABASES`` entry from ``DATABASE_URL``."""
    try:
        entry: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=300, conn_health_checks=True)
        )
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        entry = {}
    engine = entry.get("ENGINE", "").rpartition(".")[2]
    if engine not in {"sqlite3", "postgresql"} or not entry.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: "
            "use postgres://user@host:5432/name or sqlite:////path/file."
        )
    if engine == "sqlite3":
        entry["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return entry


def caches(redis_url: str) -> dict[str, dict[str, Any]]:
    """``CACHES``: Redis where there is one, and a table of the database, which also counts sign-ins
    while Redis is away.
    """
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if not redis_url:
        return {"default": table, "spare": table}
    shared = {
        "BACKEND": "lic_site.common.cache.ForgivingRedisCache",
        "LOCATION": redis_url,
        # one try: the library's own default waits and tries again, up to a quarter of a minute
        "OPTIONS": {**WAIT, "retry": Retry(NoBackoff(), 0)},
    }
    return {"default": shared, "spare": table}


def background(redis_url: str) -> dict[str, dict[str, str]]:
    """``TASKS``: Wagtail's own background work (search index updates) runs as Celery tasks,
    published on commit, or at once where there is no Redis.
    """
    queued = "lic_site.common.background.CeleryOnCommit"
    at_once = "django_tasks.backends.immediate.ImmediateBackend"
    return {"default": {"BACKEND": queued if redis_url else at_once}}


def redis(url: str) -> str:
    """``REDIS_URL``, checked; empty for none."""
    if url and not url.startswith(("redis://", "rediss://")):
        raise ImproperlyConfigured("REDIS_URL does not start with redis:// or rediss://.")
    return url


def transport(redis_url: str, var_dir: Path) -> dict[str, Any]:
    """Celery's broker options: Redis, or files under ``var_dir``."""
    if redis_url:
        # Without max_retries whoever publishes to a Redis that is away sleeps 2 s and 4 s between
        # tries of its own. Workers and Beat reconnect for ever by another setting.
        return {"visibility_timeout": 600, "max_retries": 0, **WAIT}
    for folder in ("queue", "queue-control"):
        (var_dir / folder).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(var_dir / "queue"),
        "data_folder_out": str(var_dir / "queue"),
        "control_folder": str(var_dir / "queue-control"),
        "polling_interval": 0.1,
    }


def beat(ticks: Iterable[str], seconds: int) -> dict[str, dict[str, Any]]:
    """Celery Beat's schedule: every tick at this interval, dropped when it is late."""
    return {
        path: {
            "task": "common.run_tick",
            "schedule": seconds,
            "args": [path],
            "options": {"expires": max(seconds - 5, 1)},
        }
        for path in ticks
    }
