"""Changing and naming learning sets."""

from datetime import timedelta

import pytest

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.kinds.sets import SetChanged, SetGiven, SetNamed
from cohorts.programme.models import Cohort, Enrolment, LearningSet, SetExclusion
from cohorts.programme.services import sets
from cohorts.programme.services.sets import errors
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.sets_world import halves, members_of, put
from tests.factories.people import ManagerRelationFactory, PersonFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import a_session
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


def told(kind: str) -> list[int]:
    return sorted(
        Notice.objects.filter(kind=f"programme.{kind}").values_list("recipient_id", flat=True)
    )


def make(cohort: Cohort, number: int, by: Person, stay: list[int] | None = None) -> None:
    sets.make_sets(cohort=cohort, number=number, stay=stay or [], by=by, at=NOW)


def where(cohort: Cohort) -> dict[int, str]:
    return {
        each.pk: each.learning_set.name if each.learning_set else ""
        for each in Enrolment.objects.filter(cohort=cohort).select_related("learning_set")
    }


def test_a_move_into_a_named_set_tells_whoever_moves_and_nobody_else(admin: Person) -> None:
    cohort, one, two = halves(14, named=True)
    mover = members_of(cohort)[0]
    sets.move_member(enrolment=mover, to=two, by=admin, at=NOW)
    assert where(cohort)[mover.pk] == "Set 2"
    assert told("set_changed") == [mover.person_id]
    late = EnrolmentFactory(cohort=cohort)
    sets.move_member(enrolment=late, to=one, by=admin, at=NOW)
    assert told("set_named") == [late.person_id]
    event = AuditEvent.objects.filter(verb="programme.set_member_moved").first()
    assert event is not None
    assert event.actor_id == admin.pk


def test_a_move_where_they_are_already_does_nothing(admin: Person) -> None:
    cohort, one, _ = halves(named=True)
    sets.move_member(enrolment=members_of(cohort)[0], to=one, by=admin, at=NOW)
    assert not AuditEvent.objects.exists()


def test_a_move_to_ones_line_manager_or_whom_one_is_kept_apart_from_is_refused(
    admin: Person,
) -> None:
    cohort, _, two = halves(14)
    first, second, *_, last = members_of(cohort)
    ManagerRelationFactory(person=last.person, manager=first.person)
    with pytest.raises(errors.TheirLineManager, match="in one line of management"):
        sets.move_member(enrolment=first, to=two, size_accepted=True, by=admin, at=NOW)
    sets.keep_apart(one=last, other=second, by=admin, at=NOW)
    with pytest.raises(errors.KeptApart, match="are kept apart, so they cannot both be in Set 2"):
        sets.move_member(enrolment=second, to=two, size_accepted=True, by=admin, at=NOW)


def test_a_move_that_makes_a_set_too_small_or_too_large_is_asked_about(admin: Person) -> None:
    cohort, _, two = halves(10)
    mover = members_of(cohort)[0]
    with pytest.raises(errors.SizeOutside, match="Set 1 would be left with 4"):
        sets.move_member(enrolment=mover, to=two, by=admin, at=NOW)
    sets.move_member(enrolment=mover, to=two, size_accepted=True, by=admin, at=NOW)
    put([EnrolmentFactory(cohort=cohort) for _ in range(2)], two)
    late = EnrolmentFactory(cohort=cohort)
    with pytest.raises(errors.SizeOutside, match="Set 2 has 8 people already"):
        sets.move_member(enrolment=late, to=two, by=admin, at=NOW)


def test_nobody_is_taken_out_of_a_set_that_they_know(admin: Person) -> None:
    cohort, one, _ = halves(14, named=True)
    member = members_of(cohort)[0]
    with pytest.raises(errors.ToldAlready):
        sets.move_member(enrolment=member, to=None, by=admin, at=NOW)
    LearningSet.objects.filter(pk=one.pk).update(named_at=None)
    sets.move_member(enrolment=member, to=None, by=admin, at=NOW)
    assert where(cohort)[member.pk] == ""


def test_whoever_left_is_not_moved(admin: Person) -> None:
    cohort, one, _ = halves()
    gone = EnrolmentFactory(cohort=cohort, state=EnrolmentState.DEFERRED, ended_at=NOW)
    with pytest.raises(errors.NotTakingPart):
        sets.move_member(enrolment=gone, to=one, by=admin, at=NOW)
    with pytest.raises(errors.NotTakingPart):
        sets.keep_apart(one=gone, other=members_of(cohort)[0], by=admin, at=NOW)


def test_two_in_one_set_are_moved_before_they_are_kept_apart(admin: Person) -> None:
    cohort, _, _ = halves()
    one, other, *_, last = members_of(cohort)
    with pytest.raises(errors.InOneSet):
        sets.keep_apart(one=one, other=other, by=admin, at=NOW)
    with pytest.raises(errors.SamePerson):
        sets.keep_apart(one=one, other=one, by=admin, at=NOW)
    kept = sets.keep_apart(one=last, other=one, by=admin, at=NOW)
    assert (kept.one_id, kept.other_id) == (one.pk, last.pk)
    assert sets.keep_apart(one=one, other=last, by=admin, at=NOW) == kept
    sets.lift_apart(exclusion=kept, by=admin, at=NOW)
    assert not SetExclusion.objects.exists()


