"""A setting that is missing or malformed stops the start with a sentence that names it."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from lic_site import stores
from lic_site.env import Env, mailer, webhook
from tests.check_production import PRODUCTION

ROOT = Path(settings.BASE_DIR)
KEPT = {"PATH": os.environ["PATH"]}


def load(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> dict[str, Any]:
    """The settings as they would be in this environment."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in {**KEPT, **values}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "lic_site" / "settings.py"))


def test_production_starts_with_all_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded = load(monkeypatch, PRODUCTION | {"VAR_DIR": str(tmp_path)})
    assert loaded["PRODUCTION"]
    assert not loaded["DEBUG"]
    assert loaded["SECURE_SSL_REDIRECT"]
    assert loaded["SESSION_COOKIE_SECURE"]
    assert loaded["ALLOWED_HOSTS"] == ["programme.example"]
    assert loaded["CACHES"]["default"]["BACKEND"].endswith("ForgivingRedisCache")
    assert not (tmp_path / "secrets.json").exists(), "production makes no secret of its own"


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "FROM_EMAIL"]
)
@pytest.mark.parametrize("blank", [True, False], ids=["empty", "missing"])
def test_production_does_not_start_without(
    name: str, blank: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {k: v for k, v in PRODUCTION.items() if k != name} | ({name: " "} if blank else {})
    with pytest.raises(ImproperlyConfigured, match=rf"^Set {name} in the environment"):
        load(monkeypatch, values)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SITE_URL", "programme.example", "SITE_URL is not an address that starts with"),
        ("SITE_URL", "ftp://programme.example", "SITE_URL is not an address that starts with"),
        ("SITE_URL", "https://", "SITE_URL is not an address"),
        ("SITE_URL", "http://programme.example", "it must start with https://"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 50 characters"),
        ("FIELD_KEYS", "nonsense", "FIELD_KEYS holds a key that is not"),
        ("FIELD_KEYS", ",", "FIELD_KEYS is empty"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL is not understood"),
        ("DATABASE_URL", "mysql://lic@db/lic", "DATABASE_URL is not understood"),
        ("DATABASE_URL", "postgres://lic@db", "DATABASE_URL is not understood"),
        ("DATABASE_URL", "postgres://lic@db:port/lic", "DATABASE_URL is not understood"),
        ("REDIS_URL", "http://redis", "REDIS_URL does not start with redis://"),
        ("EMAIL_URL", "mail.example", "EMAIL_URL is not understood"),
        ("EMAIL_URL", "smtp://", "EMAIL_URL is not understood"),
        ("EMAIL_URL", "smtp://mail.example:port", "EMAIL_URL has a port or timeout"),
        ("EMAIL_URL", "smtp://mail.example?timeout=x", "EMAIL_URL has a port or timeout"),
        ("EMAIL_URL", "anymail://pigeon", "EMAIL_URL is not understood"),
        ("MAIL_WEBHOOK_SECRET", "x", "MAIL_WEBHOOK_SECRET is of use only where EMAIL_URL is"),
        ("FROM_EMAIL", "Programme office", "FROM_EMAIL is not understood"),
        ("DEBUG", "maybe", "DEBUG is 'maybe': use 1 or 0"),
        ("DEBUG", "1", "DEBUG=1 is refused while SITE_URL is public"),
        ("DEMO", "yes", "DEMO=1 is refused while SITE_URL is public"),
        ("ALLOWED_HOSTS", "programme.example,*", "ALLOWED_HOSTS lets every host name in"),
        ("TRUSTED_PROXY_COUNT", "one", "TRUSTED_PROXY_COUNT is 'one': use a whole number"),
        ("TRUSTED_PROXY_COUNT", "-1", "TRUSTED_PROXY_COUNT is -1: use 0 or more"),
        ("UPLOAD_LIMIT_MB", "0", "UPLOAD_LIMIT_MB is 0: use 1 or more"),
        ("TICK_SECONDS", "0", "TICK_SECONDS is 0: use 1 or more"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD'"),
        ("SENTRY_DSN", "nonsense", "SENTRY_DSN is not understood"),
    ],
)
def test_production_does_not_start_with(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        load(monkeypatch, PRODUCTION | {name: value})


def test_a_secret_is_never_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        with pytest.raises(ImproperlyConfigured) as refused:
            load(monkeypatch, PRODUCTION | {name: "hunter2"})
        assert "hunter2" not in str(refused.value)


def test_the_process_itself_stops() -> None:
    values = {k: v for k, v in PRODUCTION.items() if k != "SECRET_KEY"}
    ended = subprocess.run(
        [sys.executable, "-c", "import lic_site.settings"],
        env=KEPT | values,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "Set SECRET_KEY in the environment" in ended.stderr.splitlines()[-1]


def test_the_embedded_default_needs_nothing_and_keeps_its_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = load(monkeypatch, {"VAR_DIR": str(tmp_path)})
    again = load(monkeypatch, {"VAR_DIR": str(tmp_path)})
    assert not first["PRODUCTION"]
    assert first["SECRET_KEY"] == again["SECRET_KEY"]
    assert first["FIELD_KEYS"] == again["FIELD_KEYS"]
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert first["DATABASES"]["default"]["NAME"] == str(tmp_path / "lic.sqlite3")
    assert first["CELERY_BROKER_URL"] == "filesystem://"


def test_the_clock_is_every_tick_dropped_when_late(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(monkeypatch, PRODUCTION)
    assert set(loaded["CELERY_BEAT_SCHEDULE"]) == set(loaded["TICKS"])
    entry = next(iter(loaded["CELERY_BEAT_SCHEDULE"].values()))
    assert (entry["schedule"], entry["options"]) == (60, {"expires": 55})
    assert stores.beat(["a"], 2)["a"]["options"] == {"expires": 1}


def test_values_are_typed() -> None:
    env = Env({"A": " x ", "B": "off", "C": "a, b,,c", "D": "7"})
    assert env.text("A") == "x"
    assert env.flag("B", default=True) is False
    assert env.flag("Z", default=True) is True
    assert env.words("C", []) == ["a", "b", "c"]
    assert env.words("Z", ["d"]) == ["d"]
    assert env.number("D", 1) == 7


def test_mail_may_go_by_several_ways() -> None:
    options: Any = mailer("smtp+tls://me:p%40ss@mail.example?timeout=3")["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (587, True, False)
    assert (options["username"], options["password"], options["timeout"]) == ("me", "p@ss", 3)
    assert mailer("anymail://postmark?SERVER_TOKEN=x")["OPTIONS"] == {"SERVER_TOKEN": "x"}
    assert "filebased" in str(mailer("file:///tmp/mail")["BACKEND"])


def test_each_provider_has_its_own_way_to_sign() -> None:
    assert webhook("smtp://mail.example", "") == ("", {})
    assert webhook("anymail://amazon_ses", "") == ("", {})
    assert webhook("anymail://mailgun", "") == ("mailgun", {})
    assert webhook("anymail://mailgun", "k")[1] == {"MAILGUN_WEBHOOK_SIGNING_KEY": "k"}
    assert webhook("anymail://postmark", "me:p")[1] == {"WEBHOOK_SECRET": "me:p"}
    with pytest.raises(ImproperlyConfigured, match="use name:password"):
        webhook("anymail://postmark", "p")


@pytest.mark.django_db
def test_the_database_keeps_its_own_rules() -> None:
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
        return
    with connection.cursor() as cursor:
        found = {}
        for name in ("foreign_keys", "journal_mode", "busy_timeout"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 20_000}
