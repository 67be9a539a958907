"""The clock's ticks and the nudge's task, called as a worker calls them."""

from datetime import timedelta

import pytest
from django.core import mail

from lic_site.accounts.models import Person
from lic_site.notices import services, tasks
from lic_site.notices.enums import State
from lic_site.notices.models import NoticePreference, ReminderRule
from lic_site.notices.postbox import Postbox
from lic_site.notices.protocol import Due
from lic_site.notices.services import nudging
from tests.lic_site.notices.support import NOW, Reminder, only, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that were asked for."""
    asked: list[str] = []
    monkeypatch.setattr(nudging, "_quiet_until", 0.0)
    monkeypatch.setattr(nudging.current_app, "send_task", lambda name, **_: asked.append(name))
    return asked


def queue(person: Person) -> None:
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW)  # type: ignore[arg-type]


def test_planning_asks_for_delivery_when_it_found_something(
    reminder: Reminder, person: Person, nudges: list[str]
) -> None:
    tasks.plan_tick(NOW - timedelta(hours=2))
    assert nudges == []
    reminder.dues = [Due(person.organisation, person, NOW + timedelta(days=3))]  # type: ignore[arg-type]
    tasks.plan_tick(NOW)
    assert nudges == ["notices.deliver"]


@pytest.mark.usefixtures("reminder")
def test_the_tick_and_the_nudge_deliver(person: Person) -> None:
    queue(person)
    tasks.deliver_tick(NOW)
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW, key="2")  # type: ignore[arg-type]
    tasks.deliver(something_that_a_newer_release_sends=True)
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("reminder")
def test_the_sweep_releases_what_a_dead_worker_held(person: Person) -> None:
    queue(person)
    services.claim(at=NOW)
    tasks.sweep_tick(NOW + timedelta(hours=1))
    assert state() == State.PENDING


@pytest.mark.usefixtures("reminder")
def test_labels_hold_ids_alone(person: Person) -> None:
    """They reach logs and the editors' admin."""
    queue(person)
    assert str(only()) == f"Notice {only().pk}"
    assert str(ReminderRule(kind="tests.reminder", offset_days=-3)) == "tests.reminder at -3 days"
    assert str(NoticePreference(pk=7)) == "Message preference 7"


def test_letting_go_of_a_connection_never_made_is_no_error(settings: object) -> None:
    settings.MAILERS = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "lic_site.notices.smtp.WatchedBackend",
            "OPTIONS": {"host": "127.0.0.1"},
        }
    }
    backend = Postbox().backend
    backend.begin()
    backend.drop()
    assert not backend.handed_over
