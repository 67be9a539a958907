"""Which stores, which browser and which calendar program answer on this machine."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

HERE = Path(__file__).resolve().parents[2]


def postgres() -> str | None:
    """The address of a PostgreSQL that lets us make databases: the environment's, or this
    machine's.
    """
    given = os.environ.get("DATABASE_URL", "")
    users = ("postgres", "root", os.environ.get("USER", ""))
    local = [f"postgres://{user}@127.0.0.1:5432/lic" for user in users if user]
    for url in [given, *local] if given.startswith("postgres") else local:
        try:
            server = urlsplit(url)._replace(path="/postgres").geturl()
            with psycopg.connect(server, connect_timeout=3) as connection:
                row = connection.execute(
                    "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
                ).fetchone()
        except psycopg.OperationalError:
            continue
        if row and row[0]:
            return url
    return None


def redis_server() -> str | None:
    """The address of a Redis: the environment's, or this machine's, from database 14 up."""
    url = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/14"
    try:
        redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3).ping()
    except redis.RedisError:
        return None
    return url


def chromium() -> str | None:
    """The path of a Chromium: ``CHROMIUM``, the system's, or one that Playwright has fetched."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    kept = Path.home() / ".cache/ms-playwright"
    fetched = sorted(kept.glob("chromium-*/chrome-*/chrome"))
    return str(fetched[-1]) if fetched else None


def calcurse() -> str | None:
    """The path of the calendar program calcurse."""
    return shutil.which("calcurse")
