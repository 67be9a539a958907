"""The database under harm: restarted under load, and put back from a backup."""

from collections import Counter
from pathlib import Path

import pytest

from tests.resilience import cluster, house
from tests.resilience.house import House, kill

pytestmark = pytest.mark.resilience

HALF_WRITTEN = """
    select count(*) from accounts_person p
    where (select count(*) from accounts_contactaddress a where a.person_id = p.id) <> 1
       or (select count(*) from notices_notice n where n.recipient_id = p.id) <> 1
"""


def test_postgresql_restarted_under_load_loses_and_halves_nothing(tmp_path: Path) -> None:
    """Twice, while messages are queued and delivered. Nobody restarts the workers."""
    with cluster.postgresql() as database:
        house.migrate(database.url, tmp_path)
        with house.built(tmp_path, database.url) as site:
            site.worker(concurrency=2)
            site.beat()
            writing = site.meanwhile("-m", "tests.resilience.act", "persist", "400")
            for count in (40, 150):
                site.wait_for_mail(count)
                database.restart()
            assert writing.wait(timeout=house.DEADLINE) == 0
            site.wait_for(sent=400)
            delivered = site.delivered()
            assert len(delivered) == 400
            # At each restart each of two workers may have had one message in flight.
            assert delivered.total() <= 400 + 4
            assert site.count(HALF_WRITTEN) == 0


def test_after_a_restore_no_message_goes_out_twice(site: House, tmp_path: Path) -> None:
    site.send(6)
    site.run("manage.py", "backup", str(tmp_path / "last-night.tar.gz"))
    worker, beat = site.worker(), site.beat()
    site.wait_for(sent=6)
    kill(worker)
    kill(beat)
    said = site.run("manage.py", "restore", "--force", str(tmp_path / "last-night.tar.gz"))
    assert "held for staff to release: 6" in said
    site.worker()
    site.beat("two")
    site.send(1)
    site.wait_for(sent=1, parked=6)
    assert set(site.delivered().values()) == {1}
    site.run("-m", "tests.resilience.act", "release")
    site.wait_for(sent=7)
    assert sorted(Counter(site.delivered().values()).items()) == [(1, 1), (2, 6)]
