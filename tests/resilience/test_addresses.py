"""Addresses that never take a message: each message ends in a named state, none is repeated."""

from collections import Counter

import psycopg
import pytest

from tests.resilience.house import House, kill

pytestmark = pytest.mark.resilience

ACT = ("-m", "tests.resilience.act")


HERE = "here@example.org"


def write(site: House, number: int, *people: str) -> None:
    site.run(*ACT, "write", str(number), *people)


def reasons(site: House) -> Counter[str]:
    """How many notices are in each state, with the reason."""
    query = "select trim(state || ' ' || reason), count(*) from notices_notice group by 1"
    with psycopg.connect(site.database) as connection:
        return Counter(dict(connection.execute(query.encode()).fetchall()))


def set_aside(site: House) -> list[tuple[str, str, int]]:
    """The addresses to which nothing is sent any more, with the last code and the refusals."""
    query = """
        select a.email, t.last_code, t.bounces from notices_addresstrouble t
        join accounts_contactaddress a on a.id = t.address_id
        where t.set_aside_at is not null order by 1
    """
    with psycopg.connect(site.database) as connection:
        return connection.execute(query.encode()).fetchall()


@pytest.mark.parametrize(
    ("email", "code", "tries"),
    [
        # Nobody is there: once is enough. A refusal that might pass: three messages in a row.
        ("gone@nobody.example.org", "550 5.1.1", 1),
        ("shut@unwilling.example.org", "550 5.7.1", 3),
    ],
)
def test_an_address_refused_for_ever_is_set_aside_and_not_tried_again(
    site: House, email: str, code: str, tries: int
) -> None:
    """Messages go on being queued to it. The clock, a second worker and a restart change nothing,
    and nobody else waits for it.
    """
    beat, worker = site.beat(), site.worker()
    write(site, tries, email)
    site.wait_for(failed=tries)
    assert set_aside(site) == [(email, code, tries)]
    write(site, 5, email, HERE)
    site.wait_for(failed=tries + 5, sent=5)
    assert reasons(site) == {"failed refused": tries, "failed set_aside": 5, "sent": 5}

    kill(worker)
    kill(beat)
    site.worker("two")
    site.beat("two")
    write(site, 3, email, HERE)
    site.wait_for(failed=tries + 8, sent=8)
    assert reasons(site) == {"failed refused": tries, "failed set_aside": 8, "sent": 8}
    assert site.sink.refused(email) == tries
    assert set(site.delivered().values()) == {1}
    assert len(site.delivered()) == 8


def test_with_another_address_each_message_arrives_there_once(site: House) -> None:
    site.beat()
    site.worker()
    bad = "gone@nobody.example.org"
    for number, sent in ((1, 1), (2, 3)):
        write(site, number, f"{bad},{HERE}")
        site.wait_for(sent=sent)
    assert set_aside(site) == [(bad, "550 5.1.1", 1)]
    assert site.sink.refused(bad) == 1
    assert set(site.delivered().values()) == {1}
    assert len(site.delivered()) == 3


def test_an_address_that_is_always_put_off_is_given_up_after_eight_tries(site: House) -> None:
    site.more = {"NOTICE_BACKOFF_SECONDS": "0"}
    site.sink.behave("4xx")
    site.beat()
    site.worker()
    write(site, 1, HERE)
    site.wait_for(failed=1)
    assert reasons(site) == {"failed tried_out": 1}
    assert "451" in site.error()
    site.sink.behave("ok")
    write(site, 1, HERE)
    site.wait_for(failed=1, sent=1)
    assert list(site.delivered().values()) == [1]
