"""Raising a concern: who reads it, who never does, what is kept of whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.accounts.models import AuditEvent, Person
from lic_site.concerns import codes, deadlines
from lic_site.concerns.enums import Entry, Known, State
from lic_site.concerns.models import Concern, Exclusion
from lic_site.concerns.services import errors, following
from lic_site.notices.models import Notice
from tests.factories.concerns import WORDS, ContactFactory, a_concern
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_named_concern_reaches_its_reader_and_is_acknowledged_in_time(
    readers: Readers, alice: Person
) -> None:
    """Saturday 21 November 2026: two working days later is Tuesday, ten is Friday week."""
    concern = a_concern(readers.priya, by=alice)
    assert (concern.state, concern.reader, concern.raiser) == (
        State.RECEIVED,
        readers.priya.person,
        alice,
    )
    assert concern.acknowledge_by == date(2026, 11, 24)
    assert concern.answer_by == date(2026, 12, 4)
    assert concern.entries.get().text == WORDS
    sent = set(Notice.objects.values_list("kind", "recipient"))
    assert sent == {
        ("concerns.waiting", readers.priya.person_id),
        ("concerns.received", alice.pk),
    }
    assert AuditEvent.objects.get(verb="concerns.concern_raised").actor_id == alice.pk


def test_whoever_wants_no_mail_gets_none(readers: Readers, alice: Person) -> None:
    a_concern(readers.priya, by=alice, tell_by_mail=False)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {readers.priya.person_id}


@pytest.mark.parametrize("known", [Known.ANONYMOUS, Known.WRITTEN])
def test_without_a_name_nothing_is_kept_of_who_sent_it(
    readers: Readers, alice: Person, known: Known
) -> None:
    """Not even when a caller says who it was."""
    events = AuditEvent.objects.count()
    concern = a_concern(readers.priya, by=alice, known=known, tell_by_mail=True)
    assert concern.raiser is None
    assert not concern.tell_by_mail
    assert AuditEvent.objects.count() == events
    assert not Notice.objects.exists()
    assert not concern.reader_told


def test_the_code_opens_it_however_it_is_typed(readers: Readers) -> None:
    code = codes.new_code()
    concern = a_concern(readers.priya, code=code)
    assert code not in str(Concern.objects.values())
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} "):
        assert following.find_by_code(typed) == concern
    assert following.find_by_code(codes.new_code()) is None
    assert following.find_by_code("") is None


def test_a_named_concern_has_no_code(readers: Readers, alice: Person) -> None:
    code = codes.new_code()
    a_concern(readers.priya, by=alice, code=code)
    assert following.find_by_code(code) is None


def test_sending_twice_is_one_concern(readers: Readers) -> None:
    first = a_concern(readers.priya, nonce="once")
    again = a_concern(readers.priya, nonce="once")
    assert first == again
    assert Concern.objects.get().entries.count() == 1


def test_the_slower_of_two_who_send_at_once_finds_the_first(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither saw the other when it looked."""
    first = a_concern(readers.priya, nonce="once")
    looked = Concern.objects.none()
    monkeypatch.setattr(
        "lic_site.concerns.services.raising.sent_before", lambda digest: looked.first()
    )
    assert a_concern(readers.priya, nonce="once") == first
    assert first.entries.count() == 1


def test_whom_it_is_about_cannot_be_its_reader(readers: Readers) -> None:
    with pytest.raises(errors.ReaderConcerned):
        a_concern(readers.priya, concerned=[readers.priya.person])
    assert not Concern.objects.exists()


def test_nobody_reads_what_they_raise_themselves(readers: Readers) -> None:
    with pytest.raises(errors.OwnReader):
        a_concern(readers.priya, by=readers.priya.person)


def test_a_reader_whose_time_ended_meanwhile_gets_nothing(readers: Readers) -> None:
    over = ContactFactory(ends_on=NOW.date() - timedelta(days=1))
    with pytest.raises(errors.ReaderGone):
        a_concern(over)


def test_a_name_needs_somebody_signed_in(readers: Readers) -> None:
    with pytest.raises(errors.NotSignedIn):
        a_concern(readers.priya, known=Known.NAMED)


def test_whom_it_is_about_is_kept_beside_it(readers: Readers) -> None:
    concern = a_concern(readers.priya, concerned=[readers.nadia.person])
    assert Exclusion.objects.get().person == readers.nadia.person
    assert str(Exclusion.objects.get()).startswith("Exclusion")
    assert concern.entries.get().kind == Entry.SAID


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(1, 30))
def test_a_deadline_is_a_working_day_so_many_after(day: date, number: int) -> None:
    due = deadlines.after(day, number)
    assert deadlines.between(day, due) == number
    assert deadlines.is_working(due)


def test_christmas_counts_for_nothing() -> None:
    assert deadlines.after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert deadlines.between(date(2026, 12, 29), date(2026, 12, 24)) == 0


@given(st.text(max_size=60))
def test_whatever_is_typed_opens_nothing_but_its_own(text: str) -> None:
    assert codes.digest(text) != codes.digest(codes.new_code())
    assert codes.digest(f" {text} - ") == codes.digest(text)


def test_codes_and_numbers_are_all_different() -> None:
    assert len({codes.new_code() for _ in range(1000)}) == 1000
    assert len({codes.new_id() for _ in range(1000)}) == 1000
    assert all(0 < codes.new_id() < 2**53 for _ in range(100))
