"""Naming the sets: their members learn whom they learn with, facilitators which is theirs."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.models import Cohort, Enrolment, LearningSet
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sets import errors
from cohorts.programme.services.sets.locking import check_open
from cohorts.programme.services.sets.telling import tell_facilitator, tell_named
from lic_site.accounts import audit
from lic_site.accounts.models import Person


def to_be_told(cohort: Cohort) -> list[Enrolment]:
    """Active members of the sets that were not named yet."""
    return list(
        Enrolment.objects.active()
        .filter(cohort=cohort, learning_set__isnull=False, learning_set__named_at=None)
        .select_related("person", "learning_set", "cohort")
        .order_by("learning_set__position", "learning_set", "person__given_name", "pk")
    )


@transaction.atomic
def name_sets(*, cohort: Cohort, by: Person, at: datetime) -> int:
    """Tell every member of a set that has people and was not named, and its facilitator; says how
    many members are told. Each is told once, however often sets are named.
    Raises NothingToName, CohortOver.
    """
    cohort = lock_cohort(cohort.pk)
    check_open(cohort)
    members = to_be_told(cohort)
    if not members:
        raise errors.NothingToName
    unnamed = {each.learning_set_id for each in members if each.learning_set_id}
    LearningSet.objects.filter(pk__in=unnamed, named_at=None).update(named_at=at)
    tell_named(members, at=at)
    for learning_set in LearningSet.objects.filter(pk__in=unnamed).select_related("facilitator"):
        tell_facilitator(learning_set, at=at)
    audit.record("programme.sets_named", by=by, at=at, thing=cohort, fields=["named_at"])
    return len(members)
