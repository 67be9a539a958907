from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db.models import Model

from lic_site.accounts.models import ContactAddress, Organisation, Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import MessageSettings, Notice, NoticePreference
from lic_site.notices.postbox import Away, InDoubt, Postbox, Refused, TryLater
from lic_site.notices.renderer import message_id
from lic_site.notices.services import delivering
from lic_site.notices.services.leases import BATCH
from lic_site.notices.services.replies import Replies
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, Reminder, only, state

pytestmark = pytest.mark.django_db


def send(person: Person, kind: str = "tests.reminder", **values: object) -> None:
    services.send(kind, to=person, about=person.organisation, at=NOW, **values)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _frozen(clock: time_machine.Traveller, reminder: Reminder) -> None:
    """Time stands still, and the kinds are those of these tests."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Exception | str]:
    """What the mail server answers to the messages to come, in order."""
    given: list[Exception | str] = []

    def post(self: Postbox, message: object) -> str:
        answer = given.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(Postbox, "post", post)
    return given


def test_what_is_due_goes_out_once_to_one_person(person: Person) -> None:
    send(person)
    assert services.deliver_batch(Postbox()) == (1, 1, False)
    assert services.deliver_batch(Postbox()) == (0, 0, False)
    [message] = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "Something needs your answer by 21 November 2026"
    assert message.extra_headers["Message-ID"] == message_id(only())
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (state(), only().finished_at, only().lease) == (State.SENT, NOW, None)


def test_what_is_not_due_waits(person: Person) -> None:
    send(person, due_at=NOW + timedelta(minutes=1))
    assert services.deliver_batch(Postbox()) == (0, 0, False)


@pytest.mark.parametrize(
    ("change", "left_in", "reason"),
    [
        ("unwanted", State.CANCELLED, Reason.UNWANTED),
        ("gone", State.CANCELLED, Reason.GONE),
        ("moved", State.CANCELLED, Reason.MOVED),
        ("erased", State.CANCELLED, Reason.ERASED),
        ("no address", State.FAILED, Reason.NO_ADDRESS),
        ("unknown kind", State.FAILED, Reason.UNKNOWN_KIND),
        ("stale", State.EXPIRED, ""),
    ],
)
def test_live_data_is_asked_just_before_sending(
    person: Person, reminder: Reminder, change: str, left_in: State, reason: str
) -> None:
    send(person)
    match change:
        case "unwanted":
            reminder.unwanted = {person.pk}
        case "gone":
            Notice.objects.update(anchor_id=0)
        case "moved":
            Notice.objects.update(revision=1)
            reminder.revision = 2
        case "erased":
            Person.objects.update(erased_at=NOW)
        case "no address":
            ContactAddress.objects.all().delete()
        case "unknown kind":
            Notice.objects.update(kind="tests.forgotten")
        case "stale":
            Notice.objects.update(useless_after=NOW)
    services.deliver_batch(Postbox())
    assert not mail.outbox
    assert (state(), only().reason) == (left_in, reason)


def test_an_anchor_that_stayed_is_written_about(person: Person) -> None:
    send(person)
    Notice.objects.update(revision=1)
    services.deliver_batch(Postbox())
    assert state() == State.SENT


def test_optional_messages_can_be_turned_off(person: Person) -> None:
    send(person, "tests.news")
    NoticePreference.objects.create(person=person, kind="tests.news", turned_off_at=NOW)
    services.deliver_batch(Postbox())
    assert (state(), only().reason) == (State.CANCELLED, Reason.TURNED_OFF)


def test_optional_messages_say_how_to_stop_them(person: Person) -> None:
    send(person, "tests.news")
    services.deliver_batch(Postbox())
    [message] = mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/")


def test_a_provider_s_id_is_kept(person: Person, answers: list[Exception | str]) -> None:
    send(person)
    answers.append("abc")
    services.deliver_batch(Postbox())
    assert only().provider_id == "abc"


def test_a_permanent_refusal_fails_at_once(person: Person, answers: list[Exception | str]) -> None:
    send(person)
    answers.append(Refused("SMTPRecipientsRefused 550"))
    services.deliver_batch(Postbox())
    assert (state(), only().reason) == (State.FAILED, Reason.REFUSED)
    assert only().last_error == "SMTPRecipientsRefused 550"


def test_a_temporary_refusal_is_tried_eight_times_ever_later(
    person: Person, answers: list[Exception | str], clock: time_machine.Traveller
) -> None:
    send(person)
    for attempt in range(1, 9):
        answers.append(TryLater("SMTPDataError 451"))
        assert services.deliver_batch(Postbox())[1] == 1
        assert only().attempts == attempt
        assert services.deliver_batch(Postbox())[1] == 0
        clock.shift(timedelta(hours=7))
    assert (state(), only().reason) == (State.FAILED, Reason.TRIED_OUT)


def test_a_message_in_doubt_is_repeated_once_and_then_left_to_staff(
    person: Person, answers: list[Exception | str], clock: time_machine.Traveller
) -> None:
    send(person)
    for expected in (State.PENDING, State.FAILED):
        answers.append(InDoubt("SMTPServerDisconnected"))
        services.deliver_batch(Postbox())
        assert state() == expected
        clock.shift(timedelta(hours=7))
    assert only().reason == Reason.IN_DOUBT


def test_while_the_server_is_away_only_one_message_pays_for_the_try(
    answers: list[Exception | str],
) -> None:
    for _ in range(3):
        send(PersonFactory())
    answers += ["", Away("ConnectionRefusedError")]
    assert services.deliver_batch(Postbox()) == (1, 3, True)
    attempts = Notice.objects.filter(state=State.PENDING).order_by("pk")
    assert list(attempts.values_list("attempts", flat=True)) == [1, 0]


def test_a_fault_in_one_message_does_not_hold_up_the_others(
    person: Person, reminder: Reminder, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(person)
    other = PersonFactory()
    send(other, "tests.news")
    monkeypatch.setattr(type(reminder), "is_wanted", lambda *_: 1 / 0)
    monkeypatch.setattr("tests.lic_site.notices.support.News.is_wanted", lambda *_: True)
    services.deliver_batch(Postbox())
    assert len(mail.outbox) == 1
    faulty = Notice.objects.get(kind="tests.reminder")
    assert (faulty.state, faulty.last_error) == (State.PENDING, "ZeroDivisionError")


def test_a_claim_lost_to_the_sweep_is_not_settled_by_its_old_holder(person: Person) -> None:
    send(person)
    [held] = services.claim(at=NOW)
    services.sweep(at=NOW + timedelta(hours=1))
    with Postbox() as postbox:
        assert not delivering.deliver(
            held, postbox, delivering.Batch([held], Replies(MessageSettings()))
        )
    assert state() == State.PENDING


def test_a_lease_about_to_run_out_starts_no_more_messages(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        send(PersonFactory())
    monkeypatch.setattr(Postbox, "post", lambda *_: clock.shift(timedelta(minutes=4)) or "")
    assert services.deliver_batch(Postbox()) == (1, 3, False)
    waiting = Notice.objects.filter(state=State.PENDING)
    assert list(waiting.values_list("attempts", flat=True)) == [0, 0]


def test_the_sweep_releases_expires_and_gives_up(person: Person) -> None:
    send(person)
    send(person, key="2")
    services.claim(at=NOW)
    Notice.objects.filter(key__contains=":2:").update(attempts=8)
    send(person, key="stale", useless_after=NOW + timedelta(minutes=1))
    assert services.sweep(at=NOW) == {"given up": 0, "released": 0, "expired": 0}
    later = NOW + timedelta(minutes=6)
    assert services.sweep(at=later) == {"given up": 1, "released": 1, "expired": 1}


def test_draining_goes_on_until_nothing_is_due_and_asks_for_help_once() -> None:
    place = Organisation.objects.create(name="A council", kind="council")
    for person in PersonFactory.create_batch(2 * BATCH, organisation=place):
        send(person)
    asked: list[None] = []
    assert services.drain(seconds=60, more=lambda: asked.append(None)) == 2 * BATCH
    assert (len(mail.outbox), len(asked)) == (2 * BATCH, 1)


def test_draining_keeps_one_connection_for_all_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[Postbox] = []
    monkeypatch.setattr(Postbox, "post", lambda self, _: boxes.append(self) or "")
    for _ in range(BATCH + 1):
        send(PersonFactory())
    services.drain(seconds=60)
    assert len(boxes) == BATCH + 1
    assert len(set(boxes)) == 1


def test_draining_little_asks_for_no_help(person: Person) -> None:
    send(person)
    asked: list[None] = []
    services.drain(seconds=60, more=lambda: asked.append(None))
    assert not asked


def test_draining_stops_when_its_time_is_up() -> None:
    for _ in range(BATCH + 1):
        send(PersonFactory())
    assert services.drain(seconds=-1) == BATCH


def test_a_batch_reads_its_records_once_while_they_are_fresh(
    reminder: Reminder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And again for each message when the mail server is slow."""
    reads: list[int] = []
    anchors = reminder.anchors

    def counted(pks: list[int]) -> Mapping[int, Model]:
        reads.append(len(pks))
        return anchors(pks)

    monkeypatch.setattr(reminder, "anchors", counted)
    for _ in range(3):
        send(PersonFactory())
    services.deliver_batch(Postbox())
    assert reads == [3]
    monkeypatch.setattr(delivering, "FRESH_SECONDS", 0.0)
    for _ in range(2):
        send(PersonFactory())
    services.deliver_batch(Postbox())
    assert reads == [3, 2, 2]
