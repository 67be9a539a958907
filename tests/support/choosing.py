"""The world's cohorts, and the way of its applications through them, by the real verbs."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cohorts.programme.enums import SupportRoute
from cohorts.programme.models import Application, Cohort, Offer, Programme, Review
from cohorts.programme.services import applications, cohorts, offers, panels, submission, support
from tests import role_matrix as who

if TYPE_CHECKING:
    from tests.support.world import World

WEEK = timedelta(days=7)


def a_cohort(
    world: "World", programme: Programme, name: str, *, opened: int, closes: int
) -> Cohort:
    """A cohort that opened and closes so many weeks from now, closed if that is past."""
    at, until = world.now + opened * WEEK, world.now + closes * WEEK
    start = (world.now + 12 * WEEK).date()
    cohort = cohorts.create_cohort(
        programme=programme,
        by=world.admin,
        at=at,
        name=name,
        summary="For first-line managers.",
        places=5,
        starts_on=start,
        ends_on=start + 20 * WEEK,
        applications_open_at=at,
        applications_close_at=until,
        decisions_by=(world.now + 6 * WEEK).date(),
        offer_days=60,
    )
    cohort.questions.create(text="Why now?", max_words=100)
    cohort.criteria.create(name="Readiness")
    morning = datetime.combine(start, time(10), tzinfo=UTC)
    cohort.sessions.create(
        title="First day", starts_at=morning, ends_at=morning + timedelta(hours=6)
    )
    if opened > 0:
        return cohort
    return cohorts.open_cohort(cohort=cohort, by=world.admin, at=at)


def a_draft(world: "World", persona: str, cohort: Cohort, *, at: datetime) -> Application:
    person = world.people[persona]
    application = applications.start_application(
        cohort=cohort, says_eligible=True, by=person, at=at
    )
    assert person.organisation is not None
    applications.save_details(
        application=application,
        job_title=person.job_title,
        grade_band=person.grade_band,
        organisation=person.organisation,
        by=person,
        at=at,
    )
    applications.save_adjustments(application=application, text="A hearing loop.", by=person, at=at)
    question = cohort.questions.all()[0]
    applications.save_answer(
        application=application, question=question, text="Because I am ready.", by=person, at=at
    )
    return Application.objects.get(pk=application.pk)


def a_sent_application(world: "World", persona: str, cohort: Cohort) -> Application:
    """Sent on the second day of applying."""
    at = cohort.applications_open_at + timedelta(days=1)
    application = a_draft(world, persona, cohort, at=at)
    person = application.applicant
    support.choose_support(application=application, route=SupportRoute.NOBODY, by=person, at=at)
    return submission.submit_application(application=application, declared=True, by=person, at=at)


def ask_manager(world: "World", draft: Application) -> Any:
    manager = world.people[who.MANAGER]
    assert manager.user is not None
    support.choose_support(
        application=draft,
        route=SupportRoute.MANAGER,
        named=support.Named(manager.given_name, manager.family_name, manager.user.email),
        by=draft.applicant,
        at=world.now,
    )
    return support.ask_support(application=draft, by=draft.applicant, at=world.now)


def readings(world: "World", cohort: Cohort) -> Review:
    """The reader's review of the applicant's application; the other reader has the rival's."""
    mine = a_sent_application(world, who.APPLICANT, cohort)
    others = a_sent_application(world, who.RIVAL, cohort)
    cohorts.close_applications(cohort=cohort, by=world.admin, at=cohort.applications_close_at)
    for persona, application in ((who.READER, mine), (who.OTHER_READER, others)):
        reader = world.people[persona]
        panels.add_reader(cohort=cohort, person=reader, by=world.admin, at=world.now)
        panels.set_readers(
            application=Application.objects.get(pk=application.pk),
            readers=[reader],
            due_on=(world.now + WEEK).date(),
            by=world.admin,
            at=world.now,
        )
    return Review.objects.get(reader=world.people[who.READER])


def offer_and_place(world: "World", cohort: Cohort) -> tuple[Offer, Any]:
    """The applicant's offer, and the participant's place."""
    mine = a_sent_application(world, who.APPLICANT, cohort)
    theirs = a_sent_application(world, who.PARTICIPANT, cohort)
    cohorts.close_applications(cohort=cohort, by=world.admin, at=cohort.applications_close_at)
    offer, other = (
        offers.offer_place(application=application, by=world.admin, at=world.now)
        for application in (mine, theirs)
    )
    return offer, offers.accept_offer(
        offer=other, committed=True, by=other.application.applicant, at=world.now
    )
