"""What a reader does about a concern, and what whoever raised it is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.concerns import boards, threads
from lic_site.concerns.enums import MOVES, Entry, Outcome, State, Step, sources
from lic_site.concerns.models import Concern
from lic_site.concerns.services import errors, following, handling
from lic_site.notices.models import Notice
from tests.factories.concerns import WORDS, a_concern
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


@pytest.fixture
def concern(readers: Readers, alice: Person) -> Concern:
    return a_concern(readers.priya, by=alice)


@pytest.fixture
def priya(readers: Readers) -> Person:
    return readers.priya.person


def again(concern: Concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def told(person: Person) -> list[str]:
    return sorted(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_it_walks_from_received_to_closed(concern: Concern, priya: Person, alice: Person) -> None:
    handling.acknowledge(concern=concern, text="I read it.", by=priya, at=NOW + DAY)
    assert again(concern).acknowledged_on == again(concern).answered_on == date(2026, 11, 22)
    handling.look_into(concern=concern, by=priya, at=NOW + 2 * DAY)
    handling.note(concern=concern, text="Ask the venue.", by=priya, at=NOW + 2 * DAY)
    handling.reply(concern=concern, text="I asked.", by=priya, at=NOW + 3 * DAY)
    handling.close(
        concern=concern, outcome=Outcome.UPHELD, text="You are right.", by=priya, at=NOW + 4 * DAY
    )
    closed = again(concern)
    assert (closed.state, closed.outcome, closed.closed_on) == (
        State.CLOSED,
        Outcome.UPHELD,
        date(2026, 11, 25),
    )
    assert closed.due_by is None
    assert told(alice) == [
        "concerns.acknowledged",
        "concerns.closed",
        "concerns.received",
        "concerns.replied",
    ]
    handling.reopen(concern=concern, text="There is more.", by=priya, at=NOW + 5 * DAY)
    assert (again(concern).state, again(concern).closed_on) == (State.LOOKING_INTO, None)


def test_whoever_raised_it_reads_no_note_action_or_reason(concern: Concern, priya: Person) -> None:
    handling.acknowledge(concern=concern, by=priya, at=NOW)
    handling.note(concern=concern, text="Private.", by=priya, at=NOW)
    handling.agree_action(concern=concern, text="Sit in.", by=priya, at=NOW)
    handling.close(concern=concern, outcome=Outcome.UPHELD, text="Done.", by=priya, at=NOW)
    handling.reopen(concern=concern, text="A reason.", by=priya, at=NOW)
    seen = [(line.title, line.text) for line in threads.shared(concern)]
    assert seen == [
        ("You", WORDS),
        ("Acknowledged", ""),
        ("Your reader", "Done."),
        ("Closed", ""),
        ("Opened again", ""),
    ]
    whole = [line.text for line in threads.whole(concern)]
    assert {"Private.", "Sit in.", "A reason."} <= set(whole)


def test_an_entry_of_a_reader_who_was_erased_is_a_readers(concern: Concern, priya: Person) -> None:
    handling.note(concern=concern, text="Private.", by=priya, at=NOW)
    concern.entries.update(author=None)
    assert threads.whole(concern)[1].title == "Private note by A reader"


def test_a_first_reply_acknowledges_and_answers(concern: Concern, priya: Person) -> None:
    assert concern.due_by == concern.acknowledge_by
    handling.reply(concern=concern, text="I read it.", by=priya, at=NOW)
    assert again(concern).state == State.ACKNOWLEDGED
    assert again(concern).due_by is None
    handling.reply(concern=concern, text="And again.", by=priya, at=NOW + DAY)
    assert again(concern).answered_on == date(2026, 11, 21)
    steps = again(concern).entries.filter(kind=Entry.STEP).values_list("step", flat=True)
    assert list(steps) == [Step.ACKNOWLEDGED]


def test_acknowledging_without_words_leaves_the_answer_due(concern: Concern, priya: Person) -> None:
    handling.acknowledge(concern=concern, by=priya, at=NOW)
    assert again(concern).answered_on is None
    assert again(concern).due_by == concern.answer_by


def test_an_action_is_done_once(concern: Concern, priya: Person) -> None:
    handling.agree_action(
        concern=concern, text="Sit in.", due_on=date(2026, 12, 1), by=priya, at=NOW
    )
    action = concern.entries.get(kind=Entry.ACTION)
    handling.finish_action(action=action, by=priya, at=NOW + DAY)
    with pytest.raises(errors.NoSuchAction):
        handling.finish_action(action=action, by=priya, at=NOW + DAY)
    action.refresh_from_db()
    assert action.done_on == date(2026, 11, 22)


ACTS: dict[str, Callable[..., Any]] = {
    "acknowledge": handling.acknowledge,
    "look_into": handling.look_into,
    "reply": lambda **who: handling.reply(text="x", **who),
    "note": lambda **who: handling.note(text="x", **who),
    "agree_action": lambda **who: handling.agree_action(text="x", **who),
    "close": lambda **who: handling.close(outcome=Outcome.UPHELD, text="x", **who),
    "reopen": lambda **who: handling.reopen(text="x", **who),
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_but_its_reader_does_anything(
    concern: Concern, readers: Readers, alice: Person, name: str
) -> None:
    for stranger in (readers.nadia.person, alice):
        with pytest.raises(errors.NotYours):
            ACTS[name](concern=concern, by=stranger, at=NOW)
    assert again(concern).entries.count() == 1


@pytest.mark.parametrize("name", ["reply", "note", "agree_action", "reopen"])
def test_saying_nothing_is_refused(concern: Concern, priya: Person, name: str) -> None:
    with pytest.raises(errors.NothingSaid):
        getattr(handling, name)(concern=concern, text=" \n", by=priya, at=NOW)
    with pytest.raises(errors.NothingSaid):
        handling.close(concern=concern, outcome=Outcome.UPHELD, text="", by=priya, at=NOW)


def test_a_step_that_does_not_follow_is_refused(concern: Concern, priya: Person) -> None:
    with pytest.raises(errors.CannotMove):
        handling.look_into(concern=concern, by=priya, at=NOW)
    with pytest.raises(errors.CannotMove):
        handling.reopen(concern=concern, text="x", by=priya, at=NOW)
    handling.acknowledge(concern=concern, by=priya, at=NOW)
    with pytest.raises(errors.CannotMove):
        handling.acknowledge(concern=concern, by=priya, at=NOW)


def test_what_is_closed_is_not_looked_into_without_being_opened_again(
    concern: Concern, priya: Person, alice: Person
) -> None:
    """As from a page that was open while it was withdrawn."""
    following.withdraw(concern=concern, by=alice, at=NOW)
    with pytest.raises(errors.CannotMove):
        handling.look_into(concern=concern, by=priya, at=NOW)
    assert again(concern).state == State.CLOSED


def test_what_is_open_is_not_opened_again(concern: Concern, priya: Person) -> None:
    handling.acknowledge(concern=concern, by=priya, at=NOW)
    with pytest.raises(errors.CannotMove):
        handling.reopen(concern=concern, text="x", by=priya, at=NOW)
    assert not again(concern).entries.filter(step=Step.REOPENED).exists()


def test_every_state_can_be_left_and_reached() -> None:
    assert set(MOVES) == set(State)
    assert {state for state in State if sources(state)} == set(State) - {State.RECEIVED}


def test_every_act_is_written_down_without_a_word_of_it(
    concern: Concern, priya: Person, alice: Person
) -> None:
    handling.acknowledge(concern=concern, text="A secret answer.", by=priya, at=NOW)
    handling.close(concern=concern, outcome=Outcome.NOT_UPHELD, text="Another.", by=priya, at=NOW)
    events = AuditEvent.objects.filter(object_id=concern.pk, actor_id=priya.pk)
    assert {event.verb for event in events} == {
        "concerns.concern_acknowledged",
        "concerns.concern_closed",
    }
    assert {event.subject_id for event in events} == {alice.pk}
    assert all(event.fields == [] for event in events)


def test_the_raiser_of_record_adds_and_withdraws(
    concern: Concern, alice: Person, priya: Person
) -> None:
    following.add_words(concern=concern, text="And more.", by=alice, at=NOW)
    following.add_words(concern=concern, text="And more.", by=alice, at=NOW)
    assert concern.entries.filter(text__isnull=False).count() == 2
    assert told(priya) == ["concerns.waiting", "concerns.waiting"]
    following.withdraw(concern=concern, by=alice, at=NOW)
    assert again(concern).outcome == Outcome.WITHDRAWN
    with pytest.raises(errors.AlreadyClosed):
        following.withdraw(concern=concern, by=alice, at=NOW)
    with pytest.raises(errors.NothingSaid):
        following.add_words(concern=concern, text="  ", by=alice, at=NOW)
    verbs = AuditEvent.objects.filter(actor_id=alice.pk).values_list("verb", flat=True)
    assert set(verbs) == {
        "concerns.concern_raised",
        "concerns.concern_added_to",
        "concerns.concern_withdrawn",
    }


def test_what_comes_by_code_leaves_no_event_and_waits_for_the_round(readers: Readers) -> None:
    concern = a_concern(readers.priya)
    Concern.objects.update(reader_told=True)
    events = AuditEvent.objects.count()
    following.add_words(concern=concern, text="More.", by=None, at=NOW)
    assert not again(concern).reader_told
    following.withdraw(concern=concern, by=None, at=NOW)
    assert AuditEvent.objects.count() == events
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Acknowledge it by 24 November 2026"),
        (date(2026, 11, 24), "Acknowledge it today"),
        (date(2026, 11, 25), "Acknowledge it: overdue by 1 working day"),
        (date(2026, 11, 30), "Acknowledge it: overdue by 4 working days"),
    ],
)
def test_what_is_due_is_said_in_words(concern: Concern, day: date, words: str) -> None:
    assert boards.row(concern, day).due == words


def test_an_answer_is_due_and_then_nothing(concern: Concern, priya: Person) -> None:
    handling.acknowledge(concern=concern, by=priya, at=NOW)
    assert boards.row(again(concern), NOW.date()).due == "Answer it by 4 December 2026"
    handling.reply(concern=concern, text="x", by=priya, at=NOW)
    assert boards.row(again(concern), NOW.date()).due == "Nothing is due"


def test_records_are_called_by_their_numbers(concern: Concern, readers: Readers) -> None:
    assert str(concern) == f"Concern {concern.pk}"
    assert str(concern.entries.get()) == f"Entry {concern.entries.get().pk}"
    assert str(readers.priya) == f"Contact {readers.priya.pk}"
