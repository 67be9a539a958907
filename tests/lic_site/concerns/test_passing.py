"""A concern goes to another reader, never to somebody it is about; the clock's rounds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.accounts.models import AuditEvent, Person
from lic_site.concerns import policies, summary, tasks
from lic_site.concerns.enums import Known, State, Step
from lic_site.concerns.models import Concern, Contact, Round
from lic_site.concerns.services import errors, handling, passing, rounds
from lic_site.notices.enums import State as Sending
from lic_site.notices.models import Notice
from tests.factories.concerns import ContactFactory, a_concern
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def again(concern: Concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def give(concern: Concern, to: Contact, by: Person, reason: str = "On leave.") -> None:
    passing.hand_over(concern=concern, reader=to, reason=reason, by=by, at=NOW)


def test_it_goes_to_another_reader_and_is_out_of_sight(readers: Readers, alice: Person) -> None:
    concern = a_concern(readers.priya, by=alice)
    priya, nadia = readers.priya.person, readers.nadia.person
    give(concern, readers.nadia, priya)
    assert again(concern).reader == nadia
    assert not policies.can(priya, "handle", concern)
    assert policies.can(nadia, "handle", concern)
    step = concern.entries.get(step=Step.HANDED_OVER)
    assert (step.text, step.author) == ("On leave.", priya)
    waiting = Notice.objects.filter(kind="concerns.waiting")
    assert set(waiting.values_list("recipient", "state")) == {
        (priya.pk, Sending.CANCELLED),
        (nadia.pk, Sending.PENDING),
    }
    assert Notice.objects.filter(kind="concerns.passed_on", recipient=alice).exists()
    with pytest.raises(errors.NotYours):
        give(concern, readers.priya, priya)


def test_it_never_goes_to_whom_it_is_about(readers: Readers) -> None:
    concern = a_concern(readers.priya, concerned=[readers.nadia.person])
    with pytest.raises(errors.NotAReader):
        give(concern, readers.nadia, readers.priya.person)
    assert not passing.other_readers(concern, at=NOW).exists()


def test_it_never_goes_to_who_raised_it_nor_back_to_its_reader(readers: Readers) -> None:
    concern = a_concern(readers.priya, by=readers.nadia.person)
    for barred in (readers.nadia, readers.priya):
        with pytest.raises(errors.NotAReader):
            give(concern, barred, readers.priya.person)


def test_it_is_passed_on_with_a_reason(readers: Readers) -> None:
    concern = a_concern(readers.priya)
    with pytest.raises(errors.NothingSaid):
        give(concern, readers.nadia, readers.priya.person, reason=" ")


@pytest.mark.parametrize(
    ("known", "before", "after"),
    [
        (Known.NAMED, "Alice Owner", "Alice Owner"),
        (Known.ONE_READER, "Alice Owner", "first reader alone"),
    ],
)
def test_a_name_for_one_reader_does_not_go_along(
    readers: Readers, alice: Person, known: Known, before: str, after: str
) -> None:
    concern = a_concern(readers.priya, by=alice, known=known, reach="Ring me.")

    def seen() -> dict[str, str]:
        return {fact["key"]: fact["value"] for fact in summary.facts(again(concern))}

    assert before in seen()["Who raised it"]
    assert seen()["How to reach them"] == "Ring me."
    give(concern, readers.nadia, readers.priya.person)
    assert after in seen()["Who raised it"]
    assert ("How to reach them" in seen()) == (known == Known.NAMED)


def test_an_anonymous_one_says_so_and_a_written_one_says_how_to_reach_them(
    readers: Readers,
) -> None:
    anonymous = summary.facts(a_concern(readers.priya))
    assert any("Anonymous" in fact["value"] for fact in anonymous)
    written = summary.facts(a_concern(readers.priya, known=Known.WRITTEN, reach="Ada, 020"))
    assert any(fact["value"] == "Ada, 020" for fact in written)


def test_when_a_readers_time_ends_it_goes_to_the_one_with_fewest(
    readers: Readers, alice: Person
) -> None:
    third = ContactFactory()
    a_concern(readers.nadia)
    concern = a_concern(readers.priya, by=alice)
    closed = a_concern(readers.priya)
    handling.close(concern=closed, outcome="upheld", text="Done.", by=readers.priya.person, at=NOW)
    Contact.objects.filter(pk=readers.priya.pk).update(ends_on=NOW.date() - DAY)
    assert passing.pass_on_left(at=NOW) == 1
    assert again(concern).reader == third.person
    assert again(closed).reader == readers.priya.person
    assert AuditEvent.objects.get(verb="concerns.concern_handed_over").actor_id is None
    assert passing.pass_on_left(at=NOW) == 0


def test_what_nobody_else_may_read_stays(readers: Readers) -> None:
    concern = a_concern(readers.priya, concerned=[readers.nadia.person])
    Contact.objects.filter(pk=readers.priya.pk).update(ended_at=NOW - DAY)
    assert passing.pass_on_left(at=NOW) == 0
    assert again(concern).reader == readers.priya.person
    assert not policies.can(Person.objects.get(pk=readers.priya.person_id), "handle", concern)


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), datetime(2026, 11, 21, 8, tzinfo=UTC)),
        (datetime(2026, 11, 21, 8, 0, tzinfo=UTC), datetime(2026, 11, 21, 8, tzinfo=UTC)),
        (datetime(2026, 11, 21, 7, 59, tzinfo=UTC), datetime(2026, 11, 20, 20, tzinfo=UTC)),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), datetime(2026, 7, 1, 7, tzinfo=UTC)),
    ],
)
def test_rounds_are_at_fixed_hours_in_london(at: datetime, slot: datetime) -> None:
    assert rounds.last_slot(at) == slot


@given(st.integers(0, 4 * 366 * 24 * 60))
def test_a_round_is_never_long_ago_nor_to_come(minutes: int) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert timedelta() <= at - rounds.last_slot(at) <= 13 * HOUR


def test_what_came_without_a_name_is_told_with_the_next_round_at_its_own_hour(
    readers: Readers,
) -> None:
    """So the message says nothing of when it was sent."""
    assert rounds.run_round(at=NOW) == 0
    concern = a_concern(readers.priya, concerned=[readers.nadia.person])
    assert rounds.run_round(at=NOW + HOUR) is None
    assert not Notice.objects.exists()
    tasks.round_tick(NOW + 3 * HOUR)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (readers.priya.person, "concerns.waiting")
    assert again(concern).reader_told
    assert rounds.run_round(at=NOW + 3 * HOUR) is None
    assert rounds.run_round(at=NOW + 8 * HOUR) == 0


def test_rounds_are_forgotten_after_a_week(readers: Readers) -> None:
    rounds.run_round(at=NOW - 20 * DAY)
    rounds.run_round(at=NOW)
    assert str(Round.objects.get()).startswith("Round")


def chased(kind: str) -> int:
    return Notice.objects.filter(kind=f"concerns.{kind}").count()


def test_a_reader_is_reminded_on_the_day_and_now_and_then_while_it_is_late(
    readers: Readers, alice: Person
) -> None:
    """Due on Tuesday 24 November; then late by 1, 3 and 5 working days, never daily."""
    a_concern(readers.priya, by=alice)
    days = []
    for number in range(15):
        at = datetime(2026, 11, 21, 10, tzinfo=UTC) + number * DAY
        before = chased("unacknowledged")
        rounds.run_round(at=at)
        rounds.run_round(at=at + 3 * HOUR)
        if chased("unacknowledged") > before:
            days.append(at.date())
            assert chased("unacknowledged") == before + 1
    assert days == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27), date(2026, 12, 1)]


def test_an_answer_is_asked_for_when_it_is_due(readers: Readers, alice: Person) -> None:
    concern = a_concern(readers.priya, by=alice)
    handling.acknowledge(concern=concern, by=readers.priya.person, at=NOW)
    rounds.chase(at=datetime(2026, 12, 3, 10, tzinfo=UTC))
    assert chased("unanswered") == 0
    rounds.chase(at=datetime(2026, 12, 4, 10, tzinfo=UTC))
    assert chased("unanswered") == 1
    handling.reply(concern=concern, text="Yes.", by=readers.priya.person, at=NOW)
    rounds.chase(at=datetime(2026, 12, 7, 10, tzinfo=UTC))
    assert chased("unanswered") == 1
    assert again(concern).state == State.ACKNOWLEDGED


def test_nobody_is_chased_at_the_weekend(readers: Readers) -> None:
    a_concern(readers.priya, at=NOW - 20 * DAY)
    rounds.chase(at=NOW)
    assert not Notice.objects.exists()
