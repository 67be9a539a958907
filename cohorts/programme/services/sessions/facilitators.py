"""Who leads a session."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import OVER_STATES
from cohorts.programme.models import Cohort, Enrolment, Session, SessionFacilitator
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sessions import errors, telling
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send


@transaction.atomic
def add_facilitator(
    *, session: Session, person: Person, by: Person, at: datetime
) -> SessionFacilitator:
    """Name somebody to lead the session. They are told once its cohort is confirmed. Raises
    LeadsAlready, TakesPart, CohortIsOver.
    """
    session.cohort = lock_cohort(session.cohort_id)
    if session.cohort.state in OVER_STATES:
        raise errors.CohortIsOver
    if Enrolment.objects.active().filter(cohort=session.cohort, person=person).exists():
        raise errors.TakesPart
    named, is_new = SessionFacilitator.objects.get_or_create(
        session=session, person=person, defaults={"added_at": at}
    )
    if not is_new:
        raise errors.LeadsAlready
    audit.record(
        "programme.facilitator_named",
        by=by,
        at=at,
        thing=session,
        subject=person,
        fields=["facilitators"],
    )
    if telling.is_told(session):
        _tell(named, at=at)
    return named


@transaction.atomic
def remove_facilitator(*, session: Session, person: Person, by: Person, at: datetime) -> None:
    """Take somebody off a session; removing one who does not lead it changes nothing."""
    lock_cohort(session.cohort_id)
    gone, _ = SessionFacilitator.objects.filter(session=session, person=person).delete()
    if not gone:
        return
    audit.record(
        "programme.facilitator_removed",
        by=by,
        at=at,
        thing=session,
        subject=person,
        fields=["facilitators"],
    )
    kinds = ("programme.facilitator_named", "programme.facilitator_soon")
    cancel(*kinds, about=session, at=at, to=person)


def tell_facilitators(*, cohort: Cohort, at: datetime) -> None:
    """Tell everybody who was named while the cohort was being planned: once, of the first session
    that they lead.
    """
    coming = SessionFacilitator.objects.filter(
        session__cohort=cohort, session__cancelled_at=None, session__ends_at__gt=at
    ).order_by("session__starts_at", "pk")
    told: set[int] = set()
    for named in coming.select_related("session", "person"):
        if named.person_id not in told:
            told.add(named.person_id)
            _tell(named, at=at)


def _tell(named: SessionFacilitator, *, at: datetime) -> None:
    if named.session.ends_at > at:
        send(
            "programme.facilitator_named",
            to=named.person,
            about=named.session,
            at=at,
            key=f"{named.added_at:%Y%m%d%H%M%S}",
            useless_after=named.session.ends_at,
        )
