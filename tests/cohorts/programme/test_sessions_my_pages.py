"""A participant's own dates, and the files for their calendar."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Apology, Cohort, Enrolment, Session
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person
from lic_site.common.dates import LONDON
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    MaterialFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LINK = "https://meet.example.org/secret-room"


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="running", name="Running cohort")


@pytest.fixture
def mine(cohort: Cohort, cast: Cast) -> Enrolment:
    return in_set(LearningSetFactory(cohort=cohort, name="Set 1"), cast.owner)


@pytest.fixture
def theirs(cohort: Cohort, cast: Cast) -> Enrolment:
    """Bob's place, in another set."""
    return in_set(LearningSetFactory(cohort=cohort, name="Set 2"), cast.colleague)


@pytest.fixture
def listed(alice: Client, mine: Enrolment) -> str:
    return url("my_sessions", mine.cohort.slug)


def test_the_next_comes_first_past_ones_below_and_a_cancelled_one_struck_through(
    alice: Client, cohort: Cohort, listed: str, admin: Person
) -> None:
    assert "No date yet" in text_of(alice, listed)
    for days, title in ((9, "Later"), (-9, "Long ago"), (2, "Next"), (-2, "Lately")):
        a_session(cohort, days=days, title=title)
    gone = a_session(cohort, days=5, title="Gone")
    planning.cancel_session(session=gone, because="The trains.", by=admin, at=NOW)
    page = text_of(alice, listed)
    titles = ["Next", "<s>Gone</s>", "Later", "Lately", "Long ago"]
    places = [page.index(f"{title}</a>") for title in titles]
    assert places == sorted(places)
    assert "The trains." in text_of(alice, url("my_session", cohort.slug, gone.pk))


def test_each_sees_their_own_alone(
    alice: Client,
    mine: Enrolment,
    theirs: Enrolment,
    cohort: Cohort,
    cast: Cast,
    signed_in: SignedIn,
) -> None:
    ours = a_session(cohort, days=3, learning_set=mine.learning_set, title="Ours", link=LINK)
    other = a_session(cohort, days=3, learning_set=theirs.learning_set, title="Theirs")
    slot = a_slot(cohort, days=4)
    booked = a_slot(cohort, days=5, participant=theirs)
    page = text_of(alice, url("my_sessions", cohort.slug))
    assert "Ours" in page
    assert "Theirs" not in page
    assert LINK not in page
    assert LINK in text_of(alice, url("my_session", cohort.slug, ours.pk))
    for hidden in (other, slot, booked):
        assert alice.get(url("my_session", cohort.slug, hidden.pk)).status_code == 404
        assert alice.get(url("my_date", cohort.slug, hidden.pk)).status_code == 404
    bob, charlie = signed_in(cast.colleague), signed_in(cast.stranger)
    assert bob.get(url("my_session", cohort.slug, ours.pk)).status_code == 404
    for name in ("my_sessions", "my_dates"):
        assert charlie.get(url(name, cohort.slug)).status_code == 404
        assert Client().get(url(name, cohort.slug)).status_code == 302
        assert alice.post(url(name, cohort.slug)).status_code == 405


def test_whoever_left_sees_no_dates_any_more(
    alice: Client, mine: Enrolment, cohort: Cohort
) -> None:
    session = a_session(cohort, days=3)
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    for address in (
        url("my_sessions", cohort.slug),
        url("my_dates", cohort.slug),
        url("my_session", cohort.slug, session.pk),
    ):
        assert alice.get(address).status_code == 404


def test_a_session_says_what_moved_what_to_read_and_that_one_cannot_come(
    alice: Client, mine: Enrolment, cohort: Cohort, admin: Person
) -> None:
    session = a_session(cohort, days=8, place="County Hall", leads=admin)
    planning.move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        place="City Hall",
        link="",
        by=admin,
        at=NOW,
    )
    MaterialFactory(session=session, title="Shared reading")
    MaterialFactory(session=session, title="Kept back", shared_at=None)
    page = text_of(alice, url("my_session", cohort.slug, session.pk))
    assert "Moved from 29 November 2026 at 10am" in page
    assert "Moved from County Hall" in page
    assert admin.name in page
    assert "Shared reading" in page
    assert "Kept back" not in page
    assert "There is something to read." in text_of(alice, url("my_sessions", cohort.slug))
    Apology.objects.create(session=session, enrolment=mine, sent_at=NOW)
    assert "You said that you cannot come" in text_of(
        alice, url("my_session", cohort.slug, session.pk)
    )
    assert "You cannot come" in text_of(alice, url("my_sessions", cohort.slug))


def events_of(client: Client, address: str) -> list[Any]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_the_calendar_is_private_neutral_and_follows_what_moves(
    alice: Client, mine: Enrolment, cohort: Cohort, admin: Person
) -> None:
    session = a_session(
        cohort, days=8, title="Race and power", place="County Hall", link=LINK, kind="residential"
    )
    one = url("my_date", cohort.slug, session.pk)
    (before,) = events_of(alice, one)
    assert before.decoded("dtstart") == session.starts_at
    assert (before["summary"], before["class"], before["status"]) == (
        "Residential",
        "PRIVATE",
        "CONFIRMED",
    )
    written = alice.get(one).content.decode()
    for telling in ("Race", "Running", "Colour", "secret-room", "Alice"):
        assert telling not in written
    moved = planning.move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        place="City Hall",
        link=LINK,
        by=admin,
        at=NOW,
    )
    (after,) = events_of(alice, one)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.decoded("dtstart") == moved.starts_at
    planning.cancel_session(session=moved, because="", by=admin, at=NOW)
    (gone,) = events_of(alice, url("my_dates", cohort.slug))
    assert (gone["uid"], gone["status"], gone["sequence"]) == (before["uid"], "CANCELLED", 3)


def test_the_calendar_is_right_on_both_sides_of_the_clock_change(
    alice: Client, mine: Enrolment, cohort: Cohort
) -> None:
    for day in ("2027-03-27", "2027-03-29", "2027-10-30", "2027-11-01"):
        starts = datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=LONDON)
        ends = starts.replace(hour=16)
        Session.objects.create(cohort=cohort, title="x", starts_at=starts, ends_at=ends)
    for event in events_of(alice, url("my_dates", cohort.slug)):
        local = event.decoded("dtstart").astimezone(LONDON)
        assert f"{local:%H:%M}" == "09:30"


def test_the_list_does_not_grow_by_queries(
    alice: Client, mine: Enrolment, cohort: Cohort, listed: str
) -> None:
    days = iter(range(2, 40))
    grows_not(alice, listed, lambda: a_session(cohort, days=next(days)), at_most=11)
