"""While Redis is stopped or frozen, pages go on, sign-ins are counted and nobody waits for long."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import redis
from allauth.core.internal import ratelimit
from celery import Celery
from django.core.cache import caches
from django.core.cache.backends.base import InvalidCacheBackendError
from django.test import RequestFactory
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from lic_site import stores
from lic_site.common import background, cache
from lic_site.common.background import publish
from lic_site.common.cache import ForgivingRedisCache

WAIT = 3.5


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    """A Redis of our own to harm."""
    program = shutil.which("redis-server")
    assert program, "redis-server is needed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--save", "", "--dir", str(tmp_path), "--bind", "127.0.0.1"]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    patient = Retry(ConstantBackoff(0.05), 200, supported_errors=(redis.ConnectionError,))
    with redis.Redis.from_url(url, retry=patient) as client:
        client.ping()
    yield Server(process, url)
    process.kill()
    process.wait()


@pytest.fixture
def shared(server: Server, settings) -> Iterator[ForgivingRedisCache]:
    cache._rests_until.clear()
    settings.CACHES = stores.caches(server.url)
    made: Any = caches["default"]
    assert isinstance(made, ForgivingRedisCache)
    yield made
    for pool in made._cache._pools.values():
        pool.disconnect()
    cache._rests_until.clear()


def ask_everything(shared: ForgivingRedisCache) -> list[Any]:
    return [
        shared.set("a", 1),
        shared.get("a", "none"),
        shared.add("b", 2),
        shared.touch("a"),
        shared.has_key("a"),
        shared.incr("a", 2),
        shared.get_many(["a", "b"]),
        shared.set_many({"c": 3}),
        shared.delete("a"),
        shared.delete_many(["b", "c"]),
        shared.clear(),
    ]


def test_the_cache_works_while_redis_answers(shared: ForgivingRedisCache) -> None:
    assert ask_everything(shared) == [
        *(None, 1, True, True, True, 3, {"a": 3, "b": 2}, [], True, None, True)
    ]  # fmt: skip


@pytest.mark.parametrize("harm", ["stop", "freeze"])
def test_without_redis_the_cache_is_empty_and_nobody_waits_for_long(
    harm: str, server: Server, shared: ForgivingRedisCache
) -> None:
    shared.set("a", 1)
    getattr(server, harm)()
    started = time.monotonic()
    assert ask_everything(shared) == [
        *(None, "none", False, False, False, 2, {}, ["c"], False, None, False)
    ]  # fmt: skip
    assert time.monotonic() - started < WAIT


def test_redis_is_asked_again_after_a_rest(server: Server, shared: ForgivingRedisCache) -> None:
    server.freeze()
    assert shared.get("a") is None
    os.kill(server.process.pid, signal.SIGCONT)
    cache._rests_until[server.url] -= cache.REST
    shared.set("a", 1)
    assert shared.get("a") == 1


@pytest.mark.django_db
def test_sign_ins_are_limited_by_the_database_while_redis_is_away(
    server: Server, shared: ForgivingRedisCache
) -> None:
    server.stop()
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    limits = {"app": "account", "action": "login", "config": {"login": "3/m/ip"}}
    allowed = [bool(ratelimit.consume(request, **limits)) for _ in range(5)]
    assert allowed == [True, True, True, False, False]
    assert shared.add("allauth.mfa.totp.used?user=1&code=123456", "y")
    assert not shared.add("allauth.mfa.totp.used?user=1&code=123456", "y"), "used once"


def test_the_embedded_default_has_the_same_names() -> None:
    assert set(stores.caches("")) == {"default", "spare"}
    with pytest.raises(InvalidCacheBackendError):
        caches["other"]


# Publishing ----------------------------------------------------------------------------------


def nothing(number: int) -> None:
    """A task that nobody runs."""


@pytest.fixture
def task(server: Server) -> Iterator[Any]:
    app = Celery("harmed", broker=server.url, set_as_current=False)
    app.conf.broker_transport_options = stores.transport(server.url, None)  # type: ignore[arg-type]
    app.conf.task_ignore_result = True
    background._rests_until = 0.0
    yield app.task(nothing, name="harmed.task")
    background._rests_until = 0.0
    app.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("harm", ["stop", "freeze"])
def test_a_broker_that_is_away_is_no_error_and_no_long_wait(
    harm: str, server: Server, task: Any
) -> None:
    publish(task, 1)
    getattr(server, harm)()
    started = time.monotonic()
    for number in range(10):
        publish(task, number)
    assert time.monotonic() - started < 2 * WAIT


@pytest.mark.django_db(transaction=True)
def test_work_is_published_when_the_broker_answers(server: Server, task: Any) -> None:
    publish(task, 1)
    with redis.Redis.from_url(server.url) as client:
        assert client.llen("celery") == 1
