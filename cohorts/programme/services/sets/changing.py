"""Changing sets by hand: adding and removing one, moving a person, keeping two apart."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cohorts.programme.grouping_solver import LARGEST, SMALLEST
from cohorts.programme.models import Cohort, Enrolment, LearningSet, SetExclusion
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sets import errors
from cohorts.programme.services.sets.facts import Facts, facts_of, in_order, managing
from cohorts.programme.services.sets.locking import check_open
from cohorts.programme.services.sets.telling import tell_changed, tell_facilitator, tell_moved
from lic_site.accounts import audit
from lic_site.accounts.models import Person


@transaction.atomic
def add_set(*, cohort: Cohort, by: Person, at: datetime) -> LearningSet:
    """One more set, empty, with the next free number as its name. Raises CohortOver."""
    cohort = lock_cohort(cohort.pk)
    check_open(cohort)
    return new_set(cohort, by=by, at=at)


def new_set(cohort: Cohort, *, by: Person | None, at: datetime) -> LearningSet:
    """As ``add_set``, in a cohort that is locked."""
    taken = set(cohort.learning_sets.values_list("name", flat=True))
    name = next(
        name
        for name in (f"Set {number}" for number in range(1, len(taken) + 2))
        if name not in taken
    )
    last = cohort.learning_sets.aggregate(last=Max("position"))["last"] or 0
    made = LearningSet.objects.create(cohort=cohort, name=name, position=last + 1)
    audit.record("programme.set_added", by=by, at=at, thing=made)
    return made


@transaction.atomic
def change_set(
    *,
    learning_set: LearningSet,
    name: str,
    facilitator: Person | None,
    by: Person,
    at: datetime,
) -> LearningSet:
    """Give the set its name and its facilitator. Members of a named set are told of another
    facilitator, who is told too. Raises CohortOver, FacilitatorTakesPart, FacilitatorManages.
    """
    cohort = lock_cohort(learning_set.cohort_id)
    check_open(cohort)
    learning_set = LearningSet.objects.get(pk=learning_set.pk)
    new = facilitator.pk if facilitator else None
    is_new = new != learning_set.facilitator_id
    if is_new and facilitator is not None:
        _check_facilitator(learning_set, facilitator, at)
    learning_set.name, learning_set.facilitator = name, facilitator
    learning_set.save(update_fields=["name", "facilitator"])
    audit.record(
        "programme.set_changed",
        by=by,
        at=at,
        thing=learning_set,
        subject=facilitator if is_new else None,
        fields=["name", "facilitator"] if is_new else ["name"],
    )
    if is_new and learning_set.named_at:
        tell_changed(_members(learning_set), at=at)
        tell_facilitator(learning_set, at=at)
    return learning_set


def _members(learning_set: LearningSet) -> list[Enrolment]:
    members = Enrolment.objects.active().filter(learning_set=learning_set)
    return list(members.select_related("person"))


def _check_facilitator(learning_set: LearningSet, facilitator: Person, at: datetime) -> None:
    taking_part = Enrolment.objects.active().filter(cohort=learning_set.cohort_id)
    if taking_part.filter(person=facilitator).exists():
        raise errors.FacilitatorTakesPart
    members = {each.person_id for each in _members(learning_set)}
    relations = managing([facilitator.pk], timezone.localdate(at))
    touched = {key for pair in relations.values_list("person_id", "manager_id") for key in pair}
    if touched & members:
        raise errors.FacilitatorManages


@transaction.atomic
def remove_set(*, learning_set: LearningSet, by: Person, at: datetime) -> None:
    """Raises CohortOver, SetNotEmpty, SetHasDates."""
    cohort = lock_cohort(learning_set.cohort_id)
    check_open(cohort)
    if Enrolment.objects.active().filter(learning_set=learning_set).exists():
        raise errors.SetNotEmpty
    drop_set(LearningSet.objects.get(pk=learning_set.pk), by=by, at=at)


def drop_set(learning_set: LearningSet, *, by: Person | None, at: datetime) -> None:
    """Delete a set that nobody is in, in a locked cohort. Raises SetHasDates."""
    if learning_set.sessions.exists():
        raise errors.SetHasDates(
            f"{learning_set.name} has dates of its own, which would go with it. Cancel or move "
            "them first, or keep as many sets as there are."
        )
    audit.record("programme.set_removed", by=by, at=at, thing=learning_set)
    learning_set.delete()


@transaction.atomic
def move_member(
    *,
    enrolment: Enrolment,
    to: LearningSet | None,
    size_accepted: bool = False,
    by: Person,
    at: datetime,
) -> Enrolment:
    """Put a participant in a set, or with None in no set while theirs is not named. Whoever comes
    into a named set is told. ``size_accepted``: a set that is left too small or made too large is
    meant. Raises CohortOver, NotTakingPart, TheirLineManager, KeptApart, SizeOutside, ToldAlready.
    """
    cohort = lock_cohort(enrolment.cohort_id)
    check_open(cohort)
    facts = facts_of(Enrolment.objects.filter(cohort=cohort), timezone.localdate(at))
    member = facts.members.get(enrolment.pk)
    if member is None:
        raise errors.NotTakingPart
    if member.learning_set_id == (to.pk if to else None):
        return member
    before = LearningSet.objects.filter(members=member).first()
    told = before is not None and before.named_at is not None
    if to is None:
        if told:
            raise errors.ToldAlready
    else:
        to = LearningSet.objects.get(pk=to.pk, cohort=cohort)
        _check_company(facts, member, to)
    if not size_accepted:
        _check_sizes(facts, before, to)
    member.learning_set = to
    member.save(update_fields=["learning_set"])
    audit.record(
        "programme.set_member_moved",
        by=by,
        at=at,
        thing=member,
        subject=member.person,
        fields=["learning_set"],
    )
    if to is not None and to.named_at:
        tell_moved(member, told=told, at=at)
    return member


def _inside(facts: Facts, learning_set: LearningSet) -> list[int]:
    return [key for key, each in facts.members.items() if each.learning_set_id == learning_set.pk]


def _check_company(facts: Facts, member: Enrolment, to: LearningSet) -> None:
    pair = facts.barred_from(member, _inside(facts, to))
    if pair is None:
        return
    one, other = facts.names(pair)
    if pair in facts.managed:
        raise errors.TheirLineManager(
            f"{one} and {other} are in one line of management, so they cannot both be in "
            f"{to.name}. Choose another set."
        )
    raise errors.KeptApart(
        f"{one} and {other} are kept apart, so they cannot both be in {to.name}. Choose another "
        "set, or lift that first."
    )


def _check_sizes(facts: Facts, before: LearningSet | None, to: LearningSet | None) -> None:
    """Only what this move would do: a set that is small while sets are being filled is no fault."""
    if to is not None and len(_inside(facts, to)) == LARGEST:
        raise errors.SizeOutside(
            f"{to.name} has {LARGEST} people already, and a learning set has five to eight. Tick "
            "‘Move all the same’ if you mean it."
        )
    if before is not None and len(_inside(facts, before)) == SMALLEST:
        raise errors.SizeOutside(
            f"{before.name} would be left with {SMALLEST - 1} people, and a learning set has five "
            "to eight. Tick ‘Move all the same’ if you mean it."
        )


@transaction.atomic
def keep_apart(*, one: Enrolment, other: Enrolment, by: Person, at: datetime) -> SetExclusion:
    """From now on these two are not put in one set; no reason is kept. Says nothing to them.

    Raises SamePerson, InOneSet, NotTakingPart, CohortOver.
    """
    cohort = lock_cohort(one.cohort_id)
    check_open(cohort)
    if one.pk == other.pk:
        raise errors.SamePerson
    facts = facts_of(Enrolment.objects.filter(cohort=cohort), timezone.localdate(at))
    first, second = in_order(one.pk, other.pk)
    if not {first, second} <= facts.members.keys():
        raise errors.NotTakingPart
    place = facts.members[first].learning_set_id
    if place is not None and place == facts.members[second].learning_set_id:
        raise errors.InOneSet
    made, is_new = SetExclusion.objects.get_or_create(
        one_id=first, other_id=second, defaults={"made_at": at, "made_by": by}
    )
    if is_new:
        audit.record("programme.set_kept_apart", by=by, at=at, thing=made)
    return made


@transaction.atomic
def lift_apart(*, exclusion: SetExclusion, by: Person, at: datetime) -> None:
    """These two may be in one set again."""
    lock_cohort(exclusion.one.cohort_id)
    audit.record("programme.set_apart_lifted", by=by, at=at, thing=exclusion)
    exclusion.delete()
