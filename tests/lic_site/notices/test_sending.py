from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.services import nudging
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, Reminder, only

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder")]


def send(person: Person, **values: object) -> None:
    services.send(
        "tests.reminder",
        to=person,
        about=person.organisation,
        at=NOW,
        **values,  # type: ignore[arg-type]
    )


def test_queuing_the_same_effect_again_changes_nothing(person: Person) -> None:
    send(person)
    send(person, due_at=NOW + timedelta(days=1))
    assert only().due_at == NOW


def test_another_key_another_person_is_another_effect(person: Person) -> None:
    send(person)
    send(person, key="2")
    services.send("tests.reminder", to=PersonFactory(), about=person.organisation, at=NOW)
    assert Notice.objects.count() == 3


def test_it_goes_with_its_cause(person: Person) -> None:
    with transaction.atomic():
        send(person)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_one_nudge_follows_the_commit_however_many_were_queued(
    person: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        send(person)
        send(person, key="2")
        send(person, key="later", due_at=NOW + timedelta(days=1))
    assert callbacks == [nudging.nudge]


def test_what_is_due_later_nudges_nobody(
    person: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        send(person, due_at=NOW + timedelta(days=1))
    assert not callbacks


def test_calling_off_spares_other_people_kinds_and_records(person: Person) -> None:
    other = PersonFactory()
    for recipient in (person, other):
        services.send("tests.reminder", to=recipient, about=person.organisation, at=NOW)
    services.send("tests.news", to=person, about=person.organisation, at=NOW)
    services.send("tests.reminder", to=person, about=other.organisation, at=NOW)
    assert services.cancel("tests.reminder", about=person.organisation, at=NOW, to=person) == 1
    assert services.cancel("tests.reminder", about=person.organisation, at=NOW) == 1
    assert Notice.objects.filter(state=State.PENDING).count() == 2


def test_what_was_called_off_is_revived_by_its_cause(person: Person) -> None:
    send(person)
    services.cancel("tests.reminder", about=person.organisation, at=NOW)
    send(person, due_at=NOW + timedelta(days=2))
    notice = only()
    assert (notice.state, notice.reason) == (State.PENDING, "")
    assert notice.not_before == NOW + timedelta(days=2)
    assert notice.finished_at is None


def test_what_staff_cancelled_stays_cancelled(person: Person) -> None:
    send(person)
    services.cancel_by_hand(notice=only(), by=None, at=NOW)
    send(person)
    assert (only().state, only().reason) == (State.CANCELLED, Reason.STAFF)


def test_what_was_sent_is_not_called_off(person: Person) -> None:
    send(person)
    Notice.objects.update(state=State.SENT)
    assert services.cancel("tests.reminder", about=person.organisation, at=NOW) == 0


def test_a_lost_nudge_is_no_error_and_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def away(*args: object, **kwargs: object) -> None:
        tries.append(args)
        raise OSError

    monkeypatch.setattr(nudging.current_app, "send_task", away)
    monkeypatch.setattr(nudging, "_quiet_until", 0.0)
    with caplog.at_level("WARNING"):
        nudging.nudge()
        nudging.nudge()
    assert len(tries) == 1
    assert "nudge lost" in caplog.text


def test_a_kind_plans_nothing_of_its_own_by_default() -> None:
    assert NoticeKind.due(Reminder(), NOW, NOW) == ()
