"""A cohort's life: planned, copied, opened, closed, confirmed, its dates and places moved."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.kinds.selection import CohortOpened
from cohorts.programme.models import (
    Cohort,
    Criterion,
    Funding,
    Interest,
    Question,
    Session,
)
from cohorts.programme.readiness import Obstacle
from cohorts.programme.services import cohorts, design, errors, interest, programmes
from cohorts.programme.services.cohorts import opening
from cohorts.programme.services.sessions import planning
from cohorts.programme.tasks import close_tick
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import BoroughFactory, PersonFactory, staff
from tests.factories.selection import (
    a_cohort,
    a_programme,
    a_reader,
    a_review,
    enrolled,
    offered,
    ready_to_open,
    sent,
    waiting,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def change(cohort: Cohort, admin: Person, **plan: Any) -> Cohort:
    return cohorts.change_cohort(cohort=cohort, by=admin, at=NOW, **plan)


def test_a_copy_has_the_questions_criteria_and_eligibility_and_its_own_dates(
    admin: Person,
) -> None:
    cohort = ready_to_open(name="Spring", slug="spring")
    cohort.eligible_boroughs.set([BoroughFactory()])
    plan: dict[str, Any] = {
        "name": "Spring",
        "starts_on": date(2028, 3, 1),
        "ends_on": date(2028, 12, 1),
        "applications_open_at": NOW,
        "applications_close_at": NOW + timedelta(days=20),
        "decisions_by": date(2028, 2, 1),
    }
    copy = cohorts.copy_cohort(cohort=cohort, by=admin, at=NOW, **plan)
    assert (copy.slug, copy.state) == ("spring-2", CohortState.DRAFT)
    assert [str(each) for each in copy.questions.all()] == ["What did you lead?"]
    assert [each.weight for each in copy.criteria.all()] == [3, 2]
    assert list(copy.eligible_boroughs.all()) == list(cohort.eligible_boroughs.all())
    assert cohort.questions.count() == 1
    assert not copy.sessions.exists()
    nameless = cohorts.create_cohort(
        programme=cohort.programme, by=admin, at=NOW, places=2, **{**plan, "name": "?"}
    )
    assert nameless.slug == "cohort"


def test_opening_tells_everybody_who_asked_when_it_opens(admin: Person) -> None:
    opens_at = NOW + timedelta(days=3)
    cohort = ready_to_open(applications_open_at=opens_at)
    person = PersonFactory()
    Interest.objects.create(programme=cohort.programme, person=person, noted_at=NOW)
    Interest.objects.create(programme=a_programme(), person=person, noted_at=NOW)
    opened = cohorts.open_cohort(cohort=cohort, by=admin, at=NOW)
    assert (opened.state, opened.opened_at) == (CohortState.OPEN, NOW)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (person, "programme.cohort_opened")
    assert notice.due_at == opens_at
    with pytest.raises(errors.NotDraft):
        cohorts.open_cohort(cohort=cohort, by=admin, at=NOW)


def test_whoever_left_the_list_is_not_told(admin: Person) -> None:
    cohort, person = ready_to_open(), PersonFactory()
    noted = Interest.objects.create(
        programme=cohort.programme, person=PersonFactory(), noted_at=NOW, ended_at=NOW
    )
    later = Interest.objects.create(programme=cohort.programme, person=person, noted_at=NOW)
    opened = cohorts.open_cohort(cohort=cohort, by=admin, at=NOW)
    assert [notice.recipient for notice in Notice.objects.all()] == [person]
    with time_machine.travel(NOW):
        assert CohortOpened().is_wanted(opened, person)
        interest.end_interest(interest=later, at=NOW)
        assert not CohortOpened().is_wanted(opened, person)
        assert not CohortOpened().is_wanted(opened, noted.person)


def test_a_cohort_that_lacks_something_does_not_open(admin: Person) -> None:
    cohort = a_cohort(CohortState.DRAFT)
    with pytest.raises(cohorts.NotReady) as refused:
        cohorts.open_cohort(cohort=cohort, by=admin, at=NOW)
    assert Obstacle.NO_QUESTIONS in refused.value.obstacles
    assert Obstacle.NO_LEGAL_GROUND in refused.value.obstacles


def test_applications_close_by_the_clock_once() -> None:
    due = a_cohort(CohortState.OPEN, applications_close_at=NOW)
    later = a_cohort(CohortState.OPEN)
    assert close_tick(NOW) == 1
    assert close_tick(NOW) == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (CohortState.SELECTING, CohortState.OPEN)
    assert AuditEvent.objects.get(verb="programme.cohort_selecting").actor_id is None


def test_the_clock_looks_again_under_the_lock() -> None:
    cohort = a_cohort(CohortState.OPEN)
    assert opening._close_one(cohort.pk, NOW) == 0


def test_closing_early_moves_the_deadline_to_now(admin: Person) -> None:
    cohort = a_cohort(CohortState.OPEN)
    closed = cohorts.close_applications(cohort=cohort, by=admin, at=NOW)
    assert (closed.state, closed.applications_close_at) == (CohortState.SELECTING, NOW)
    assert closed.revision == 2
    with pytest.raises(errors.NotOpen):
        cohorts.close_applications(cohort=cohort, by=admin, at=NOW)


def test_a_cohort_can_close_before_its_opening_time(admin: Person) -> None:
    cohort = a_cohort(CohortState.OPEN, applications_open_at=NOW + timedelta(days=1))
    closed = cohorts.close_applications(cohort=cohort, by=admin, at=NOW)
    assert closed.state == CohortState.SELECTING


def test_a_cohort_with_live_offers_cannot_be_confirmed(admin: Person) -> None:
    cohort = a_cohort()
    offered(cohort)
    with pytest.raises(errors.LiveOffers, match="1 offer still waits"):
        cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW)
    offered(cohort)
    with pytest.raises(errors.LiveOffers, match="2 offers still wait for"):
        cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW)


def test_a_cohort_with_undecided_applications_cannot_be_confirmed(admin: Person) -> None:
    cohort = a_cohort()
    sent(cohort)
    with pytest.raises(errors.Undecided, match="1 application still waits"):
        cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW)
    sent(cohort, ApplicationState.UNDER_REVIEW)
    with pytest.raises(errors.Undecided, match="2 applications still wait for"):
        cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW)


def test_a_settled_cohort_is_confirmed_and_its_list_stays(admin: Person) -> None:
    cohort = a_cohort(places=1)
    enrolled(cohort)
    left = waiting(cohort, 1)
    assert cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW).state == CohortState.CONFIRMED
    left.refresh_from_db()
    assert left.state == ApplicationState.WAITLISTED
    with pytest.raises(errors.NotChoosing):
        cohorts.confirm_cohort(cohort=cohort, by=admin, at=NOW)


def test_more_places_go_to_the_waiting_list_at_once(admin: Person) -> None:
    cohort = a_cohort(places=1)
    enrolled(cohort)
    first = waiting(cohort, 1)
    change(cohort, admin, places=2)
    first.refresh_from_db()
    assert first.state == ApplicationState.OFFERED


def test_places_never_fall_below_what_is_taken(admin: Person) -> None:
    cohort = a_cohort(places=3)
    enrolled(cohort)
    offered(cohort)
    with pytest.raises(errors.TooFewPlaces, match="2 places are taken or on offer"):
        change(cohort, admin, places=1)
    assert change(cohort, admin, places=2).places == 2


def test_eligibility_widens_but_never_narrows_once_somebody_applies(admin: Person) -> None:
    one, other = BoroughFactory(), BoroughFactory()
    cohort = a_cohort(CohortState.OPEN, eligible_grades=["practitioner", "director"])
    change(cohort, admin, eligible_grades=["practitioner"], boroughs=[one])
    sent(cohort)
    with pytest.raises(errors.EligibilityNarrowed):
        change(cohort, admin, eligible_grades=["director"])
    with pytest.raises(errors.EligibilityNarrowed):
        change(cohort, admin, boroughs=[other])
    change(cohort, admin, eligible_grades=["practitioner", "director"], boroughs=[one, other])
    change(cohort, admin, boroughs=[])
    with pytest.raises(errors.EligibilityNarrowed):
        change(cohort, admin, boroughs=[one])


def test_what_readers_see_is_settled_once_reading_begins(admin: Person) -> None:
    cohort = a_cohort()
    change(cohort, admin, names_hidden=False)
    a_review(sent(cohort), a_reader(cohort))
    with pytest.raises(errors.NamesSettled):
        change(cohort, admin, names_hidden=True)


def deadlines(cohort: Cohort, admin: Person, days: int) -> Cohort:
    return cohorts.move_deadlines(
        cohort=cohort,
        applications_open_at=cohort.applications_open_at,
        applications_close_at=NOW + timedelta(days=days),
        decisions_by=cohort.decisions_by,
        by=admin,
        at=NOW,
    )


def test_moving_a_deadline_raises_the_revision_that_reminders_hang_on(admin: Person) -> None:
    cohort = a_cohort(CohortState.OPEN)
    assert deadlines(cohort, admin, 20).revision == 2
    assert deadlines(cohort, admin, 20).revision == 2
    assert change(cohort, admin, decisions_by=date(2027, 1, 21)).revision == 3
    with pytest.raises(errors.DateInPast):
        deadlines(cohort, admin, -1)


def test_a_later_close_opens_applications_again_while_nothing_is_decided(admin: Person) -> None:
    cohort = a_cohort()
    sent(cohort)
    assert deadlines(cohort, admin, 5).state == CohortState.OPEN
    decided = a_cohort()
    offered(decided)
    with pytest.raises(errors.DecisionsMade):
        deadlines(decided, admin, 5)
    with pytest.raises(errors.DecisionsMade):
        deadlines(a_cohort(CohortState.CONFIRMED), admin, 5)
    assert deadlines(a_cohort(CohortState.DRAFT), admin, -2).state == CohortState.DRAFT


def test_only_a_plan_can_be_deleted(admin: Person) -> None:
    cohorts.delete_cohort(cohort=ready_to_open(), by=admin, at=NOW)
    assert not Cohort.objects.exists()
    with pytest.raises(errors.NotDraft):
        cohorts.delete_cohort(cohort=a_cohort(), by=admin, at=NOW)
    begun = a_cohort(CohortState.DRAFT)
    sent(begun)
    with pytest.raises(errors.CohortHasApplications):
        cohorts.delete_cohort(cohort=begun, by=admin, at=NOW)


def test_questions_are_added_moved_and_taken_out_until_somebody_applies(admin: Person) -> None:
    cohort = a_cohort(CohortState.DRAFT)
    for text in "abc":
        design.save_item(item=Question(cohort=cohort), by=admin, at=NOW, text=text, max_words=100)
    a, b, c = cohort.questions.all()
    design.move_item(item=c, up=True, by=admin, at=NOW)
    design.move_item(item=a, up=True, by=admin, at=NOW)
    design.move_item(item=b, up=False, by=admin, at=NOW)
    assert [each.text for each in cohort.questions.all()] == ["a", "c", "b"]
    design.move_item(item=a, up=False, by=admin, at=NOW)
    design.remove_item(item=b, by=admin, at=NOW)
    design.save_item(item=a, by=admin, at=NOW, text="A")
    assert [each.text for each in cohort.questions.all()] == ["c", "A"]
    sent(cohort)
    with pytest.raises(errors.QuestionsLocked):
        design.remove_item(item=a, by=admin, at=NOW)


def test_criteria_are_settled_once_somebody_scores(admin: Person) -> None:
    cohort = a_cohort()
    design.save_item(item=Criterion(cohort=cohort), by=admin, at=NOW, name="New", weight=1)
    a_review(sent(cohort), a_reader(cohort), points=3)
    with pytest.raises(errors.CriteriaLocked):
        design.save_item(item=Criterion(cohort=cohort), by=admin, at=NOW, name="x", weight=1)


def test_dates_are_added_and_taken_out(admin: Person) -> None:
    session = planning.save_session(
        session=Session(cohort=a_cohort()),
        by=admin,
        at=NOW,
        title="Welcome",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=6),
    )
    planning.remove_session(session=session, by=admin, at=NOW)
    assert not Session.objects.exists()
    verbs = AuditEvent.objects.filter(verb__startswith="programme.session")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "programme.session_changed",
        "programme.session_removed",
    ]


def test_money_is_recorded_and_taken_out(admin: Person) -> None:
    line = programmes.save_part(
        part=Funding(programme=a_programme()),
        by=admin,
        at=NOW,
        source="ALDCS",
        year=2026,
        allocated=50_000,
    )
    assert str(line) == "ALDCS, 2026/27"
    programmes.remove_funding(funding=line, by=admin, at=NOW)
    assert not Funding.objects.exists()
