"""What the verbs on places have in common."""

from datetime import datetime

from cohorts.programme.enums import OVER_STATES
from cohorts.programme.models import Cohort, Enrolment, EnrolmentEvent
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.places import lock_cohort
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


def lock_cohorts(*cohort_ids: int) -> dict[int, Cohort]:
    """Several cohorts, held until the transaction ends: always in the same order, so that two
    verbs never wait for each other.
    """
    return {pk: lock_cohort(pk) for pk in sorted(set(cohort_ids))}


def check_not_over(cohort: Cohort) -> None:
    """Raises CohortOver."""
    if cohort.state in OVER_STATES:
        raise errors.CohortOver


def check_not_own(enrolment: Enrolment, by: Person) -> None:
    """Raises OwnPlace: nobody gives themselves a place or what follows from one."""
    if enrolment.person_id == by.pk:
        raise errors.OwnPlace


def went_on(enrolment: Enrolment) -> bool:
    """Whether a place in another cohort follows this one. True only while its cohort is locked."""
    return Enrolment.objects.filter(follows=enrolment).exists()


def tell(verb: str, event: EnrolmentEvent, *, kind: str, by: Person | None, at: datetime) -> None:
    """Write the audit event, and write to the person whose place it is."""
    enrolment = event.enrolment
    audit.record(
        f"programme.{verb}",
        by=by,
        at=at,
        thing=enrolment,
        subject=enrolment.person,
        fields=["state"],
    )
    send(f"programme.{kind}", to=enrolment.person, about=event, at=at)
