"""Worlds of the programme, made through the real verbs: one cohort open, one under review, one
newly confirmed. Everybody and every figure in them is invented.

Each takes the moment that counts as now and the personas, keyed as in ``people.PERSONAS``, and
returns its cohort. They are laid on a site that has had its first hour.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from cohorts.programme.models import Cohort, Enrolment, Review
from cohorts.programme.services import cohorts, panels
from lic_site.portal.demo import needing, stages, writing
from lic_site.portal.demo.stages import Personas


def open_cohort(at: datetime, personas: Personas) -> Cohort:
    """Open for ten days, eighteen to go: nine sent, four being written, one of them the
    applicant's.
    """
    cohort = stages.opened(
        "Cohort 6", at, personas, places=20, opened=-10, closes=18, decided=60, starts=95
    )
    since = at - timedelta(days=9)
    for number, person in enumerate(stages.colleagues(at, 0, 12)):
        moment = since + timedelta(hours=15 * number)
        if number % 4 == 3:
            writing.written(cohort, person, number, moment, share=0.5)
        else:
            writing.sent(cohort, person, number, moment)
    writing.written(cohort, personas["applicant"], 3, at - timedelta(days=1), share=0.4)
    return cohort


def under_review_cohort(at: datetime, personas: Personas) -> Cohort:
    """Closed three weeks ago: thirty sent, nearly all read by two; the reader has four to read."""
    cohort = stages.opened(
        "Cohort 5", at, personas, places=12, opened=-62, closes=-21, decided=12, starts=50
    )
    since = at - timedelta(days=60)
    for number, person in enumerate(stages.colleagues(at, 15, 30)):
        writing.sent(cohort, person, number, since + timedelta(days=number))
    cohorts.close_due(at - timedelta(days=20))
    reader = personas["reader"]
    stages.panel(cohort, [reader, *stages.readers(at, 90, 6)], personas, at - timedelta(days=20))
    due_on = timezone.localdate(at) + timedelta(days=4)
    panels.assign_readers(
        cohort=cohort, due_on=due_on, by=personas["college"], at=at - timedelta(days=20)
    )
    reviews = Review.objects.filter(application__cohort=cohort).order_by("pk")
    left = set(reviews.filter(reader=reader).values_list("pk", flat=True)[:4])
    writing.read(
        [review for review in reviews if review.pk not in left], at - timedelta(days=12), number=1
    )
    cohort.refresh_from_db()
    return cohort


def confirmed_cohort(at: datetime, personas: Personas) -> Cohort:
    """Newly confirmed: ten take part and seven have said what they need; three wait, one offer had
    lapsed.
    """
    cohort = stages.opened(
        "Cohort 4", at, personas, places=10, opened=-180, closes=-130, decided=-90, starts=20
    )
    since = at - timedelta(days=178)
    for number, person in enumerate(stages.colleagues(at, 50, 20)):
        writing.sent(cohort, person, number, since + timedelta(days=number))
    cohorts.close_due(at - timedelta(days=129))
    by, moment = personas["college"], at - timedelta(days=128)
    stages.panel(cohort, stages.readers(at, 90, 6), personas, moment)
    panels.assign_readers(
        cohort=cohort, due_on=timezone.localdate(moment) + timedelta(days=21), by=by, at=moment
    )
    reviews = Review.objects.filter(application__cohort=cohort).order_by("pk")
    writing.read(list(reviews), at - timedelta(days=115), number=2)
    stages.decide(cohort, by, at - timedelta(days=100))
    cohort.refresh_from_db()
    cohort = cohorts.confirm_cohort(cohort=cohort, by=by, at=at - timedelta(days=3))
    places = Enrolment.objects.active().filter(cohort=cohort).select_related("cohort", "person")
    needing.told(places.order_by("pk")[:7], at - timedelta(days=2))
    needing.answered(cohort, by, at - timedelta(days=1), share=2)
    return cohort
