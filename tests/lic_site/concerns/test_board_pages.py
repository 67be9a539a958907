"""The board, a reader's own pages, the list of readers, and a raiser's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.concerns.enums import Entry, Outcome, State
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.services import handling
from tests.factories.concerns import WORDS, a_concern
from tests.factories.people import PersonFactory, staff
from tests.lic_site.concerns.conftest import Readers
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


@pytest.fixture
def priya(readers: Readers, signed_in: SignedIn) -> Client:
    return signed_in(readers.priya.person)


@pytest.fixture
def concern(readers: Readers, alice: Person) -> Concern:
    return a_concern(readers.priya, by=alice)


def url(concern: Concern, rest: str = "") -> str:
    return f"/staff/concerns/{concern.reference}/{rest}"


def test_a_reader_sees_their_own_and_no_other(
    priya: Client, readers: Readers, concern: Concern, signed_in: SignedIn
) -> None:
    other = a_concern(readers.nadia)
    board = priya.get("/staff/concerns/").content.decode()
    assert concern.reference in board
    assert other.reference not in board
    assert "In figures" not in board
    assert priya.get(url(other)).status_code == 404
    assert priya.get(url(other, "do/reply/")).status_code == 404
    seen = priya.get(url(concern)).content.decode()
    assert WORDS in seen
    assert "Alice Owner" in seen


def test_every_look_is_written_down_by_its_number_alone(
    priya: Client, concern: Concern, alice: Person
) -> None:
    priya.get(url(concern))
    event = AuditEvent.objects.get(verb="concerns.concern_viewed")
    assert (event.object_id, event.subject_id, event.fields) == (concern.pk, alice.pk, [])


@pytest.mark.parametrize("role", [Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD])
def test_staff_see_counts_and_nothing_of_a_concern(
    concern: Concern, signed_in: SignedIn, role: Role
) -> None:
    browser = signed_in(staff(role))
    board = browser.get("/staff/concerns/").content.decode()
    assert "Fewer than 5" in board
    assert concern.reference not in board
    assert browser.get(url(concern)).status_code == 404
    assert browser.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("show", "found"), [("", 2), ("open", 2), ("late", 1), ("closed", 1), ("all", 3), ("x", 2)]
)
def test_the_board_is_narrowed(
    priya: Client, readers: Readers, concern: Concern, show: str, found: int
) -> None:
    a_concern(readers.priya, at=NOW - 10 * DAY)
    closed = a_concern(readers.priya)
    handling.close(concern=closed, outcome="upheld", text="x", by=readers.priya.person, at=NOW)
    board = priya.get(f"/staff/concerns/?show={show}")
    assert len(board.context["rows"]) == found
    assert ("overdue by" in board.content.decode()) == (show != "closed")


def test_the_board_takes_as_many_queries_for_three_as_for_one(
    priya: Client, readers: Readers
) -> None:
    grows_not(priya, "/staff/concerns/", lambda: a_concern(readers.priya), at_most=8)


def test_a_thread_takes_as_many_queries_for_three_entries_as_for_one(
    priya: Client, readers: Readers, concern: Concern
) -> None:
    def say() -> None:
        handling.note(concern=concern, text="x", by=readers.priya.person, at=NOW)

    grows_not(priya, url(concern), say, at_most=9)


ACTS: list[tuple[str, dict[str, Any], str]] = [
    ("acknowledge", {"text": "I read it."}, "It is acknowledged."),
    ("look-into", {}, "being looked into."),
    ("reply", {"text": "Yes."}, "Your reply is there."),
    ("note", {"text": "Hm."}, "It is noted."),
    ("action", {"text": "Ask.", "due_on_day": "1", "due_on_month": "12", "due_on_year": "2026"},
     "It is noted."),
    ("close", {"outcome": "upheld", "text": "You are right."}, "It is closed."),
    ("reopen", {"text": "More came."}, "It is open again."),
]  # fmt: skip


def test_a_reader_does_everything_from_its_page(priya: Client, concern: Concern) -> None:
    for name, said, done in ACTS:
        assert priya.get(url(concern, f"do/{name}/")).status_code == 200
        answer = priya.post(url(concern, f"do/{name}/"), said, follow=True)
        assert done in answer.content.decode(), name
    concern.refresh_from_db()
    assert concern.state == State.LOOKING_INTO
    action = concern.entries.get(kind=Entry.ACTION)
    for said in ("noted as done", "done already"):
        answer = priya.post(url(concern, f"actions/{action.pk}/"), follow=True)
        assert said in answer.content.decode()
    assert priya.post(url(concern, "actions/1/")).status_code == 404
    assert priya.get(url(concern, "do/nothing/")).status_code == 404


def test_a_step_refused_says_why_and_keeps_what_was_typed(priya: Client, concern: Concern) -> None:
    answer = priya.post(url(concern, "do/reopen/"), {"text": "Kept words"})
    assert "is not possible now" in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    empty = priya.post(url(concern, "do/close/"), {})
    assert "Choose what came of it" in empty.content.decode()


def test_it_is_passed_on_and_gone(priya: Client, readers: Readers, concern: Concern) -> None:
    page = url(concern, "do/hand-over/")
    assert "Nadia Listens" in priya.get(page).content.decode()
    answer = priya.post(page, {"reader": readers.nadia.pk, "text": "Away."}, follow=True)
    assert "with the other reader now" in answer.content.decode()
    assert priya.get(page).status_code == 404


def test_when_nobody_else_may_read_it_the_page_says_so(priya: Client, readers: Readers) -> None:
    alone = a_concern(readers.priya, concerned=[readers.nadia.person])
    assert "Nobody else may read" in priya.get(url(alone, "do/hand-over/")).content.decode()


def test_a_right_that_ended_closes_the_board_at_once(
    priya: Client, readers: Readers, concern: Concern
) -> None:
    assert priya.get(url(concern)).status_code == 200
    Contact.objects.filter(pk=readers.priya.pk).update(ends_on=NOW.date() - DAY)
    assert priya.get(url(concern)).status_code == 404
    assert priya.get("/staff/concerns/").status_code == 404


def test_staff_name_change_and_end_readers(signed_in: SignedIn, readers: Readers) -> None:
    keeper = staff()
    browser = signed_in(keeper)
    new = PersonFactory()
    days = {
        "starts_on_day": "21", "starts_on_month": "11", "starts_on_year": "2026",
        "ends_on_day": "1", "ends_on_month": "6", "ends_on_year": "2027",
    }  # fmt: skip
    typed = {"email": new.user.email, "what_for": "the days", **days}
    assert browser.get("/staff/concerns/contacts/new/").status_code == 200
    page = browser.post("/staff/concerns/contacts/new/", typed, follow=True)
    contact = Contact.objects.get(person=new)
    assert new.name in page.content.decode()
    again = browser.post("/staff/concerns/contacts/new/", typed)
    assert "a reader on some of those days already" in again.content.decode()
    nobody = browser.post("/staff/concerns/contacts/new/", {**typed, "email": "no@example.org"})
    assert "Nobody signs in with this address" in nobody.content.decode()
    own = browser.post("/staff/concerns/contacts/new/", {**typed, "email": keeper.user.email})
    assert "nobody themselves" in own.content.decode()
    change = f"/staff/concerns/contacts/{contact.pk}/"
    assert "the days" in browser.get(change).content.decode()
    wrong = browser.post(change, {**typed, "ends_on_year": "2020"})
    assert "The last day is before the first" in wrong.content.decode()
    browser.post(change, {**typed, "what_for": "anything", "starts_on_year": "2027",
                          "starts_on_month": "1"})  # fmt: skip
    assert "To come" in browser.get("/staff/concerns/contacts/").content.decode()
    assert browser.get(f"{change}end/").status_code == 200
    ended = browser.post(f"{change}end/", follow=True).content.decode()
    assert "Past" in ended
    assert "already ended" in browser.post(f"{change}end/").content.decode()
    assert "already ended" in browser.post(change, typed).content.decode()


def test_the_raiser_reads_adds_and_withdraws(
    concern: Concern, alice: Person, charlie: Person, signed_in: SignedIn, readers: Readers
) -> None:
    browser, page = signed_in(alice), f"/my/concerns/{concern.reference}/"
    handling.note(concern=concern, text="Private.", by=readers.priya.person, at=NOW)
    assert concern.reference in browser.get("/my/concerns/").content.decode()
    seen = browser.get(page).content.decode()
    assert WORDS in seen
    assert "Private." not in seen
    assert "Write what you want" in browser.post(page, {"text": ""}).content.decode()
    assert "It was added" in browser.post(page, {"text": "More."}, follow=True).content.decode()
    assert browser.get(f"{page}withdraw/").status_code == 200
    done = browser.post(f"{page}withdraw/", follow=True).content.decode()
    assert "It is withdrawn" in done
    assert "closed already" in browser.post(f"{page}withdraw/").content.decode()
    concern.refresh_from_db()
    assert concern.outcome == Outcome.WITHDRAWN
    stranger = signed_in(charlie)
    assert stranger.get(page).status_code == 404
    assert "Nothing with your name" in stranger.get("/my/concerns/").content.decode()


def test_ones_own_list_takes_as_many_queries_for_three_as_for_one(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    grows_not(
        signed_in(alice), "/my/concerns/", lambda: a_concern(readers.priya, by=alice), at_most=7
    )


def test_a_readers_home_leads_to_the_board(priya: Client, concern: Concern) -> None:
    home = priya.get("/my/").content.decode()
    assert "Something waits for you to read it" in home
    assert home.count('href="/staff/concerns/"') >= 2
    assert concern.reference not in home
