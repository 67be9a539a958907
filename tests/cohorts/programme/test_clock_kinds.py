"""The kinds that the clock sends find for many sessions and cohorts together whom they would find
for each alone, in as many queries for one as for three.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.kinds.needs import NeedsAsked
from cohorts.programme.kinds.register import RegisterDue
from cohorts.programme.kinds.sessions import FacilitatorSoon, SessionSoon, coming
from cohorts.programme.models import Apology, Cohort, Enrolment, LearningSet, Session
from cohorts.programme.services.needs.wanted import end_of, needs_due_on
from cohorts.programme.services.register import registers_due
from cohorts.programme.services.sessions import telling
from lic_site.accounts.models import Person
from lic_site.notices.protocol import Due, NoticeKind, kinds
from tests.factories.people import PersonFactory
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.factories.running import DAY, LearningSetFactory, a_running_cohort, a_session, a_slot
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CLOCK = [kind for kind in kinds().values() if kind.reminder_days]
TOGETHER: list[NoticeKind] = [SessionSoon(), FacilitatorSoon(), RegisterDue(), NeedsAsked()]


def soon(after: Any, until: Any) -> Iterator[Due]:
    for session in coming(after, until):
        places = telling.concerned(session).exclude(apologies__session=session)
        for place in places.select_related("person"):
            yield Due(session, place.person, session.starts_at, session.revision)


def to_lead(after: Any, until: Any) -> Iterator[Due]:
    for session in coming(after, until).exclude(is_slot=True, participant=None):
        for person in telling.leaders(session):
            yield Due(session, person, session.starts_at, session.revision)


def unregistered(after: Any, until: Any) -> Iterator[Due]:
    for session in registers_due(until).filter(ends_at__gt=after):
        for person in telling.leaders(session):
            yield Due(session, person, session.ends_at, session.revision)


def untold(after: Any, until: Any) -> Iterator[Due]:
    for cohort in Cohort.objects.filter(state=CohortState.RUNNING):
        moment = end_of(needs_due_on(cohort))
        if after < moment <= until:
            for place in cohort.enrolments.active().filter(needs_told_at=None):
                yield Due(place, place.person, moment, needs_due_on(cohort).toordinal())


ONE_BY_ONE = {
    "programme.session_soon": soon,
    "programme.facilitator_soon": to_lead,
    "programme.register_due": unregistered,
    "programme.needs_asked": untold,
}


def facts(dues: Any) -> Counter[tuple[Any, ...]]:
    return Counter((due.anchor.pk, due.person.pk, due.anchor_at, due.revision) for due in dues)


@pytest.fixture
def varied(db: None) -> None:
    """Two cohorts that run and one that chooses; sets named and not; sessions for all, for a set,
    for one, slots booked and open, cancelled, behind and ahead; people who left, apologised, told.
    """
    random = Random(7)
    leaders: list[Person] = PersonFactory.create_batch(3)
    for _number in range(3):
        cohort = a_running_cohort(members=4)
        cohort.needs_by = random.choice([None, (NOW + random.randint(1, 20) * DAY).date()])
        cohort.save()
        sets = [LearningSetFactory(cohort=cohort, facilitator=leaders[n]) for n in range(2)]
        LearningSet.objects.filter(pk=sets[1].pk).update(named_at=None)
        places = list(cohort.enrolments.all())
        for place in places:
            place.learning_set = random.choice([None, *sets])
            place.needs_told_at = random.choice([None, None, NOW])
            place.save()
        for _session in range(14):
            days, revision = random.randint(-10, 20), random.randint(1, 3)
            leads = random.choice([None, *leaders])
            kind = random.randrange(5)
            if kind == 0:
                made = a_slot(cohort, days=days, leads=leads)
            elif kind == 1:
                made = a_slot(cohort, days=days, participant=random.choice(places), leads=leads)
            elif kind == 2:
                made = a_session(cohort, days=days, participant=random.choice(places), leads=leads)
            elif kind == 3:
                made = a_session(cohort, days=days, learning_set=random.choice(sets), leads=leads)
            else:
                made = a_session(cohort, days=days, leads=leads)
            cancelled_at = random.choice([None, None, None, NOW])
            Session.objects.filter(pk=made.pk).update(revision=revision, cancelled_at=cancelled_at)
            Apology.objects.create(session=made, enrolment=random.choice(places), sent_at=NOW)
        gone = {"state": EnrolmentState.WITHDRAWN, "ended_at": NOW - 3 * DAY}
        Enrolment.objects.filter(pk=places[0].pk).update(**gone)
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.SELECTING)


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize("kind", TOGETHER, ids=lambda kind: kind.name)
def test_together_they_find_whom_they_find_one_by_one(kind: NoticeKind) -> None:
    edges = [NOW + days * DAY for days in (-30, -4, 0, 1, 5, 30, 60)]
    found = 0
    for after, until in [*pairwise(edges), (edges[0], edges[-1])]:
        dues = facts(kind.due(after, until))
        assert dues == facts(ONE_BY_ONE[kind.name](after, until))
        found += dues.total()
    assert found, "the world has somebody for it"


def queries(kind: NoticeKind) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        found = len(list(kind.due(NOW - 60 * DAY, NOW + 60 * DAY)))
    return len(seen), found


@pytest.mark.parametrize("kind", TOGETHER, ids=lambda kind: kind.name)
def test_they_ask_as_often_for_three_as_for_one(kind: NoticeKind) -> None:
    def add() -> None:
        cohort = a_running_cohort(members=2, needs_by=(NOW + 3 * DAY).date())
        learning_set = LearningSetFactory(cohort=cohort, facilitator=PersonFactory())
        Enrolment.objects.filter(cohort=cohort).update(learning_set=learning_set)
        for days in (-5, 5):
            a_session(cohort, days=days, leads=PersonFactory())
            a_session(cohort, days=days, learning_set=learning_set)

    add()
    before, few = queries(kind)
    add()
    add()
    after, many = queries(kind)
    assert many == 3 * few > 0
    assert after == before <= 4


@pytest.mark.parametrize("kind", CLOCK, ids=lambda kind: kind.name)
def test_where_nothing_is_due_they_ask_little(kind: NoticeKind) -> None:
    CohortFactory()
    EnrolmentFactory(needs_told_at=NOW)
    assert queries(kind) in {(1, 0), (2, 0)}


@pytest.mark.parametrize("kind", CLOCK, ids=lambda kind: kind.name)
def test_each_says_from_what_it_counts_and_to_whom(kind: NoticeKind) -> None:
    for words in (kind.anchor_title, kind.audience_title):
        assert words
        assert words[0].islower()
        assert not words.endswith(".")
