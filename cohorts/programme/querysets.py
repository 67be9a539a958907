"""Role-free vocabulary of reading. Who may see which rows is for ``policies.visible`` to say."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Length

from cohorts.programme.enums import (
    ATTENDED,
    LIVE_STATES,
    OVER_STATES,
    REGISTER_STATES,
    TAKING_PART,
    UNDECIDED_STATES,
    CohortState,
    EnrolmentState,
    Mark,
    NeedKind,
    OfferState,
    ReviewState,
)
from cohorts.programme.selection import READINGS_WANTED

if TYPE_CHECKING:
    from cohorts.programme.models import (
        Application,
        Attendance,
        Cohort,
        Enrolment,
        Interest,
        Need,
        Offer,
        Review,
        Session,
    )


class CohortQuerySet(models.QuerySet["Cohort"]):
    def open_at(self, at: datetime) -> Self:
        """Cohorts that take applications at this moment."""
        return self.filter(
            state=CohortState.OPEN, applications_open_at__lte=at, applications_close_at__gt=at
        )

    def past(self) -> Self:
        """Complete or archived."""
        return self.filter(state__in=OVER_STATES)

    def current(self) -> Self:
        """From being prepared until complete."""
        return self.exclude(state__in=OVER_STATES)

    def published(self) -> Self:
        """Cohorts that the public may know of."""
        return self.exclude(state=CohortState.DRAFT)

    def with_used_places(self) -> Self:
        """Annotate ``used_places`` (active enrolments and open offers) and ``free_places``."""
        return self.annotate(
            enrolled=self._alone(
                Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ACTIVE))
            ),
            on_offer=self._alone(
                Count(
                    "applications__offers",
                    filter=Q(applications__offers__state=OfferState.OPEN),
                )
            ),
            used_places=F("enrolled") + F("on_offer"),
            free_places=F("places") - F("used_places"),
        )

    def _alone(self, count: Count) -> models.Subquery:
        """A count by itself: two in one query would first multiply each other's rows."""
        one = self.model._base_manager.filter(pk=OuterRef("pk")).order_by()
        return models.Subquery(one.annotate(number=count).values("number"))


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)

    def short_of_readings(self) -> Self:
        """Not decided on, and not yet read by as many people as is wanted."""
        done = Count("reviews", filter=Q(reviews__state=ReviewState.SUBMITTED))
        undecided = self.filter(state__in=UNDECIDED_STATES)
        return undecided.alias(done=done).filter(done__lt=READINGS_WANTED)

    def waiting(self) -> Self:
        """The waiting list, in order."""
        return self.filter(waitlist_position__isnull=False).order_by("waitlist_position", "pk")


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> Self:
        return self.filter(state=OfferState.OPEN)

    def overdue(self, at: datetime) -> Self:
        """Open offers whose deadline has passed."""
        return self.filter(Q(state=OfferState.OPEN) & Q(expires_at__lte=at))


class InterestQuerySet(models.QuerySet["Interest"]):
    def live(self) -> Self:
        """Of people who still want to be told."""
        return self.filter(ended_at=None)


_TO_READ = Q(state=ReviewState.ASSIGNED, application__state__in=UNDECIDED_STATES)


class ReviewQuerySet(models.QuerySet["Review"]):
    def to_read(self) -> Self:
        """Asked for and still of use: not once the application is withdrawn or decided on."""
        return self.filter(_TO_READ)

    def asked_for(self) -> Self:
        """What is to be read, and what was."""
        return self.filter(_TO_READ | Q(state=ReviewState.SUBMITTED))


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def active(self) -> Self:
        return self.filter(state=EnrolmentState.ACTIVE)

    def taking_part(self) -> Self:
        """Active, or completed: whoever still looks back at the cohort as theirs."""
        return self.filter(state__in=TAKING_PART)

    def to_come_back(self) -> Self:
        """Deferred to a later cohort and without a place in it so far."""
        return self.filter(state=EnrolmentState.DEFERRED, deferred_to__isnull=False, successor=None)

    def with_asked_at(self) -> Self:
        """Each with ``asked_at``: when somebody of Staff College last asked how it goes."""
        contacts = apps.get_model("programme", "SupportContact")._default_manager
        last = contacts.filter(enrolment=OuterRef("pk")).order_by("-at").values("at")[:1]
        return self.annotate(asked_at=models.Subquery(last))

    def expected_at(self, session: "Session") -> Self:
        """Whom a session is for: the active of its cohort, of its set, or the one participant.
        An unbooked coaching slot is for nobody yet.
        """
        if session.participant_id is not None:
            return self.filter(pk=session.participant_id)
        if session.is_slot:
            return self.none()
        if session.learning_set_id is not None:
            return self.active().filter(learning_set=session.learning_set_id)
        return self.active().filter(cohort=session.cohort_id)

    def on_register(self, session: "Session") -> Self:
        """Whose names a register holds: whoever it was for when it was held, with a place then,
        even if they have left since; and whoever it says something of already.
        """
        if session.participant_id is not None:
            whose = Q(pk=session.participant_id)
        elif session.is_slot:
            whose = Q(pk__in=())
        elif session.learning_set_id is not None:
            whose = Q(learning_set=session.learning_set_id)
        else:
            whose = Q(cohort=session.cohort_id)
        marked = session.attendance.values("enrolment")
        then = _had_a_place(session.starts_at, session.ends_at)
        return self.filter(whose & then | Q(pk__in=marked))


