"""Messages about concerns that failed, or that a restore held: no board of messages shows them."""

from datetime import timedelta

import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.concerns.models import Concern
from lic_site.concerns.stuck import stuck
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from tests.factories.concerns import a_concern
from tests.factories.people import staff
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BOARD, PAGE = "/staff/concerns/", "/staff/concerns/messages/"


@pytest.fixture
def concern(readers: Readers, alice: Person) -> Concern:
    return a_concern(readers.priya, by=alice)


def go_wrong(concern: Concern, state: State = State.FAILED) -> int:
    """Every message about it."""
    reason = Reason.REFUSED if state == State.FAILED else Reason.RESTORED
    return Notice.objects.filter(kind__startswith="concerns.", anchor_id=concern.pk).update(
        state=state, reason=reason, attempts=1, finished_at=None
    )


def words(person: Person) -> str:
    found = stuck(person, NOW)
    return found.words if found else ""


def test_a_reader_is_told_how_many_of_their_own_did_not_go_out_and_not_to_whom(
    readers: Readers, concern: Concern, alice: Person, signed_in: SignedIn
) -> None:
    assert words(readers.priya.person) == ""
    assert go_wrong(concern) == 2
    go_wrong(a_concern(readers.nadia, by=alice))
    browser = signed_in(readers.priya.person)
    page = browser.get(BOARD).content.decode()
    assert "2 messages about concerns have not gone out: 2 could not be sent." in page
    assert alice.name not in page
    assert "before the restore" not in page


def test_one_is_said_as_one(readers: Readers, concern: Concern) -> None:
    go_wrong(concern, State.PARKED)
    Notice.objects.filter(kind="concerns.received").update(state=State.SENT)
    said = "1 message about concerns has not gone out: 1 is held since a restore."
    assert words(readers.priya.person) == said
    Notice.objects.filter(kind="concerns.received").update(state=State.FAILED)
    both = "2 messages about concerns have not gone out: 1 could not be sent and 1 is held since"
    assert words(readers.priya.person) == f"{both} a restore."


def test_whoever_keeps_the_readers_is_told_no_small_number(
    readers: Readers, concern: Concern, alice: Person, signed_in: SignedIn
) -> None:
    go_wrong(concern)
    lead = staff(Role.PROGRAMME_LEAD)
    some = "Some messages about concerns have not gone out: some could not be sent."
    browser = signed_in(lead)
    assert some in browser.get(BOARD).content.decode()
    assert some in browser.get("/staff/").content.decode()
    for _ in range(2):
        go_wrong(a_concern(readers.nadia, by=alice), State.PARKED)
    said = "6 messages about concerns have not gone out: some could not be sent and some are held"
    assert words(lead) == f"{said} since a restore."


def test_nobody_is_told_of_messages_about_what_is_about_them(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    lead = staff(Role.PROGRAMME_LEAD)
    go_wrong(a_concern(readers.nadia, by=alice, concerned=[lead, readers.priya.person]))
    assert words(lead) == words(readers.priya.person) == words(alice) == ""
    signed_in(lead).post(PAGE, {"do": "send"})
    assert not Notice.objects.exclude(state=State.FAILED).exists()


@pytest.mark.parametrize("state", [State.FAILED, State.PARKED])
def test_they_are_sent_after_all_and_the_record_says_how_many_alone(
    readers: Readers, concern: Concern, signed_in: SignedIn, state: State
) -> None:
    go_wrong(concern, state)
    browser = signed_in(readers.priya.person)
    done = browser.post(PAGE, {"do": "send"}, follow=True).content.decode()
    assert "The messages are on their way." in done
    sent = Notice.objects.all()
    assert {(each.state, each.reason, each.attempts) for each in sent} == {(State.PENDING, "", 0)}
    event = AuditEvent.objects.get(verb="notices.private_sent_again")
    assert (event.fields, event.object_id, event.subject_id) == (["2 messages"], None, None)
    again = browser.post(PAGE, {"do": "send"}, follow=True).content.decode()
    assert "done with already" in again


def test_they_are_called_off(readers: Readers, concern: Concern, signed_in: SignedIn) -> None:
    go_wrong(concern)
    browser = signed_in(readers.priya.person)
    assert "will not be sent" in browser.post(PAGE, {"do": "drop"}, follow=True).content.decode()
    assert set(Notice.objects.values_list("state", "reason")) == {(State.CANCELLED, Reason.STAFF)}
    assert AuditEvent.objects.filter(verb="notices.private_cancelled").exists()


def test_what_is_of_no_use_any_more_stays_as_it_is(readers: Readers, concern: Concern) -> None:
    go_wrong(concern)
    Notice.objects.update(useless_after=NOW)
    assert words(readers.priya.person) == ""
    theirs = Notice.objects.all()
    assert services.send_stuck(notices=theirs, by=readers.priya.person, at=NOW) == 0


def test_a_form_that_says_neither_changes_nothing(
    readers: Readers, concern: Concern, signed_in: SignedIn
) -> None:
    go_wrong(concern)
    browser = signed_in(readers.priya.person)
    assert "Choose whether" in browser.post(PAGE, {"do": "x"}, follow=True).content.decode()
    assert not Notice.objects.exclude(state=State.FAILED).exists()


def test_after_a_restore_the_board_of_messages_does_not_let_them_go(
    readers: Readers, concern: Concern
) -> None:
    assert services.park_due(since=NOW - timedelta(hours=1), at=NOW) == 2
    assert services.release_parked(by=None, at=NOW) == 0
    assert services.release_parked(by=None, at=NOW, reason=Reason.RESTORED) == 0
    assert "2 are held since a restore" in words(readers.priya.person)
