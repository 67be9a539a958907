"""Taking a person out of what is kept of running cohorts, and forgetting what is past its time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from cohorts.programme.enums import EnrolmentReason, EnrolmentState, EnrolmentStep
from cohorts.programme.models import (
    Apology,
    Attendance,
    Certificate,
    Enrolment,
    EnrolmentEvent,
    Introduction,
    LearningSet,
    Material,
    Need,
    OtherRoute,
    SessionFacilitator,
    SetExclusion,
    SupportContact,
)
from cohorts.programme.services.places import lock_cohort, promote
from cohorts.programme.services.steps import change_place
from lic_site.accounts.models import Person

NEEDS_KEPT = timedelta(days=28)
"""How long after a cohort ends what its participants needed is kept."""
WORDS_KEPT = timedelta(days=365)
"""How long after a cohort ends other words of and about its participants are kept."""


@transaction.atomic
def erase_places(person: Person, at: datetime) -> None:
    """The person asked to be erased: a live place ends and goes to the next in line; every word
    goes; what is counted (states, marks, the post on joining) stays without a name.
    """
    for held in Enrolment.objects.active().filter(person=person).order_by("cohort_id"):
        lock_cohort(held.cohort_id)
        change_place(
            held,
            EnrolmentState.WITHDRAWN,
            out_of=[EnrolmentState.ACTIVE],
            step=EnrolmentStep.WITHDRAWN,
            by=None,
            at=at,
        )
        promote(cohort_id=held.cohort_id, at=at)
    mine = Enrolment.objects.filter(person=person)
    Need.objects.filter(enrolment__in=mine).delete()
    Introduction.objects.filter(enrolment__in=mine).delete()
    SupportContact.objects.filter(enrolment__in=mine).delete()
    SetExclusion.objects.filter(one__in=mine).delete()
    SetExclusion.objects.filter(other__in=mine).delete()
    EnrolmentEvent.objects.filter(enrolment__in=mine).update(note="")
    Apology.objects.filter(enrolment__in=mine).delete()
    Attendance.objects.filter(enrolment__in=mine).update(catch_up_words="")
    Certificate.objects.filter(enrolment__in=mine).update(
        name="", family_name="", is_checkable=False
    )
    mine.update(entry_job_title="", named_to_coordinator_at=None, named_to=None, learning_set=None)


def stop_leading(person: Person) -> None:
    SessionFacilitator.objects.filter(person=person).delete()
    LearningSet.objects.filter(facilitator=person).update(facilitator=None)


def disown_materials(person: Person) -> None:
    Material.objects.filter(added_by=person).update(added_by=None)


def delete_routes(person: Person) -> None:
    OtherRoute.objects.filter(person=person).delete()


def wipe_needs(at: datetime) -> int:
    """What participants needed, four weeks after their cohort ended."""
    return Need.objects.filter(enrolment__cohort__ends_on__lt=at.date() - NEEDS_KEPT).delete()[0]


def _past(at: datetime) -> date:
    return at.date() - WORDS_KEPT


def forget_contacts(at: datetime) -> int:
    return SupportContact.objects.filter(enrolment__cohort__ends_on__lt=_past(at)).delete()[0]


def forget_introductions(at: datetime) -> int:
    return Introduction.objects.filter(enrolment__cohort__ends_on__lt=_past(at)).delete()[0]


def forget_exclusions(at: datetime) -> int:
    return SetExclusion.objects.filter(one__cohort__ends_on__lt=_past(at)).delete()[0]


PRIVATE_REASONS = (EnrolmentReason.HEALTH, EnrolmentReason.PERSONAL)


def forget_private_reasons(at: datetime) -> int:
    """That somebody left or deferred for their health or their family; that they did stays."""
    left = Enrolment.objects.filter(cohort__ends_on__lt=_past(at), reason__in=PRIVATE_REASONS)
    return left.update(reason=EnrolmentReason.NOT_SAID)


def forget_notes(at: datetime) -> int:
    """Staff College's notes on the steps of places, and their private reasons."""
    past = EnrolmentEvent.objects.filter(enrolment__cohort__ends_on__lt=_past(at))
    private = past.filter(reason__in=PRIVATE_REASONS).update(reason=EnrolmentReason.NOT_SAID)
    noted = past.alias(stored=Cast("note", TextField())).exclude(stored="").update(note="")
    return private + noted


def forget_catch_up_words(at: datetime) -> int:
    """How participants caught up, in their words; that they did stays."""
    past = Attendance.objects.filter(enrolment__cohort__ends_on__lt=_past(at))
    said = past.alias(stored=Cast("catch_up_words", TextField())).exclude(stored="")
    return said.update(catch_up_words="")


def forget_apologies(at: datetime) -> int:
    """Why participants could not come, a year after their cohort ended."""
    return Apology.objects.filter(enrolment__cohort__ends_on__lt=_past(at)).delete()[0]