def test_naming_tells_each_member_once_however_often(admin: Person) -> None:
    cohort, _, _ = halves()
    assert sets.name_sets(cohort=cohort, by=admin, at=NOW) == 12
    with pytest.raises(errors.NothingToName):
        sets.name_sets(cohort=cohort, by=admin, at=NOW + DAY)
    late = EnrolmentFactory(
        cohort=cohort, learning_set=sets.add_set(cohort=cohort, by=admin, at=NOW)
    )
    assert sets.name_sets(cohort=cohort, by=admin, at=NOW + DAY) == 1
    assert not told("set_given")
    assert told("set_named") == sorted(each.person_id for each in members_of(cohort))
    assert late.person_id in told("set_named")


def test_a_facilitator_learns_of_a_set_once_its_members_know_it(admin: Person) -> None:
    cohort, one, _ = halves()
    leads, follows = PersonFactory(), PersonFactory()
    sets.change_set(learning_set=one, name="Oak", facilitator=leads, by=admin, at=NOW)
    assert not told("set_given")
    sets.name_sets(cohort=cohort, by=admin, at=NOW)
    assert told("set_given") == [leads.pk]
    sets.change_set(learning_set=one, name="Elm", facilitator=leads, by=admin, at=NOW + DAY)
    assert told("set_given") == [leads.pk]
    sets.change_set(learning_set=one, name="Elm", facilitator=follows, by=admin, at=NOW + DAY)
    assert told("set_given") == [leads.pk, follows.pk]
    one.refresh_from_db()
    assert not SetGiven().is_wanted(one, leads)
    assert SetGiven().is_wanted(one, follows)
    assert SetGiven().words(one, follows) == {"set": "Elm", "cohort": cohort.name, "number": 6}
    assert SetGiven().path(one, follows) == f"/my/sets/{one.pk}/"


def test_members_learn_of_another_facilitator(admin: Person) -> None:
    cohort, one, two = halves(named=True)
    LearningSet.objects.filter(pk=two.pk).update(named_at=None)
    leads = PersonFactory()
    for each in (one, two):
        sets.change_set(
            learning_set=each, name=f"{each.name}a", facilitator=leads, by=admin, at=NOW
        )
    assert told("set_changed") == sorted(each.person_id for each in members_of(cohort)[:6])
    sets.change_set(learning_set=one, name="Oak", facilitator=leads, by=admin, at=NOW + DAY)
    assert len(told("set_changed")) == 6
    assert LearningSet.objects.get(pk=one.pk).name == "Oak"
    sets.change_set(learning_set=one, name="Oak", facilitator=None, by=admin, at=NOW + DAY)
    assert LearningSet.objects.get(pk=one.pk).facilitator is None


def test_a_facilitator_neither_takes_part_nor_manages_anybody_of_the_set(admin: Person) -> None:
    cohort, one, two = halves()
    first, *_, last = members_of(cohort)
    manager = ManagerRelationFactory(person=first.person).manager
    for person, refusal in (
        (last.person, errors.FacilitatorTakesPart),
        (manager, errors.FacilitatorManages),
    ):
        with pytest.raises(refusal):
            sets.change_set(learning_set=one, name="Set 1", facilitator=person, by=admin, at=NOW)
    sets.change_set(learning_set=two, name="Set 2", facilitator=manager, by=admin, at=NOW)


def test_a_set_is_removed_when_nobody_is_in_it_and_it_has_no_dates(admin: Person) -> None:
    cohort, one, _ = halves()
    with pytest.raises(errors.SetNotEmpty):
        sets.remove_set(learning_set=one, by=admin, at=NOW)
    extra = sets.add_set(cohort=cohort, by=admin, at=NOW)
    assert extra.name == "Set 3"
    day = a_session(cohort, days=3, learning_set=extra)
    with pytest.raises(errors.SetHasDates, match="Set 3 has dates of its own"):
        sets.remove_set(learning_set=extra, by=admin, at=NOW)
    day.delete()
    sets.remove_set(learning_set=extra, by=admin, at=NOW)
    assert cohort.learning_sets.count() == 2


def test_sets_of_a_cohort_that_is_over_stay_as_they_are(admin: Person) -> None:
    cohort, one, two = halves()
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.COMPLETE)
    cohort.refresh_from_db()
    member, *_, last = members_of(cohort)
    act = {"by": admin, "at": NOW}
    for attempt in (
        lambda: sets.add_set(cohort=cohort, **act),
        lambda: sets.change_set(learning_set=one, name="x", facilitator=None, **act),
        lambda: sets.remove_set(learning_set=one, **act),
        lambda: sets.move_member(enrolment=member, to=two, **act),
        lambda: sets.keep_apart(one=member, other=last, **act),
        lambda: sets.name_sets(cohort=cohort, **act),
        lambda: make(cohort, 2, admin),
    ):
        with pytest.raises(errors.CohortOver):
            attempt()


@pytest.mark.parametrize("kind", [SetNamed(), SetChanged()])
def test_the_message_says_who_is_in_it_by_first_name_while_it_is_true(
    kind: SetNamed | SetChanged, admin: Person
) -> None:
    cohort, one, _ = halves(named=True)
    LearningSet.objects.filter(pk=one.pk).update(facilitator=PersonFactory(given_name="Jo"))
    me = kind.anchor(members_of(cohort)[0].pk)
    assert me is not None
    words = kind.context(me, me.person)
    assert words["others"] == [f"Given-{number:02}" for number in range(1, 6)]
    assert words["facilitator"].startswith("Jo ")
    assert words["set"] == "Set 1"
    assert words["link"].endswith(f"/my/cohorts/{cohort.slug}/set/")
    assert kind.is_wanted(me, me.person)
    me.state = EnrolmentState.WITHDRAWN
    assert not kind.is_wanted(me, me.person)
    me.state = EnrolmentState.ACTIVE
    me.learning_set = None
    assert not kind.is_wanted(me, me.person)
    assert kind.words(me, me.person)["facilitator"] == ""
