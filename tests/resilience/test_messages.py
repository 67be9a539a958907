"""Messages under harm: never lost; at most one repeat of what was in flight; never stale."""

import os
import signal

import pytest

from lic_site.portal.bench import processes
from tests.resilience.house import DEADLINE, House, kill

pytestmark = pytest.mark.resilience


def test_a_nudge_delivers_before_any_tick(site: House) -> None:
    site.worker()
    site.send(1)
    site.wait_for(sent=1)


def test_a_worker_killed_in_mid_batch_loses_nothing(site: House) -> None:
    """Three times over. Only the one message in flight at each kill may be repeated."""
    site.beat()
    site.send(300)
    for count in (25, 90, 160):
        worker = site.worker()
        site.wait_for_mail(count)
        kill(worker)
    assert site.states()["sent"] < 300
    site.worker()
    site.wait_for(sent=300)
    delivered = site.delivered()
    assert len(delivered) == 300
    assert delivered.total() <= 300 + 3


def test_two_clocks_and_four_workers_send_nothing_twice(site: House) -> None:
    for name in ("one", "two"):
        site.beat(name)
        site.worker(name, concurrency=2)
    site.send(400)
    site.wait_for(sent=400)
    assert set(site.delivered().values()) == {1}
    assert len(site.delivered()) == 400


def test_redis_stopped_and_started_again_only_delays(site: House) -> None:
    site.worker()
    site.beat()
    site.send(5)
    site.wait_for(sent=5)
    processes.end(site.redis)
    slowest = site.send(20)
    assert slowest < 5
    site.restart_redis()
    site.wait_for(sent=25)
    assert set(site.delivered().values()) == {1}


def test_redis_emptied_loses_nothing(site: House) -> None:
    site.send(30)
    kill(site.redis)
    site.restart_redis()
    site.worker()
    site.beat()
    site.wait_for(sent=30)
    assert set(site.delivered().values()) == {1}


def test_redis_frozen_holds_nobody_up(site: House) -> None:
    site.worker()
    site.beat()
    os.kill(site.redis.pid, signal.SIGSTOP)
    slowest = site.send(20)
    assert slowest < 5
    os.kill(site.redis.pid, signal.SIGCONT)
    site.wait_for(sent=20)
    assert set(site.delivered().values()) == {1}


def test_a_mail_server_that_refuses_connections_is_waited_for(site: House) -> None:
    refusing = f"smtp://127.0.0.1:{processes.free_port()}?timeout=2"
    site.more = {"EMAIL_URL": refusing}
    first = site.worker()
    site.beat()
    site.send(15)
    processes.until(
        lambda: "Refused" in site.error(),
        seconds=DEADLINE,
        what="a failed try",
    )
    assert set(site.states()) <= {"pending", "sending"}
    kill(first)
    site.more = {}
    site.worker()
    site.wait_for(sent=15)
    assert set(site.delivered().values()) == {1}


def test_a_temporary_refusal_is_tried_again(site: House) -> None:
    site.sink.behave("4xx", times=4)
    site.worker()
    site.beat()
    site.send(10)
    site.wait_for(sent=10)
    assert set(site.delivered().values()) == {1}


def test_a_permanent_refusal_fails_and_is_shown(site: House) -> None:
    site.sink.behave("5xx", times=3)
    site.worker()
    site.beat()
    site.send(10)
    site.wait_for(sent=7, failed=3)
    assert "550" in site.error()


def test_a_mail_server_that_hangs_is_timed_out(site: House) -> None:
    site.sink.behave("hang", times=2)
    site.worker()
    site.beat()
    site.send(10)
    site.wait_for(sent=10)
    assert set(site.delivered().values()) == {1}


def test_a_connection_dropped_after_the_message_repeats_it_once_under_the_same_id(
    site: House,
) -> None:
    site.sink.behave("drop", times=1)
    site.worker()
    site.beat()
    site.send(10)
    site.wait_for(sent=10)
    delivered = site.delivered()
    assert len(delivered) == 10
    assert sorted(delivered.values()) == [1] * 9 + [2]


def test_a_server_that_always_drops_gets_a_message_twice_at_most(site: House) -> None:
    site.sink.behave("drop")
    site.worker()
    site.beat()
    site.send(1)
    site.wait_for(failed=1)
    assert list(site.delivered().values()) == [2]
