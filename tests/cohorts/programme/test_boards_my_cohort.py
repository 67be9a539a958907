"""A participant's page of one cohort: what is next first, then the line from applying on."""

from datetime import timedelta

import pytest
from django.test import Client

from cohorts.programme.enums import CatchUp, EnrolmentState, Mark
from cohorts.programme.models import Enrolment
from lic_site.accounts.enums import Role
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import OrganisationFactory, staff
from tests.factories.programme import ApplicationFactory, EnrolmentFactory
from tests.factories.running import (
    DAY,
    AttendanceFactory,
    CertificateFactory,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def place(cast: Cast) -> Enrolment:
    made: Enrolment = EnrolmentFactory(
        cohort=a_running_cohort(slug="runs"), person=cast.owner, enrolled_at=NOW - 60 * DAY
    )
    return made


@pytest.fixture
def page(place: Enrolment) -> str:
    return url("my_cohort", place.cohort.slug)


def test_what_is_next_comes_first(place: Enrolment, page: str, alice: Client) -> None:
    a_session(place.cohort, days=9, title="Second day")
    a_session(place.cohort, days=-9, title="First day")
    a_session(place.cohort, days=2, title="Called off", cancelled_at=NOW)
    a_session(place.cohort, days=5, title="Nearest day", place="A hall in Camden")
    shown = text_of(alice, page)
    first = shown.partition("Your way through it")[0]
    assert "Nearest day" in first
    assert "Thursday 26 November 2026, 10am to 4pm" in first
    assert "A hall in Camden" in first
    assert "Called off" not in first
    assert "Second day" not in first


def test_a_session_that_is_on_is_said_to_be(
    place: Enrolment, page: str, alice: Client, clock: object
) -> None:
    begun = a_session(place.cohort, days=0, title="Today")
    clock.move_to(begun.starts_at + timedelta(hours=1))  # type: ignore[attr-defined]
    assert "On now" in text_of(alice, page)


def test_the_line_goes_from_the_application_to_what_comes_after(
    place: Enrolment, page: str, alice: Client
) -> None:
    application = ApplicationFactory(
        applicant=place.person, cohort=place.cohort, state="accepted", submitted_at=NOW
    )
    for days, state in ((90, "submitted"), (80, "under_review"), (70, "offered"), (60, "accepted")):
        application.events.create(state=state, at=NOW - days * DAY)
    place.application = application
    place.learning_set = LearningSetFactory(cohort=place.cohort, named_at=NOW - 40 * DAY)
    place.needs_told_at = NOW - 50 * DAY
    place.save()
    held = a_session(place.cohort, days=-9, title="First day")
    AttendanceFactory(session=held, enrolment=place)
    missed = a_session(place.cohort, days=-5, title="Missed day")
    AttendanceFactory(session=missed, enrolment=place, mark=Mark.ABSENT, catch_up=CatchUp.OFFERED)
    a_session(place.cohort, days=5, title="Coming day")
    shown = text_of(alice, page).partition("Your way through it")[2]
    steps = [
        "You applied",
        "Two people read it",
        "You were offered a place",
        "You took your place",
        "You told us what you need",
        "You joined your learning set",
        "First day",
        "You were there",
        "Missed day",
        "there is a way to catch up",
        "Coming day",
        "The cohort ends",
        "Your certificate",
        "Afterwards",
    ]
    places = [shown.index(step) for step in steps]
    assert places == sorted(places)


def test_a_set_is_not_told_before_it_is_named(place: Enrolment, page: str, alice: Client) -> None:
    place.learning_set = LearningSetFactory(cohort=place.cohort, name="Secret", named_at=None)
    place.save()
    a_session(place.cohort, days=5, learning_set=place.learning_set, title="Secret meeting")
    shown = text_of(alice, page)
    assert "Secret" not in shown
    assert "You hear who is in your learning set" in shown


def test_only_what_the_person_takes_part_in_stands_there(
    place: Enrolment, page: str, alice: Client
) -> None:
    other = LearningSetFactory(cohort=place.cohort)
    a_session(place.cohort, days=5, learning_set=other, title="Other set")
    a_slot(place.cohort, days=6)
    a_slot(place.cohort, days=7, participant=EnrolmentFactory(cohort=place.cohort))
    shown = text_of(alice, page)
    assert "Other set" not in shown
    assert shown.count("Coaching") == 1, "the card that leads to booking, and no hour of it"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (EnrolmentState.DEFERRED, "You deferred your place"),
        (EnrolmentState.WITHDRAWN, "You left this cohort"),
        (EnrolmentState.COMPLETED, "You completed this cohort"),
    ],
)
def test_a_place_that_ended_says_so_and_promises_nothing(
    place: Enrolment, page: str, alice: Client, state: str, said: str
) -> None:
    a_session(place.cohort, days=5, title="Coming day")
    Enrolment.objects.update(state=state, ended_at=NOW - DAY)
    shown = text_of(alice, page)
    assert said in shown
    assert "Coming day" not in shown
    assert "The cohort ends" not in shown