def _had_a_place(starts_at: datetime | OuterRef, ends_at: datetime | OuterRef) -> Q:
    """Places that were somebody's between the two moments."""
    return Q(enrolled_at__lt=ends_at) & (Q(state=EnrolmentState.ACTIVE) | Q(ended_at__gt=starts_at))


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> Self:
        return self.filter(cancelled_at=None)

    def for_all(self) -> Self:
        """For the whole cohort: what its public page shows, cancelled ones left out."""
        return self.live().filter(learning_set=None, participant=None, is_slot=False)

    def of_enrolments(self, enrolments: "models.QuerySet[Enrolment]") -> Self:
        """What these participants take part in: their cohort's, their set's once it was named,
        and their own. Cancelled ones are among them.
        """
        sets = enrolments.filter(learning_set__named_at__isnull=False).values("learning_set")
        whole = Q(
            learning_set=None,
            participant=None,
            is_slot=False,
            cohort__in=enrolments.values("cohort"),
        )
        own = Q(participant__in=enrolments.values("pk"))
        return self.filter(whole | Q(learning_set__in=sets) | own)

    def without_register(self, at: datetime) -> Self:
        """Over, for somebody who had a place then, and no register is taken."""
        held = self.live().filter(ends_at__lte=at, register_taken_at=None)
        places = apps.get_model("programme", "Enrolment")._default_manager
        there = places.filter(_had_a_place(OuterRef("starts_at"), OuterRef("ends_at")))
        one = Exists(there.filter(pk=OuterRef("participant")))
        of_set = Exists(there.filter(learning_set=OuterRef("learning_set")))
        of_cohort = Exists(there.filter(cohort=OuterRef("cohort")))
        return held.filter(
            Q(one)
            | Q(of_set, participant=None, is_slot=False)
            | Q(of_cohort, participant=None, is_slot=False, learning_set=None)
        )

    def register_due(self, at: datetime) -> Self:
        """Without a register, in a cohort that takes place."""
        held = self.without_register(at)
        return held.filter(cohort__state__in=REGISTER_STATES, cohort__is_imported=False)

    def led_by(self, person: models.Model, since: datetime) -> Self:
        """What the person leads, by name or through their set, and that ended after ``since``."""
        named = Q(facilitators__person=person) | Q(learning_set__facilitator=person)
        return self.filter(named, ends_at__gt=since).distinct()


class NeedQuerySet(models.QuerySet["Need"]):
    def to_answer(self) -> Self:
        """Sent by somebody who takes part, not answered yet; 'I need nothing' wants no answer, nor
        does whom to ring. Empty text is stored as it is, so that its length can be asked for.
        """
        sent = self.filter(
            enrolment__state=EnrolmentState.ACTIVE, enrolment__needs_told_at__isnull=False
        )
        said = sent.alias(length=Length("chosen") + Length("text")).filter(length__gt=0)
        return said.filter(answered_at=None).exclude(kind=NeedKind.CONTACT)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def attended(self) -> Self:
        return self.filter(mark__in=ATTENDED)

    def missed(self) -> Self:
        """Marked as not there, whether or not they apologised."""
        return self.filter(mark__in=[Mark.APOLOGIES, Mark.ABSENT])
