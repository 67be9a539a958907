"""The part of the role matrix's world in which a cohort runs.

The participant is in its first learning set, the colleague in the second; the facilitator leads
its first session and its first set. An earlier cohort is complete: the participant has its
certificate.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from cohorts.programme.enums import CatchUp, CohortState, EnrolmentState, Mark, SessionKind
from cohorts.programme.models import (
    Attendance,
    AvoidDate,
    Certificate,
    Cohort,
    Enrolment,
    LearningSet,
    Material,
    Need,
    Programme,
    Session,
    SetExclusion,
)
from lic_site.accounts.models import Person
from tests import role_matrix as who
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.factories.running import (
    DAY,
    AttendanceFactory,
    CertificateFactory,
    LearningSetFactory,
    MaterialFactory,
    NeedFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)


@dataclass(frozen=True)
class Running:
    cohort: Cohort
    next_cohort: Cohort
    """Confirmed, not started, with a place free."""
    learning_set: LearningSet
    enrolment: Enrolment
    """The participant's place in the running cohort."""
    held: Session
    """For everybody, a week ago; its register is not taken yet. The facilitator leads it."""
    ahead: Session
    """For everybody, in a week. The facilitator leads it."""
    set_session: Session
    """For the first learning set, in two weeks."""
    slot: Session
    """A coaching slot in three weeks that nobody has booked."""
    booked: Session
    """The participant's coaching slot, in three weeks."""
    material: Material
    document: Material
    """A file, of the first session."""
    need: Need
    attendance: Attendance
    missed: Attendance
    """The participant was not at ``held``."""
    certificate: Certificate
    exclusion: SetExclusion
    """The participant and the colleague are kept apart."""

    def arguments(self) -> dict[str, dict[str, Any]]:
        """What stands for the placeholders of these addresses, as in ``World.arguments``."""
        return {
            "my/cohorts/": {"slug": self.cohort.slug},
            "my/certificates/": {"pk": self.certificate.pk},
            "staff/cohorts/<slug>/people/": {"slug": self.cohort.slug, "pk": self.enrolment.pk},
            "certificates/check/": {"number": self.certificate.number},
            **{
                f"staff/cohorts/<slug>/people/<pk>/{tail}": {
                    "slug": self.certificate.enrolment.cohort.slug,
                    "pk": self.certificate.enrolment_id,
                }
                for tail in ("certificate", "undo")
            },
            "staff/cohorts/<slug>/complete/": {"slug": self.cohort.slug},
            "my/cohorts/<slug>/sessions/": {"pk": self.set_session.pk},
            "my/dates/": {"pk": self.set_session.pk},
            "my/sessions/": {"pk": self.ahead.pk},
            "my/sets/": {"pk": self.learning_set.pk},
            "my/cohorts/<slug>/needs/": {"kind": "diet"},
            "staff/cohorts/<slug>/needs/": {"slug": self.cohort.slug, "pk": self.need.pk},
            "staff/cohorts/<slug>/sets/": {"slug": self.cohort.slug, "pk": self.learning_set.pk},
            "staff/cohorts/<slug>/sets/apart/": {"pk": self.exclusion.pk},
            "my/sessions/<pk>/register/": {"pk": self.held.pk},
            "my/sessions/<pk>/catch-up/": {"pk": self.held.pk, "attendance": self.missed.pk},
            "my/cohorts/<slug>/sessions/<pk>/cannot-come/": {"pk": self.ahead.pk},
            "my/cohorts/<slug>/sessions/<pk>/catch-up/": {"pk": self.held.pk},
            "staff/cohorts/<slug>/register/": {"slug": self.cohort.slug},
            "staff/cohorts/<slug>/support-list/": {
                "slug": self.cohort.slug,
                "pk": self.enrolment.pk,
            },
            "my/materials/": {"pk": self.document.pk},
            "staff/dates-to-avoid/": {"pk": AvoidDate.objects.order_by("pk")[0].pk},
        }


def build(people: dict[str, Person], programme: Programme, at: datetime) -> Running:
    cohort = a_running_cohort(at=at, programme=programme, name="Running cohort", slug="running")
    leads = people[who.FACILITATOR]
    first = LearningSetFactory(cohort=cohort, name="Set 1", facilitator=leads)
    second = LearningSetFactory(cohort=cohort, name="Set 2")
    mine = in_set(first, people[who.PARTICIPANT])
    theirs = in_set(second, people[who.COLLEAGUE])
    held = a_session(cohort, days=-7, at=at, leads=leads, title="First day")
    before = a_session(cohort, days=-21, at=at, title="Welcome", kind=SessionKind.RESIDENTIAL)
    Enrolment.objects.filter(pk=mine.pk).update(needs_told_at=at)
    ended = CohortFactory(
        programme=programme,
        name="Earlier cohort",
        slug="earlier",
        state=CohortState.COMPLETE,
        starts_on=date(2025, 1, 6),
        ends_on=date(2025, 9, 30),
    )
    done = EnrolmentFactory(
        cohort=ended,
        person=people[who.PARTICIPANT],
        state=EnrolmentState.COMPLETED,
        ended_at=at - 30 * DAY,
    )
    return Running(
        cohort=cohort,
        next_cohort=CohortFactory(
            programme=programme,
            name="Next cohort",
            slug="next",
            state=CohortState.CONFIRMED,
            starts_on=at.date() + 60 * DAY,
            ends_on=at.date() + 300 * DAY,
            applications_open_at=at - 90 * DAY,
            applications_close_at=at - 60 * DAY,
        ),
        learning_set=first,
        enrolment=mine,
        held=held,
        ahead=a_session(cohort, days=7, at=at, leads=leads, title="Second day"),
        set_session=a_session(cohort, days=14, at=at, learning_set=first, title="Set meeting"),
        slot=a_slot(cohort, days=21, at=at),
        booked=a_slot(cohort, days=22, at=at, participant=mine),
        material=MaterialFactory(session=held),
        document=MaterialFactory(
            session=held, link="", file=ContentFile(b"%PDF-1.4", name="x"), file_kind="PDF"
        ),
        need=NeedFactory(enrolment=mine),
        attendance=AttendanceFactory(session=before, enrolment=mine),
        missed=AttendanceFactory(
            session=held, enrolment=mine, mark=Mark.ABSENT, catch_up=CatchUp.OFFERED
        ),
        certificate=CertificateFactory(enrolment=done),
        exclusion=SetExclusion.objects.create(one=mine, other=theirs, made_at=at),
    )
