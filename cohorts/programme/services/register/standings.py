"""Where participants stand, drawn from what the registers say, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Attendance, Cohort, Enrolment, Session
from cohorts.programme.standing import Marked, Standing, Wanted, stand


def standing_of(enrolments: Iterable[Enrolment], *, at: datetime) -> dict[int, Standing]:
    """Each participant's standing by the id of the place. Three queries however many there are,
    and one for their cohorts where they were not read.
    """
    places = {each.pk: each for each in enrolments}
    if not places:
        return {}
    prefetch_related_objects(list(places.values()), "cohort")
    before = _earlier(places)
    said = _said([*places, *(pk for chain in before.values() for pk in chain)])
    wanted = {each.cohort_id: _wanted(each.cohort) for each in places.values()}
    ahead = _Ahead({each.cohort_id for each in places.values()})
    return {
        pk: stand(
            said[pk],
            to_come=ahead.of(place),
            wanted=wanted[place.cohort_id],
            needs_told=place.needs_told_at is not None,
            at=at,
            is_active=place.state == EnrolmentState.ACTIVE,
            earlier=[each for one in before[pk] for each in said[one]],
        )
        for pk, place in places.items()
    }


def _earlier(places: Mapping[int, Enrolment]) -> dict[int, list[int]]:
    """The places that each goes on from, however many cohorts back."""
    people = {each.person_id for each in places.values() if each.follows_id}
    follows: dict[int, int | None] = {pk: each.follows_id for pk, each in places.items()}
    follows |= Enrolment.objects.filter(person__in=people).values_list("pk", "follows_id")
    return {pk: _chain(pk, follows) for pk in places}


def _chain(pk: int, follows: Mapping[int, int | None]) -> list[int]:
    chain: list[int] = []
    one = follows.get(pk)
    while one is not None and one not in chain:
        chain.append(one)
        one = follows.get(one)
    return chain


def _said(enrolments: Collection[int]) -> defaultdict[int, list[Marked]]:
    """What complete registers of sessions that took place say of each."""
    said: defaultdict[int, list[Marked]] = defaultdict(list)
    rows = Attendance.objects.filter(
        enrolment__in=enrolments,
        session__cancelled_at=None,
        session__register_taken_at__isnull=False,
    ).order_by("session__starts_at", "pk")
    for pk, starts_at, mark, marked_at, catch_up in rows.values_list(
        "enrolment", "session__starts_at", "mark", "marked_at", "catch_up"
    ):
        said[pk].append(Marked(starts_at, mark, marked_at, catch_up))
    return said


def _wanted(cohort: Cohort) -> Wanted:
    return Wanted(cohort.attendance_wanted, cohort.support_after, _end_of(cohort.needs_by))


def _end_of(day: date | None) -> datetime | None:
    """Midnight in London."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


class _Ahead:
    """How many sessions without a register are for a participant."""

    def __init__(self, cohorts: Collection[int]) -> None:
        rows = (
            Session.objects.live()
            .filter(cohort__in=cohorts, register_taken_at=None)
            .exclude(is_slot=True, participant=None)
            .order_by()
        )
        self._whole: Counter[int] = Counter()
        self._sets: Counter[int] = Counter()
        self._own: Counter[int] = Counter()
        for each in rows.only("cohort_id", "learning_set_id", "participant_id"):
            if each.participant_id is not None:
                self._own[each.participant_id] += 1
            elif each.learning_set_id is not None:
                self._sets[each.learning_set_id] += 1
            else:
                self._whole[each.cohort_id] += 1

    def of(self, place: Enrolment) -> int:
        if place.state != EnrolmentState.ACTIVE:
            return 0
        in_set = self._sets[place.learning_set_id] if place.learning_set_id else 0
        return self._whole[place.cohort_id] + in_set + self._own[place.pk]
