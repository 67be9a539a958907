"""Many messages at once: conditional, written down, nothing sent twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.postbox import Postbox
from lic_site.notices.services import staff as verbs
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, only, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def queue(person: Person, is_now: State = State.PENDING, **values: object) -> Notice:
    services.send(
        "tests.reminder",
        to=person,
        about=person.organisation,  # type: ignore[arg-type]
        at=NOW,
        key=str(Notice.objects.count()),
    )
    notice = Notice.objects.latest("pk")
    leased = {"lease": "0" * 32, "leased_until": NOW} if is_now == State.SENDING else {}
    Notice.objects.filter(pk=notice.pk).update(state=is_now, **(leased | values))
    notice.refresh_from_db()
    return notice


def in_every_state(person: Person) -> None:
    for each in State:
        bundle = queue(person, State.SENT) if each == State.BUNDLED else None
        queue(person, each, bundle=bundle)


@pytest.mark.parametrize(
    ("verb", "sources", "target", "reason"),
    [
        (services.retry_many, {State.FAILED}, State.PENDING, ""),
        (services.release_many, {State.PARKED}, State.PENDING, ""),
        (services.hold_many, {State.PENDING}, State.PARKED, Reason.HELD),
        (
            services.cancel_many,
            {State.PENDING, State.PARKED, State.FAILED, State.BUNDLED},
            State.CANCELLED,
            Reason.STAFF,
        ),
    ],
)
def test_each_step_takes_what_it_may_and_leaves_the_rest(
    person: Person,
    verb: Callable[..., int],
    sources: set[State],
    target: State,
    reason: str,
) -> None:
    in_every_state(person)
    before = dict(Notice.objects.values_list("pk", "state"))
    assert verb(notices=Notice.objects.all(), by=person, at=NOW) == len(sources)
    for notice in Notice.objects.all():
        if before[notice.pk] in sources:
            assert (notice.state, notice.reason) == (target, reason)
        else:
            assert notice.state == before[notice.pk]
    assert verb(notices=Notice.objects.all(), by=person, at=NOW) == 0, "done is done"


def test_each_and_how_many_are_written_down(person: Person) -> None:
    others = PersonFactory.create_batch(2)
    for one in others:
        queue(one)
    services.hold_many(notices=Notice.objects.all(), by=person, at=NOW)
    held = AuditEvent.objects.filter(verb="notices.held", actor_id=person.pk)
    assert {event.subject_id for event in held} == {one.pk for one in others}
    assert AuditEvent.objects.get(verb="notices.held_together").fields == ["2 messages"]
    services.hold_many(notices=Notice.objects.all(), by=person, at=NOW)
    assert AuditEvent.objects.filter(verb="notices.held_together").count() == 1


def test_what_may_have_arrived_or_is_too_late_is_not_sent_again(person: Person) -> None:
    queue(person, State.FAILED, reason=Reason.IN_DOUBT)
    queue(person, State.FAILED, useless_after=NOW)
    queue(person, State.PARKED, useless_after=NOW)
    queue(person, State.PARKED, reason=Reason.STOPPED)
    queue(person, State.FAILED, useless_after=NOW + timedelta(minutes=1))
    assert services.retry_many(notices=Notice.objects.all(), by=None, at=NOW) == 1
    assert services.release_many(notices=Notice.objects.all(), by=None, at=NOW) == 0


def test_nothing_goes_twice_however_often_it_is_held_released_and_retried(
    person: Person, mailoutbox: list[Any]
) -> None:
    queue(person)
    for _ in range(2):
        services.hold_many(notices=Notice.objects.all(), by=None, at=NOW)
        services.release_many(notices=Notice.objects.all(), by=None, at=NOW)
        services.deliver_batch(Postbox())
        services.retry_many(notices=Notice.objects.all(), by=None, at=NOW)
        services.deliver_batch(Postbox())
    assert len(mailoutbox) == 1


def test_more_than_one_step_may_touch_is_refused_whole(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "MOST", 2)
    monkeypatch.setattr(verbs, "CHUNK", 1)
    for _ in range(3):
        queue(person)
    with pytest.raises(verbs.TooMany, match="Narrow the list"):
        services.cancel_many(notices=Notice.objects.all(), by=None, at=NOW)
    assert not Notice.objects.filter(state=State.CANCELLED).exists()
    two = Notice.objects.filter(pk__in=Notice.objects.values("pk")[:2])
    assert services.cancel_many(notices=two, by=None, at=NOW) == 2


# Singly --------------------------------------------------------------------------------------


def test_one_is_held_and_sent_after_all(person: Person) -> None:
    notice = queue(person)
    services.hold(notice=notice, by=person, at=NOW)
    assert (state(), only().reason) == (State.PARKED, Reason.HELD)
    with pytest.raises(verbs.NotHoldable, match="cannot be held"):
        services.hold(notice=notice, by=person, at=NOW)
    services.retry(notice=notice, by=person, at=NOW)
    assert state() == State.PENDING


def test_what_belongs_to_a_stopped_mailing_is_not_sent_alone(person: Person) -> None:
    notice = queue(person, State.PARKED, reason=Reason.STOPPED)
    with pytest.raises(verbs.NotRetryable):
        services.retry(notice=notice, by=person, at=NOW)


# After a restore -----------------------------------------------------------------------------


def test_a_restore_s_messages_are_released_and_others_stay_held(person: Person) -> None:
    queue(person)
    services.park_due(since=NOW - timedelta(hours=1), at=NOW)
    assert only().reason == Reason.RESTORED
    queue(person, State.PARKED, reason=Reason.HELD)
    queue(person, State.PARKED, reason=Reason.STOPPED)
    assert services.release_parked(by=None, at=NOW, reason=Reason.RESTORED) == 1
    assert services.release_parked(by=None, at=NOW) == 1
    assert Notice.objects.get(state=State.PARKED).reason == Reason.STOPPED


def test_what_is_held_too_long_drops_out_by_itself(person: Person) -> None:
    queue(person, State.PARKED, reason=Reason.RESTORED, useless_after=NOW)
    queue(person, State.PARKED, reason=Reason.RESTORED)
    assert services.sweep(at=NOW)["expired"] == 1
    assert Notice.objects.filter(state=State.PARKED).count() == 1
