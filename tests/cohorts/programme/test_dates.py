"""What a person's calendar holds: what they take part in, what they lead, what wants an answer."""

from datetime import date, timedelta

import pytest
from django.test import Client

from cohorts.programme.dates import where
from cohorts.programme.enums import EnrolmentState, OfferState, SessionKind
from cohorts.programme.models import Cohort, Enrolment, Offer, Session
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person
from lic_site.notices.ics import Entry
from lic_site.notices.services import calendars
from tests.architecture.test_notice_kinds import TELLING
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory, OfferFactory
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.calendars import calendar_of, events, titles
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LINK = "https://meet.example.org/secret-room"


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="colour", name="Black leadership cohort")


@pytest.fixture
def mine(cohort: Cohort, cast: Cast) -> Enrolment:
    return in_set(LearningSetFactory(cohort=cohort, name="Set 1"), cast.owner)


@pytest.fixture
def admin() -> Person:
    return staff()


def seen_by(person: Person) -> list[Entry]:
    return calendars.dates_of(person, at=NOW)


def uids(person: Person) -> set[str]:
    return {entry.uid for entry in seen_by(person)}


def uid(session: Session) -> str:
    return f"date-{session.pk}@dates.invalid"


def feed_of(person: Person) -> str:
    feed = calendars.turn_on(person=person, by=person, at=NOW)
    return calendars.address(feed).removeprefix("http://localhost:8000")


def test_a_participant_s_dates_are_their_own_alone(
    mine: Enrolment, cohort: Cohort, cast: Cast
) -> None:
    unnamed = LearningSetFactory(cohort=cohort, name="Set 2", named_at=None)
    theirs = in_set(unnamed, cast.colleague)
    whole = a_session(cohort, days=1)
    ours = a_session(cohort, days=2, learning_set=mine.learning_set)
    not_yet = a_session(cohort, days=3, learning_set=unnamed)
    booked = a_slot(cohort, days=4, participant=mine)
    other = a_slot(cohort, days=5, participant=theirs)
    a_slot(cohort, days=6)
    a_session(a_running_cohort(slug="other"), days=7)
    assert uids(cast.owner) == {uid(each) for each in (whole, ours, booked)}
    assert uids(cast.colleague) == {uid(each) for each in (whole, other)}
    assert not_yet.pk
    assert not seen_by(cast.stranger)


def test_staff_who_take_no_part_have_no_dates(cohort: Cohort, admin: Person) -> None:
    a_session(cohort, days=1)
    assert not seen_by(admin)


def test_a_facilitator_has_what_they_lead_until_thirty_days_after(
    cohort: Cohort, cast: Cast
) -> None:
    leads = cast.stranger
    led = a_session(cohort, days=1, leads=leads)
    of_set = a_session(
        cohort, days=2, learning_set=LearningSetFactory(cohort=cohort, facilitator=leads)
    )
    lately = a_session(cohort, days=-29, leads=leads)
    a_session(cohort, days=-31, leads=leads)
    a_session(cohort, days=3)
    assert uids(leads) == {uid(each) for each in (led, of_set, lately)}


def test_whoever_takes_part_and_leads_has_the_date_once(
    mine: Enrolment, cohort: Cohort, cast: Cast
) -> None:
    a_session(cohort, days=1, leads=cast.owner)
    assert len(seen_by(cast.owner)) == 1


def test_whoever_loses_their_place_loses_its_dates(
    mine: Enrolment, cohort: Cohort, cast: Cast, client: Client
) -> None:
    a_session(cohort, days=1)
    path = feed_of(cast.owner)
    assert len(events(client.get(path).content)) == 1
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    assert events(client.get(path).content) == []


def test_a_cancelled_date_is_told_for_sixty_days(
    mine: Enrolment, cohort: Cohort, cast: Cast
) -> None:
    for days in (59, 61):
        a_session(cohort, days=90, cancelled_at=NOW - timedelta(days=days))
    (told,) = seen_by(cast.owner)
    assert told.is_cancelled
    assert told.changed_at == NOW - timedelta(days=59)


def test_a_date_that_moves_and_is_cancelled_stays_the_same_date(
    mine: Enrolment, cohort: Cohort, cast: Cast, client: Client, admin: Person
) -> None:
    path = feed_of(cast.owner)
    session = a_session(cohort, days=8, place="County Hall")
    (before,) = events(client.get(path).content)
    moved = planning.move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        place="City Hall",
        link="",
        by=admin,
        at=NOW,
    )
    (after,) = events(client.get(path).content)
    planning.cancel_session(session=moved, because="", by=admin, at=NOW)
    (gone,) = events(client.get(path).content)
    assert {before.uid, after.uid, gone.uid} == {uid(session)}
    assert (before.sequence, after.sequence, gone.sequence) == (1, 2, 3)
    assert after.starts == moved.starts_at
    assert (after.status, gone.status) == ("CONFIRMED", "CANCELLED")


