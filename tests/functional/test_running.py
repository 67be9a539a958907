"""A cohort as the people in it run it: from taking the place to a certificate that is checked."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cohorts.programme.enums import ApplicationState, CohortState, Mark, SessionKind
from cohorts.programme.models import (
    Certificate,
    Cohort,
    Enrolment,
    Need,
    Session,
    SessionFacilitator,
    SupportContact,
)
from cohorts.programme.services import cohorts
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.common import jobs, ticks
from lic_site.common.enums import JobState
from lic_site.common.models import Job
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    OfferFactory,
)
from tests.factories.running import AttendanceFactory, NeedFactory, a_running_cohort
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=20)


def letters(address: str) -> str:
    """Let the clock tick; every word written to this address."""
    assert not ticks.run_all(at=timezone.now())
    return "\n".join(str(message.body) for message in mail.outbox if address in message.to)


def letter(address: str, below: str) -> str:
    """The page below that address which the newest message leads to."""
    found = re.findall(rf"https?://[^/\s]+({below}\S*)", letters(address))
    assert found, letters(address)
    return str(found[-1])


def work() -> None:
    """What a worker does: everything that was queued."""
    for queued in Job.objects.filter(state=JobState.QUEUED):
        jobs.run_job(str(queued.pk))
        queued.refresh_from_db()
        assert queued.state == JobState.DONE, queued.message


def a_confirmed_cohort(ada: Person, admin: Person) -> Cohort:
    """Four take part, and Ada has an offer; it starts tomorrow."""
    plant_roots()
    call_command("bootstrap", verbosity=0)
    now = timezone.now()
    cohort: Cohort = CohortFactory(
        state=CohortState.CONFIRMED,
        name="Cohort 7",
        slug="cohort-7",
        places=5,
        starts_on=timezone.localdate(now) + DAY,
        ends_on=timezone.localdate(now) + 200 * DAY,
        applications_open_at=now - 90 * DAY,
        applications_close_at=now - 60 * DAY,
        decisions_by=timezone.localdate(now) - 30 * DAY,
    )
    for number in range(4):
        person = PersonFactory(family_name=f"Participant{number}", created_at=now)
        EnrolmentFactory(cohort=cohort, person=person, enrolled_at=now - DAY)
    application = ApplicationFactory(
        cohort=cohort, applicant=ada, state=ApplicationState.OFFERED, complete=True
    )
    OfferFactory(application=application, made_at=now - DAY, expires_at=now + DAY / 2)
    return cohort


def a_session(cohort: Cohort, title: str, starts_at: datetime, leads: Person) -> Session:
    session = Session.objects.create(
        cohort=cohort,
        title=title,
        kind=SessionKind.WORKSHOP,
        starts_at=starts_at,
        ends_at=starts_at + MINUTES,
        place="A hall in Stratford",
    )
    SessionFacilitator.objects.create(session=session, person=leads, added_at=timezone.now())
    return session


def accept(ada: Visitor, cohort: Cohort, reference: str) -> None:
    ada.go(f"/my/applications/{reference}/offer/")
    ada.choose("I can come on all of these dates", exact=False)
    ada.press("Take the place")
    ada.go(f"/my/cohorts/{cohort.slug}/needs/")
    ada.follow("What I eat")
    ada.choose("Halal")
    ada.press("Save and continue")
    ada.choose("I need nothing")
    ada.press("Save and continue")
    ada.press("Send it to Staff College")
    ada.go(f"/my/cohorts/{cohort.slug}/")
    ada.sees("Your way through it")
    # As if she had taken the place the day before, so that today's sessions were hers.
    Enrolment.objects.update(enrolled_at=timezone.now() - DAY)


def make_sets(college: Visitor, cohort: Cohort) -> None:
    college.go(f"/staff/cohorts/{cohort.slug}/sets/make/")
    college.press("Make the sets")
    work()
    college.go(f"/staff/cohorts/{cohort.slug}/sets/name/")
    college.sees("Ada Fernhollow")
    college.press("Name the sets")


def move(college: Visitor, session: Session) -> None:
    """Two days on, the same hours."""
    day = timezone.localdate(session.starts_at) + 2 * DAY
    college.go(f"/staff/cohorts/{session.cohort.slug}/dates/{session.pk}/move/")
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        college.fill(label, str(value))
    college.press("Move")
    if "/move/" in college.path:
        college.press("Move it all the same")


def register(leila: Visitor, session: Session) -> None:
    """Everybody was there but one, who came late."""
    leila.go("/my/sessions/")
    leila.follow(session.title)
    leila.go(f"/my/sessions/{session.pk}/register/")
    leila.tap("Everybody was present")
    leila.choose("Late", group="Participant1", exact=True)
    leila.press("Save register")
    leila.sees("The register is saved")


def complete(college: Visitor, cohort: Cohort) -> None:
    """Everybody attended enough, so everybody is ticked."""
    college.go(f"/staff/cohorts/{cohort.slug}/complete/")
    college.press("They have completed")
    assert not Enrolment.objects.active().filter(cohort=cohort).exists()


@pytest.mark.parametrize(
    "hands",
    [{"phone": True}, {"phone": True, "javascript": False}, {"keyboard": True}],
    ids=["on a phone", "without JavaScript", "by keyboard"],
)
def test_from_a_place_to_a_certificate(visitor: NewVisitor, hands: dict[str, bool]) -> None:
    now = timezone.now()
    admin = staff(Role.COLLEGE_ADMIN, created_at=now)
    person = PersonFactory(given_name="Ada", family_name="Fernhollow", created_at=now)
    leads = PersonFactory(given_name="Leila", family_name="Moonpenny", created_at=now)
    cohort = a_confirmed_cohort(person, admin)
    first = a_session(cohort, "Welcome", now - 2 * MINUTES, leads)
    second = a_session(cohort, "Leading", now - MINUTES, leads)
    third = a_session(cohort, "Presence", now + 7 * DAY, leads)
    ada, leila, checks = visitor(**hands), visitor(**hands), visitor(**hands)
    college = visitor(**hands | {"phone": False})
    ada.sign_in(person)
    leila.sign_in(leads)
    college.sign_in(admin)

    accept(ada, cohort, person.applications.get().reference)
    cohorts.start_cohort(cohort=cohort, by=admin, at=timezone.now())
    make_sets(college, cohort)
    ada.go(letter(person.user.email, f"/my/cohorts/{cohort.slug}/set/"))
    ada.sees("Set 1")
    move(college, third)
    ada.go(letter(person.user.email, f"/my/cohorts/{cohort.slug}/sessions/{third.pk}/"))
    ada.sees("Moved from")
    for session in (first, second):
        register(leila, session)
    complete(college, cohort)

    ada.go(letter(person.user.email, "/my/certificates/"))
    certificate = Certificate.objects.get(enrolment__person=person)
    with ada.page.expect_download() as download:
        ada.page.get_by_role("button", name="Download").first.click()
    assert download.value.suggested_filename == "certificate.pdf"
    checks.go("/certificates/check/")
    checks.fill("Number of the certificate", certificate.number)
    checks.fill("Last name", "fernhollow")
    checks.press("Check it")
    checks.sees("This certificate is valid")
    checks.sees_not("Ada")


def a_cohort_with_work(now: datetime, leads: Person) -> Cohort:
    """Five take part; one missed two sessions and needs something; a register is missing."""
    cohort = a_running_cohort(at=now, members=5, name="Cohort 8", slug="cohort-8")
    Enrolment.objects.update(needs_told_at=now)
    away = Enrolment.objects.filter(cohort=cohort).latest("pk")
    away.person.family_name = "Quietwater"
    away.person.save()
    NeedFactory(enrolment=away, text="A seat near the door.")
    for days in (20, 10):
        session = a_session(cohort, f"Day {days}", now - days * DAY, leads)
        for place in Enrolment.objects.filter(cohort=cohort):
            mark = Mark.ABSENT if place == away else Mark.PRESENT
            AttendanceFactory(session=session, enrolment=place, mark=mark, marked_at=now)
        session.register_taken_at = now
        session.save()
    a_session(cohort, "Yesterday's day", now - DAY, leads)
    return cohort


@pytest.mark.parametrize(
    "hands", [{}, {"javascript": False}, {"keyboard": True}], ids=["desk", "no JavaScript", "keys"]
)
def test_an_officers_morning(visitor: NewVisitor, hands: dict[str, bool]) -> None:
    """Today's work first: the register, a need, somebody who may need support; then a list."""
    now = timezone.now()
    plant_roots()
    call_command("bootstrap", verbosity=0)
    admin = staff(Role.COLLEGE_ADMIN, created_at=now)
    cohort = a_cohort_with_work(now, PersonFactory(created_at=now))
    college = visitor(**hands)
    college.sign_in(admin)
    college.go("/staff/")
    college.sees("1 register not taken")
    college.go(f"/staff/cohorts/{cohort.slug}/register/")
    college.press("Take the register", exact=False)
    college.tap("Everybody was present")
    college.press("Save register")
    college.sees("The register is saved")

    college.go(f"/staff/cohorts/{cohort.slug}/needs/")
    college.press("Answer", exact=False)
    college.choose("Arranged")
    college.fill("What the participant reads", "The seat by the door is yours.")
    college.press("Reply")
    assert Need.objects.get().state == "arranged"

    college.go("/staff/may-need-support/")
    college.sees("Quietwater")
    college.press("Look and record a contact", exact=False)
    college.fill("What came of it", "We found another date.")
    college.press("I have asked them")
    assert SupportContact.objects.get().note == "We found another date."
    college.go("/staff/may-need-support/")
    college.sees("Nobody for now")

    college.go(f"/staff/cohorts/{cohort.slug}/people/")
    college.fill("Name or employer", "quietw")
    college.press("Find")
    college.sees("1 person fits your search")
