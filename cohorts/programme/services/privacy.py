"""Taking a person out of the programme's records, and keeping its counts true."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from cohorts.programme.enums import LIVE_STATES, ApplicationState, ReviewState
from cohorts.programme.models import (
    AdjustmentAnswer,
    Answer,
    Application,
    CohortReader,
    Interest,
    ManagerSupport,
    ReaderExclusion,
    Review,
    Score,
)
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import lock_cohort, release_place
from lic_site.accounts.models import Person

WORDS_KEPT = timedelta(days=365)
"""How long after a cohort ends what applicants wrote is kept."""
DRAFT_KEPT = timedelta(days=180)
"""How long after applications close a draft that was never sent is kept."""
NOBODY_NAMED = {
    "supporter": None,
    "given_name": "",
    "family_name": "",
    "email": "",
    "conditions": "",
}
INTEREST_KEPT = timedelta(days=365 * 2)


def _wipe(applications: QuerySet[Application], at: datetime) -> int:
    """Take the words out of these applications and of what hangs on them. Grade, employer, state
    and dates stay: the funnel and the balance by borough are counted from them.
    """
    chosen = list(applications.values_list("pk", flat=True))
    Answer.objects.filter(application__in=chosen).update(text="")
    ReaderExclusion.objects.filter(application__in=chosen).delete()
    AdjustmentAnswer.objects.filter(application__in=chosen).delete()
    ManagerSupport.objects.filter(application__in=chosen).update(**NOBODY_NAMED)
    _wipe_reviews(Review.objects.filter(application__in=chosen))
    Score.objects.filter(review__application__in=chosen).update(note="")
    return Application.objects.filter(pk__in=chosen).update(
        job_title="", adjustments="", feedback="", decision_reason="", wiped_at=at
    )


@transaction.atomic
def erase_applicant(person: Person, at: datetime) -> None:
    """The person asked to be erased: what is live ends as withdrawn, and every word goes."""
    live = Application.objects.filter(applicant=person, state__in=LIVE_STATES)
    for application in live.order_by("cohort_id", "pk"):
        lock_cohort(application.cohort_id)
        move(
            application,
            ApplicationState.WITHDRAWN,
            out_of=LIVE_STATES,
            by=None,
            at=at,
            waitlist_position=None,
        )
        release_place(application=application, by=None, at=at)
    _wipe(Application.objects.filter(applicant=person), at)


def erase_supporter(person: Person) -> None:
    """Somebody who was named as a supporter: the name goes, the answer is still counted."""
    ManagerSupport.objects.filter(supporter=person).update(**NOBODY_NAMED)


def erase_reader(person: Person) -> None:
    """Somebody who read: the points stay in the means, the words go. What they had still to read
    can be given to somebody else.
    """
    Review.objects.filter(reader=person, state=ReviewState.ASSIGNED).delete()
    Score.objects.filter(review__reader=person).update(note="")
    _wipe_reviews(Review.objects.filter(reader=person))


def _wipe_reviews(reviews: QuerySet[Review]) -> None:
    reviews.exclude(recusal_reason="").update(recusal_reason="Erased.")
    reviews.update(comment="")


def leave_panels(person: Person) -> None:
    CohortReader.objects.filter(person=person).delete()


def delete_interest(person: Person) -> None:
    Interest.objects.filter(person=person).delete()


@transaction.atomic
def wipe_what_is_past(at: datetime) -> int:
    """What applicants wrote, a year after their cohort ended; a draft never sent, half a year
    after applications closed. Says how many records changed.
    """
    day = at.date()
    past = Q(cohort__ends_on__lt=day - WORDS_KEPT)
    never_sent = Q(submitted_at=None, cohort__applications_close_at__lt=at - DRAFT_KEPT)
    return _wipe(Application.objects.filter(past | never_sent, wiped_at=None), at)


def forget_interest(at: datetime) -> int:
    """Interest that has ended, or is two years old."""
    old = Q(noted_at__lt=at - INTEREST_KEPT) | Q(ended_at__lt=at - timedelta(days=30))
    return Interest.objects.filter(old).delete()[0]