def test_nothing_in_the_feed_tells_what_it_is_about(
    mine: Enrolment, cohort: Cohort, cast: Cast, client: Client
) -> None:
    for days, kind in enumerate(SessionKind, start=1):
        a_session(
            cohort,
            days=days,
            kind=kind,
            title="Racism and power",
            link=LINK,
            place="County Hall",
            cancelled_because="A minority came.",
            cancelled_at=NOW if days == 1 else None,
            leads=cast.stranger,
        )
    OfferFactory(application=ApplicationFactory(applicant=cast.owner), expires_at=NOW + DAY)
    for person in (cast.owner, cast.stranger):
        written = client.get(feed_of(person)).content
        assert titles(events(written))
        text = written.decode().replace("\r\n ", "")
        assert not TELLING.search(text)
        for telling in ("secret-room", "colour", "minority", "Alice", "Charlie", "Owner"):
            assert telling not in text


@pytest.mark.parametrize(
    ("place", "link", "shown"),
    [
        ("County Hall, SE1", "", "County Hall, SE1"),
        ("County Hall", LINK, "County Hall"),
        ("", LINK, "Online"),
        ("", "", ""),
        (LINK, "", "Online"),
        ("Teams: teams.microsoft.com/l/meet", "", "Online"),
        ("Join at WWW.example", "", "Online"),
        ("St. Mary's, 2nd floor", "", "St. Mary's, 2nd floor"),
    ],
)
def test_a_place_is_shown_and_a_way_to_join_never(place: str, link: str, shown: str) -> None:
    assert where(Session(place=place, link=link)) == shown


def test_an_open_offer_wants_an_answer_on_its_last_day(cast: Cast, client: Client) -> None:
    offer = OfferFactory(
        application=ApplicationFactory(applicant=cast.owner),
        made_at=NOW,
        expires_at=NOW.replace(hour=23, minute=59) + 7 * DAY,
    )
    path = feed_of(cast.owner)
    (due,) = events(client.get(path).content)
    assert (due.uid, due.title) == (f"answer-{offer.pk}@dates.invalid", "An answer is due")
    assert (due.starts, due.ends) == (date(2026, 11, 28), date(2026, 11, 29))
    assert due.transparency == "TRANSPARENT"
    assert due.url.endswith("/my/")
    Offer.objects.update(state=OfferState.ACCEPTED, answered_at=NOW)
    assert events(client.get(path).content) == []


def test_the_feed_takes_as_many_queries_for_thirty_dates_as_for_one(
    mine: Enrolment, cohort: Cohort, cast: Cast, client: Client
) -> None:
    path = feed_of(cast.owner)
    days = iter(range(1, 40))
    taken = []
    for more in (1, 2, 27):
        for _ in range(more):
            a_session(cohort, days=next(days), learning_set=mine.learning_set)
        taken.append(queries_of(client, path))
    assert taken == [3, 3, 3]


class TestFile:
    def test_a_cancelled_session_s_file_takes_it_out(
        self, mine: Enrolment, cohort: Cohort, alice: Client, admin: Person
    ) -> None:
        session = a_session(cohort, days=8, leads=(leader := PersonFactory()))
        url = f"/my/cohorts/{cohort.slug}/sessions/{session.pk}/date.ics"
        before = alice.get(url)
        assert before.headers["Content-Disposition"] == 'attachment; filename="date.ics"'
        assert before.headers["Cache-Control"].startswith("private, no-store")
        assert calendar_of(before.content).method == "PUBLISH"
        planning.cancel_session(session=session, because="", by=admin, at=NOW)
        led = Client()
        assert leader.user is not None
        led.force_login(leader.user)
        for after in (alice.get(url), led.get(f"/my/sessions/{session.pk}/date.ics")):
            assert calendar_of(after.content).method == "CANCEL"
            (gone,) = events(after.content)
            assert (gone.uid, gone.sequence) == (uid(session), 2)

    def test_among_others_it_is_told_as_cancelled(
        self, mine: Enrolment, cohort: Cohort, alice: Client
    ) -> None:
        a_session(cohort, days=8)
        a_session(cohort, days=9, cancelled_at=NOW)
        written = alice.get(f"/my/cohorts/{cohort.slug}/sessions/dates.ics").content
        assert calendar_of(written).method == "PUBLISH"
        assert [event.status for event in events(written)] == ["CONFIRMED", "CANCELLED"]


class TestLink:
    def test_a_date_s_link_leads_each_to_the_page_that_is_theirs(
        self, mine: Enrolment, cohort: Cohort, cast: Cast, signed_in: SignedIn
    ) -> None:
        session = a_session(
            cohort, days=1, learning_set=mine.learning_set, leads=(leader := PersonFactory())
        )
        link = f"/my/dates/{session.pk}/"
        mine_page = f"/my/cohorts/{cohort.slug}/sessions/{session.pk}/"
        for person, target in (
            (cast.owner, mine_page),
            (leader, f"/my/sessions/{session.pk}/"),
        ):
            browser = signed_in(person)
            assert browser.get(link).headers["Location"] == target
            assert browser.get(target).status_code == 200
        for other in (cast.colleague, cast.stranger):
            assert signed_in(other).get(link).status_code == 404
        assert Client().get(link).headers["Location"].startswith("/accounts/login/")

    def test_staff_are_led_nowhere(
        self, cohort: Cohort, admin: Person, signed_in: SignedIn
    ) -> None:
        session = a_session(cohort, days=1)
        assert signed_in(admin).get(f"/my/dates/{session.pk}/").status_code == 404
