from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from prometheus_client import values

from lic_site import health
from lic_site.common import metrics
from lic_site.common.models import Job, Tick
from lic_site.notices.services import send
from tests.factories.people import PersonFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticked(settings, clock: object) -> None:
    for name in settings.TICKS:
        Tick.objects.create(name=name, started_at=NOW, finished_at=NOW)


def test_the_process_says_that_it_lives(client: Client) -> None:
    assert client.get("/live").json() == {"live": True}


def test_it_is_ready_when_the_database_answers_and_the_clock_ticks(
    client: Client, ticked: None
) -> None:
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "reasons": [], "warnings": []},
    )


def test_a_message_that_does_not_go_is_a_warning_and_takes_no_site_out_of_service(
    client: Client, ticked: None
) -> None:
    person = PersonFactory()
    send("tests.reminder", to=person, about=person, at=NOW - timedelta(minutes=20))
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    [warning] = answer.json()["warnings"]
    assert "waited for 20 minutes" in warning


def test_a_load_balancer_may_ask_by_address(client: Client, ticked: None) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert client.get("/ready", headers={"Host": "10.0.0.7"}).status_code == 200
        assert client.head("/live", headers={"Host": "10.0.0.7"}).status_code == 200


def test_a_late_clock_is_told_by_name(client: Client, ticked: None, settings, clock) -> None:
    clock.shift(timedelta(seconds=health.LATE_TICKS * settings.TICK_SECONDS))
    assert client.get("/ready").status_code == 200
    clock.shift(timedelta(seconds=1))
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert len(answer.json()["reasons"]) == len(settings.TICKS)
    Tick.objects.exclude(name=settings.TICKS[0]).update(finished_at=NOW + timedelta(hours=1))
    assert client.get("/ready").json()["reasons"] == [
        f"The clock is late with {settings.TICKS[0]}: are worker and beat running?"
    ]


def test_a_tick_that_never_finished_is_late(client: Client, ticked: None) -> None:
    Tick.objects.update(finished_at=None)
    assert client.get("/ready").status_code == 503


def test_migrations_that_are_not_applied_are_told(
    client: Client, ticked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_migrated", set())
    plan = ["one"]
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: plan)
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["Migrations are not applied: run manage.py migrate."]
    plan.clear()
    assert client.get("/ready").status_code == 200
    plan.append("never asked again")
    assert client.get("/ready").status_code == 200


def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("password authentication failed for user lic")

    monkeypatch.setattr(connection, "ensure_connection", away)
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["The database does not answer."]


def test_the_addresses_take_no_other_method(client: Client) -> None:
    for address in ("/live", "/ready", "/metrics"):
        assert client.post(address).status_code == 405


# Counters ------------------------------------------------------------------------------------


def test_counters_are_for_whoever_holds_the_token(client: Client, settings) -> None:
    settings.METRICS_TOKEN = "sesame"
    assert client.get("/metrics").status_code == 401
    for wrong in ("Bearer", "Bearer x", "Bearer é", "sesame2"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer sesame"}).status_code == 200


def test_without_a_token_counters_are_closed_in_production(client: Client, settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 200
    settings.PRODUCTION = True
    assert client.get("/metrics").status_code == 404


def test_requests_work_and_the_clock_are_counted(client: Client, ticked: None, settings) -> None:
    Job.objects.create(title="Export", created_at=NOW)
    Tick.objects.create(name="never", started_at=NOW)
    client.get("/my/7/nothing/")
    text = client.get("/metrics").text
    assert "http_requests_total{method=" in text
    assert 'jobs{state="queued"} 1.0' in text
    assert "# HELP notices Messages by state" in text
    assert 'notices_watchdog{sign="oldest_due_seconds"} 0.0' in text
    assert f'tick_age_seconds{{tick="{settings.TICKS[0]}"}} 0.0' in text
    assert 'tick="never"' not in text
    assert "/my/7/" not in text


def test_an_app_offers_a_figure_of_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_gauges", {})
    metrics.gauge("places", "Places by state", "state", lambda: {"free": 3})
    assert 'places{state="free"} 3.0' in client.get("/metrics").text


def test_several_processes_are_added_up(
    client: Client, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for process in (1, 2):
        value = values.MultiProcessValue(lambda number=process: number)
        value("counter", "seen", "seen_total", (), (), "Seen").inc(process)
    text = client.get("/metrics").text
    assert "seen_total 3.0" in text
    assert "# TYPE jobs gauge" in text