def test_the_certificate_stands_there_unless_it_was_withdrawn(
    place: Enrolment, page: str, alice: Client
) -> None:
    Enrolment.objects.update(state=EnrolmentState.COMPLETED, ended_at=NOW - DAY)
    made = CertificateFactory(enrolment=place)
    assert "My certificate" in text_of(alice, page)
    made.withdrawn_at = NOW
    made.save()
    assert "My certificate" not in text_of(alice, page)


def test_nobody_else_finds_it(place: Enrolment, page: str, cast: Cast, signed_in: SignedIn) -> None:
    EnrolmentFactory(person=cast.colleague)
    for person in (cast.colleague, cast.stranger, staff(), staff(Role.PROGRAMME_LEAD)):
        assert signed_in(person).get(page).status_code == 404
    assert Client().get(page).headers["Location"].startswith("/accounts/login/")
    assert signed_in(place.person).post(page).status_code == 405


def test_the_page_does_not_grow_by_a_query_a_session(
    place: Enrolment, page: str, alice: Client
) -> None:
    def add() -> None:
        held = a_session(place.cohort, days=-9)
        AttendanceFactory(session=held, enrolment=place)
        a_session(place.cohort, days=9)

    grows_not(alice, page, add, at_most=12)


def names(client: Client) -> str:
    return text_of(client, "/my/borough/")


@pytest.fixture
def coordinator(cast: Cast, signed_in: SignedIn) -> Client:
    person = staff(Role.BOROUGH_COORDINATOR)
    person.grants.update(organisation=cast.owner.organisation)
    return signed_in(person)


def test_a_coordinator_sees_the_names_of_those_who_agreed_and_no_other(
    place: Enrolment, cast: Cast, alice: Client, coordinator: Client, signed_in: SignedIn
) -> None:
    EnrolmentFactory(cohort=place.cohort, person=cast.colleague)
    elsewhere = EnrolmentFactory(cohort=place.cohort, person=cast.stranger)
    signed_in(cast.stranger).post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    elsewhere.refresh_from_db()
    assert elsewhere.named_to == cast.stranger.organisation
    assert "Alice Owner" not in names(coordinator)
    alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    shown = names(coordinator)
    assert "Alice Owner" in shown
    assert place.cohort.name in shown
    assert "Bob" not in shown
    assert "Charlie" not in shown
    alice.post(url("be_named", place.cohort.slug))
    assert "Alice Owner" not in names(coordinator)


def test_agreement_ends_with_the_employer_and_with_the_place(
    place: Enrolment, alice: Client, coordinator: Client
) -> None:
    alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    was = place.person.organisation
    place.person.organisation = OrganisationFactory()
    place.person.save()
    assert "Alice Owner" not in names(coordinator)
    assert "sees only how many" in text_of(alice, url("my_cohort", place.cohort.slug))
    place.person.organisation = was
    place.person.save()
    assert "Alice Owner" in names(coordinator)
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    assert "Alice Owner" not in names(coordinator)
    assert alice.post(url("be_named", place.cohort.slug)).status_code == 404


def test_a_coordinators_look_is_written_down(
    place: Enrolment, alice: Client, coordinator: Client
) -> None:
    alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    names(coordinator)
    looked = alice.get("/my/data/who-looked/").content.decode()
    assert "borough" in looked


def test_somebody_without_an_employer_is_told_where_to_say_it(
    place: Enrolment, page: str, alice: Client
) -> None:
    place.person.organisation = None
    place.person.save()
    assert "Say where" in text_of(alice, page)
    answer = alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"}, follow=True)
    assert "We do not know where you work" in answer.content.decode()


def test_agreeing_twice_keeps_the_first_day_and_one_line(
    place: Enrolment, alice: Client, clock: object
) -> None:
    alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    clock.shift(timedelta(days=1))  # type: ignore[attr-defined]
    alice.post(url("be_named", place.cohort.slug), {"agreed": "yes"})
    place.refresh_from_db()
    assert place.named_to_coordinator_at == NOW
