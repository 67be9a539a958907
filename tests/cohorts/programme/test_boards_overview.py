"""One cohort at a glance, and what waits in every cohort: counts that add up, today first."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.programme import models, overview
from cohorts.programme.enums import (
    ApplicationState,
    CatchUp,
    CohortState,
    EnrolmentState,
    Mark,
    NeedKind,
)
from cohorts.programme.figures import Sort, figures
from cohorts.programme.models import Cohort, Enrolment, Session
from cohorts.programme.panels import staff as panels
from cohorts.programme.work import facts_of, of_cohort
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services import send
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory, CohortFactory, EnrolmentFactory
from tests.factories.running import (
    DAY,
    AttendanceFactory,
    CertificateFactory,
    LearningSetFactory,
    NeedFactory,
    a_running_cohort,
    a_session,
    a_slot,
)
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def waiting(cohort: Cohort) -> dict[str, int]:
    """What waits in the cohort, and how much of it."""
    facts = facts_of([cohort], NOW)[cohort.pk]
    return {work.what: work.count for work in of_cohort(facts)}


def taken(session: Session, *marks: str) -> Session:
    """Its register, for as many participants."""
    for mark in marks:
        place = EnrolmentFactory(cohort=session.cohort, enrolled_at=NOW - 60 * DAY)
        AttendanceFactory(session=session, enrolment=place, mark=mark)
    session.register_taken_at = NOW
    session.save()
    return session


def test_a_register_is_wanted_once_the_session_is_over() -> None:
    cohort = a_running_cohort()
    a_session(cohort, days=-1)
    a_session(cohort, days=-3, cancelled_at=NOW)
    a_slot(cohort, days=-2)
    taken(a_session(cohort, days=-4), Mark.PRESENT)
    assert waiting(cohort)["registers"] == 1


def test_a_session_is_announced_until_the_end_of_tomorrow() -> None:
    cohort = a_running_cohort()
    for days in (-1, 0, 1, 2):
        taken(a_session(cohort, days=days))
    a_session(cohort, days=1, cancelled_at=NOW)
    a_slot(cohort, days=1)
    assert waiting(cohort)["tomorrow"] == 2


def test_needs_wait_until_they_are_answered_and_only_of_who_is_there() -> None:
    cohort = a_running_cohort()

    def told(**place: Any) -> Enrolment:
        made: Enrolment = EnrolmentFactory(cohort=cohort, **{"needs_told_at": NOW} | place)
        return made

    NeedFactory(enrolment=told())
    NeedFactory(enrolment=told(), answered_at=NOW)
    NeedFactory(enrolment=told(), kind=NeedKind.CONTACT)
    NeedFactory(enrolment=told(), text="")
    NeedFactory(enrolment=told(needs_told_at=None))
    NeedFactory(enrolment=told(state=EnrolmentState.WITHDRAWN, ended_at=NOW))
    assert waiting(cohort)["needs"] == 1


@pytest.mark.parametrize(("days", "said"), [(-3, True), (7, True), (8, False)])
def test_who_has_not_told_is_counted_from_a_week_before(days: int, said: bool) -> None:
    needs_by = NOW.date() + timedelta(days=days)
    cohort = a_running_cohort(members=2, needs_by=needs_by)
    EnrolmentFactory(cohort=cohort, needs_told_at=NOW)
    assert waiting(cohort).get("untold", 0) == (2 if said else 0)


@pytest.mark.parametrize(("days", "said"), [(28, True), (29, False)])
def test_needs_without_a_day_of_their_own_are_due_three_weeks_before_the_start(
    days: int, said: bool
) -> None:
    starts_on = NOW.date() + timedelta(days=days)
    cohort = CohortFactory(state=CohortState.CONFIRMED, starts_on=starts_on, needs_by=None)
    EnrolmentFactory(cohort=cohort)
    assert waiting(cohort).get("untold", 0) == int(said)


def test_catch_ups_wait_until_somebody_confirms_them() -> None:
    cohort = a_running_cohort()
    held = taken(a_session(cohort, days=-4), Mark.PRESENT)
    for state in (CatchUp.REPORTED, CatchUp.OFFERED, CatchUp.DONE):
        place = EnrolmentFactory(cohort=cohort)
        AttendanceFactory(session=held, enrolment=place, mark=Mark.ABSENT, catch_up=state)
    assert waiting(cohort)["catch_ups"] == 1


def test_sets_are_wanted_three_weeks_before_the_start() -> None:
    cohort = CohortFactory(state=CohortState.CONFIRMED, starts_on=NOW.date() + 21 * DAY)
    EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort, learning_set=LearningSetFactory(cohort=cohort, named_at=None))
    EnrolmentFactory(cohort=cohort, learning_set=LearningSetFactory(cohort=cohort))
    assert waiting(cohort)["sets"] == 2
    Cohort.objects.update(starts_on=NOW.date() + 22 * DAY)
    cohort.refresh_from_db()
    assert "sets" not in waiting(cohort)


def test_certificates_are_wanted_for_who_completed_save_in_cohorts_brought_in() -> None:
    cohort = a_running_cohort()
    for _ in range(2):
        EnrolmentFactory(cohort=cohort, state=EnrolmentState.COMPLETED, ended_at=NOW)
    CertificateFactory(enrolment=Enrolment.objects.all()[0])
    assert waiting(cohort)["certificates"] == 1
    Cohort.objects.update(is_imported=True)
    assert "certificates" not in waiting(cohort)


def test_who_deferred_to_a_cohort_is_expected_there_until_they_have_a_place() -> None:
    cohort = CohortFactory(state=CohortState.OPEN)
    deferred = EnrolmentFactory(
        state=EnrolmentState.DEFERRED, ended_at=NOW - DAY, deferred_to=cohort
    )
    assert waiting(cohort)["expected"] == 1
    EnrolmentFactory(cohort=cohort, person=deferred.person, follows=deferred)
    assert "expected" not in waiting(cohort)


def test_a_cohort_is_led_on_when_its_day_has_come() -> None:
    starting = CohortFactory(state=CohortState.CONFIRMED, starts_on=NOW.date())
    ended = CohortFactory(
        state=CohortState.RUNNING, starts_on=NOW.date() - 300 * DAY, ends_on=NOW.date() - DAY
    )
    assert "starts" in waiting(starting)
    assert "ended" in waiting(ended)


def test_who_may_need_support_is_counted_until_somebody_asked(admin: Person) -> None:
    cohort = a_running_cohort()
    place = EnrolmentFactory(cohort=cohort, enrolled_at=NOW - 60 * DAY)
    for days in (-9, -5):
        held = taken(a_session(cohort, days=days))
        AttendanceFactory(session=held, enrolment=place, mark=Mark.ABSENT, marked_at=NOW - 2 * DAY)
    assert waiting(cohort)["support"] == 1
    place.contacts.create(at=NOW - DAY, by=admin)
    assert "support" not in waiting(cohort)


@settings(max_examples=25, deadline=None)
@given(
    states=st.lists(st.sampled_from(EnrolmentState), max_size=6),
    other=st.lists(st.sampled_from(EnrolmentState), max_size=3),
)
def test_everybody_who_took_a_place_is_in_one_part(
    states: list[EnrolmentState], other: list[EnrolmentState]
) -> None:
    cohort, elsewhere = CohortFactory(questions=0), CohortFactory(questions=0)
    for at, found in ((cohort, states), (elsewhere, other)):
        for state in found:
            ended_at = None if state == EnrolmentState.ACTIVE else NOW
            EnrolmentFactory(cohort=at, state=state, ended_at=ended_at)
    places = overview.places_of(facts_of([cohort], NOW)[cohort.pk])
    assert places.taken == len(states)
    assert places.taking_part == states.count(EnrolmentState.ACTIVE)
    assert places.left == states.count(EnrolmentState.WITHDRAWN)


def test_nothing_is_counted_of_no_cohort() -> None:
    assert figures([], NOW).number(CohortFactory(), Sort.ACTIVE) == 0


def test_who_came_is_said_session_by_session_with_the_whole(office: Client) -> None:
    cohort = a_running_cohort()
    taken(
        a_session(cohort, days=-9, title="First day"),
        *[Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.APOLOGIES, Mark.ABSENT],
    )
    taken(a_session(cohort, days=-5, title="Second day"), Mark.PRESENT)
    taken(a_slot(cohort, days=-3, participant=EnrolmentFactory(cohort=cohort)), Mark.ABSENT)
    shown = text_of(office, url("cohort", cohort.slug))
    assert "3 of 5" in shown
    assert "1 late, 1 apology, 1 did not attend" in shown
    assert "67%" in shown
    assert "Coaching" not in shown.partition("Who came")[2].partition("From applying")[0]


def test_the_lead_sees_the_same_figures_and_no_name(signed_in: SignedIn) -> None:
    cohort = a_running_cohort(members=1, needs_by=NOW.date())
    taken(a_session(cohort, days=-9, title="First day"), Mark.PRESENT)
    one_set = LearningSetFactory(cohort=cohort)
    taken(a_session(cohort, days=-5, title="Set meeting", learning_set=one_set), Mark.ABSENT)
    client = signed_in(staff(Role.PROGRAMME_LEAD))
    shown = text_of(client, url("cohort", cohort.slug))
    assert "1 of 1" in shown
    assert "Set meeting" not in shown
    assert "What needs somebody now" not in shown
    assert not [person for person in Person.objects.filter(enrolments__cohort=cohort)
                if person.family_name in shown]  # fmt: skip


@pytest.mark.parametrize("state", CohortState)
def test_the_page_stands_in_every_state(office: Client, state: str) -> None:
    cohort = CohortFactory(state=state)
    ApplicationFactory(cohort=cohort, state=ApplicationState.SUBMITTED)
    EnrolmentFactory(cohort=cohort)
    shown = text_of(office, url("cohort", cohort.slug))
    assert "Plan" in shown
    assert ("Who came" in shown) == (
        state not in {CohortState.DRAFT, CohortState.OPEN, CohortState.SELECTING}
    )


def test_messages_about_the_cohort_are_counted_and_no_others(office: Client) -> None:
    cohort = a_running_cohort()
    for number, state in enumerate([State.SENT, State.SENT, State.FAILED, State.PENDING]):
        application = ApplicationFactory(cohort=cohort, state=ApplicationState.SUBMITTED)
        send("programme.application_received", to=PersonFactory(), about=application, at=NOW)
        Notice.objects.filter(pk=Notice.objects.latest("pk").pk).update(state=state)
        assert overview.messages_of(cohort).total == number + 1
    elsewhere = ApplicationFactory(state=ApplicationState.SUBMITTED)
    send("programme.application_received", to=PersonFactory(), about=elsewhere, at=NOW)
    assert overview.messages_of(cohort) == overview.Messages(waiting=1, sent=2, failed=1)
    assert "See why they failed" in text_of(office, url("cohort", cohort.slug))


def test_every_message_of_the_programme_is_about_a_cohort_or_named_here() -> None:
    elsewhere = {models.Interest}
    ours = [kind for name, kind in kinds().items() if name.startswith("programme.")]
    about = {getattr(kind, "model", None) for kind in ours}
    assert about - elsewhere <= overview.COHORT_OF.keys()


def test_the_pages_do_not_grow(office: Client) -> None:
    cohort = a_running_cohort()

    def add() -> None:
        taken(a_session(cohort, days=-4), Mark.PRESENT, Mark.ABSENT)
        a_session(cohort, days=4)
        other = a_running_cohort(members=2)
        taken(a_session(other, days=-4), Mark.ABSENT)

    grows_not(office, url("cohort", cohort.slug), add, at_most=13)
    grows_not(office, "/staff/", add, at_most=16)


def test_todays_work_names_its_cohort_and_the_pressing_comes_first(office: Client) -> None:
    cohort = a_running_cohort(name="Autumn runs")
    EnrolmentFactory(
        cohort=cohort,
        state=EnrolmentState.WITHDRAWN,
        enrolled_at=NOW - timedelta(days=9),
        ended_at=NOW - timedelta(days=1),
    )
    a_session(cohort, days=-4)
    a_session(cohort, days=1)
    page = text_of(office, "/staff/")
    assert page.index("1 register not taken") < page.index("1 session today or tomorrow")
    assert "Autumn runs" in page
    assert [work.what for work in panels.today(staff(), NOW).work] == ["registers", "tomorrow"]


@pytest.mark.parametrize(
    ("state", "first", "more"),
    [
        (CohortState.DRAFT, "Questions", "Selection"),
        (CohortState.SELECTING, "Selection", "Questions"),
        (CohortState.RUNNING, "Sessions", "Questions"),
    ],
)
def test_the_menu_puts_first_what_the_state_is_about(
    office: Client, state: str, first: str, more: str
) -> None:
    cohort = CohortFactory(state=state)
    menu = text_of(office, url("cohort", cohort.slug)).partition("lic-subnav")[2]
    before, _, behind = menu.partition("</nav>")[0].partition("More</summary>")
    assert f">{first}<" in before
    assert f">{more}<" in behind
