"""Making the sets of a cohort: solved apart from the database, then written if all is as it was."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cohorts.programme.grouping import Grouping, Unsolvable, group
from cohorts.programme.models import Cohort, Enrolment, LearningSet, Session
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sets import errors
from cohorts.programme.services.sets.changing import drop_set, new_set
from cohorts.programme.services.sets.explaining import explanation
from cohorts.programme.services.sets.facts import Facts, facts_of
from cohorts.programme.services.sets.locking import check_open
from cohorts.programme.services.sets.telling import tell_moved
from lic_site.accounts import audit
from lic_site.accounts.models import Person


def make_sets(
    *, cohort: Cohort, number: int, stay: Collection[int], by: Person, at: datetime
) -> Grouping:
    """Put every active participant in one of so many sets, as evenly as the rules allow.

    ``stay``: ids of places that are left in the set where they are. Solving takes seconds, so
    nothing is locked meanwhile; if people, rules or sets changed, nothing is written.
    Raises SetsImpossible, SetsChanged, SetHasDates, CohortOver.
    """
    check_open(cohort)
    facts = _facts(cohort, at)
    kept = _kept_sets(cohort, number, facts, stay)
    places = {learning_set.pk: place for place, learning_set in enumerate(kept)}
    stays = {
        key: places[each.learning_set_id]
        for key, each in facts.members.items()
        if key in stay and each.learning_set_id in places
    }
    try:
        solved = group(facts.plain(stays), facts.apart, number)
    except Unsolvable as no:
        raise errors.SetsImpossible(explanation(no.conflict, facts, number)) from no
    _write(cohort, solved, kept, facts, by=by, at=at)
    return solved


def _facts(cohort: Cohort, at: datetime) -> Facts:
    return facts_of(Enrolment.objects.filter(cohort=cohort), timezone.localdate(at))


def _kept_sets(
    cohort: Cohort, number: int, facts: Facts, stay: Collection[int]
) -> list[LearningSet]:
    """Those that go on, in order: with dates, with people who stay, named, then the first ones."""
    staying = {each.learning_set_id for key, each in facts.members.items() if key in stay}
    own = Exists(Session.objects.filter(learning_set=OuterRef("pk")))
    sets = list(cohort.learning_sets.annotate(has_dates=own))
    must = [each for each in sets if each.pk in staying or getattr(each, "has_dates", False)]
    if len(must) > number:
        raise errors.SetsImpossible(
            f"{len(must)} sets have dates of their own or people who stay where they are, and "
            f"there would be only {number}. Choose more sets, or let people move."
        )
    ranked = sorted(sets, key=lambda each: (each not in must, each.named_at is None))
    chosen = {each.pk for each in ranked[:number]}
    return [each for each in sets if each.pk in chosen]


@transaction.atomic
def _write(
    cohort: Cohort,
    solved: Grouping,
    kept: list[LearningSet],
    facts: Facts,
    *,
    by: Person,
    at: datetime,
) -> None:
    cohort = lock_cohort(cohort.pk)
    check_open(cohort)
    sets = {each.pk: each for each in cohort.learning_sets.all()}
    if _standing(_facts(cohort, at)) != _standing(facts) or {each.pk for each in kept} - set(sets):
        raise errors.SetsChanged
    places = [sets[each.pk] for each in kept]
    places += [new_set(cohort, by=by, at=at) for _ in range(len(solved.sets) - len(kept))]
    for place, keys in enumerate(solved.sets):
        for key in sorted(keys):
            _put(facts.members[key], places[place], sets, at=at)
    for extra in sets.keys() - {each.pk for each in places}:
        drop_set(sets[extra], by=by, at=at)
    audit.record("programme.sets_made", by=by, at=at, thing=cohort, fields=["learning_set"])


def _put(
    member: Enrolment, to: LearningSet, sets: Mapping[int, LearningSet], *, at: datetime
) -> None:
    before = member.learning_set_id
    if before == to.pk:
        return
    member.learning_set = to
    member.save(update_fields=["learning_set"])
    if to.named_at:
        told = before is not None and sets[before].named_at is not None
        tell_moved(member, told=told, at=at)


def _standing(facts: Facts) -> object:
    """What must not change between solving and writing."""
    return {key: each.learning_set_id for key, each in facts.members.items()}, facts.apart
