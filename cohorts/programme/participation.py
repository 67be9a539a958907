"""What a participant's own pages show of their place, drawn together in few queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from cohorts.programme import policies
from cohorts.programme.enums import TAKING_PART, EnrolmentState
from cohorts.programme.journey import Held, TimelineEvent, Way, place_timeline
from cohorts.programme.models import (
    Apology,
    Attendance,
    Certificate,
    Enrolment,
    LearningSet,
    Material,
    Session,
)
from lic_site.accounts.models import Person


@dataclass(frozen=True)
class Place:
    """One person's place, as its page shows it."""

    enrolment: Enrolment
    sessions: list[Session]
    """What it is for, cancelled ones among them, in order; ``held`` has where each stands."""
    held: dict[int, Held]
    next: Session | None
    """The next that is not cancelled, or the one that is on now."""
    certificate: Certificate | None
    has_coaching: bool
    """The cohort offers hours of coaching."""
    timeline: list[TimelineEvent]

    @property
    def is_active(self) -> bool:
        return self.enrolment.state == EnrolmentState.ACTIVE

    @property
    def is_mine(self) -> bool:
        """Whether its sessions and its set are still open to the person."""
        return self.enrolment.state in TAKING_PART

    @property
    def is_excused(self) -> bool:
        """They said that they cannot come to the next session."""
        return self.next is not None and self.held[self.next.pk].is_excused

    @property
    def learning_set(self) -> LearningSet | None:
        """The set, once its members were told."""
        found = self.enrolment.learning_set
        return found if self.is_mine and found is not None and found.named_at else None

    @property
    def coaching(self) -> list[Session]:
        return [each for each in self.sessions if each.is_slot and each.cancelled_at is None]


def places_of(person: Person) -> QuerySet[Enrolment]:
    """The person's places, the latest first, with what their pages show joined."""
    mine = policies.visible(person, Enrolment.objects.filter(person=person))
    return mine.select_related(
        "cohort__programme", "learning_set", "application", "certificate", "named_to"
    ).order_by("-pk")


def place(person: Person, enrolment: Enrolment, at: datetime) -> Place:
    """The page's facts. ``enrolment`` comes from ``places_of``."""
    sessions = list(_sessions(person, enrolment))
    held = _held(enrolment, sessions)
    certificate = getattr(enrolment, "certificate", None)
    if certificate is not None and certificate.withdrawn_at:
        certificate = None
    ahead = [each for each in sessions if each.ends_at > at and each.cancelled_at is None]
    is_active = enrolment.state == EnrolmentState.ACTIVE
    return Place(
        enrolment=enrolment,
        sessions=sessions,
        held=held,
        next=ahead[0] if ahead and is_active else None,
        certificate=certificate,
        has_coaching=Session.objects.filter(cohort=enrolment.cohort_id, is_slot=True).exists(),
        timeline=place_timeline(_way(enrolment, list(held.values()), certificate), at),
    )


def held_of(person: Person, enrolment: Enrolment) -> list[Held]:
    """Where each session of the place stands, for whoever may see the place."""
    return list(_held(enrolment, list(_sessions(person, enrolment))).values())


def _sessions(person: Person, enrolment: Enrolment) -> QuerySet[Session]:
    """Also of a place that was given up: its line tells what was while it was held."""
    mine = Session.objects.of_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
    found = policies.visible(person, mine) if enrolment.state in TAKING_PART else mine.for_all()
    shared = Material.objects.filter(session=OuterRef("pk"), shared_at__isnull=False)
    return found.annotate(has_materials=Exists(shared)).order_by("starts_at", "pk")


def _held(enrolment: Enrolment, sessions: list[Session]) -> dict[int, Held]:
    marks = {
        session: (mark, catch_up)
        for session, mark, catch_up in Attendance.objects.filter(enrolment=enrolment)
        .order_by()
        .values_list("session_id", "mark", "catch_up")
    }
    excused = set(
        Apology.objects.filter(enrolment=enrolment).order_by().values_list("session_id", flat=True)
    )
    return {
        session.pk: Held(
            title=session.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=session.place,
            is_cancelled=session.cancelled_at is not None,
            is_excused=session.pk in excused,
            mark=marks.get(session.pk, ("", ""))[0],
            catch_up=marks.get(session.pk, ("", ""))[1],
        )
        for session in sessions
    }


def _way(enrolment: Enrolment, held: list[Held], certificate: Certificate | None) -> Way:
    cohort, own_set, application = enrolment.cohort, enrolment.learning_set, enrolment.application
    reached: list[tuple[str, datetime]] = []
    if application is not None:
        reached = list(application.events.order_by("at", "pk").values_list("state", "at"))
    named_at = own_set.named_at if own_set is not None else None
    return Way(
        reached=reached,
        joined_at=enrolment.enrolled_at,
        went_on=enrolment.follows_id is not None,
        state=enrolment.state,
        ended_at=enrolment.ended_at,
        needs_told_at=enrolment.needs_told_at,
        needs_by=cohort.needs_by,
        has_sets=LearningSet.objects.filter(cohort=cohort).exists(),
        set_name=own_set.name if own_set is not None and named_at else "",
        set_named_at=named_at,
        sessions=held,
        ends_on=cohort.ends_on,
        certified_on=certificate.issued_on if certificate is not None else None,
    )
