"""Making learning sets: solved, written, or refused with the reason."""

from datetime import timedelta

import pytest

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Cohort, Enrolment, SetExclusion
from cohorts.programme.services import sets
from cohorts.programme.services.sets import errors, making
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.sets_world import a_cohort_of, halves, members_of, put
from tests.factories.people import ManagerRelationFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import LearningSetFactory, a_session
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


def test_everybody_is_put_in_an_even_set_and_nobody_is_told(admin: Person) -> None:
    cohort = a_cohort_of(30)
    gone = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    make(cohort, 5, admin)
    names = list(where(cohort).values())
    assert sorted(set(names)) == ["", "Set 1", "Set 2", "Set 3", "Set 4", "Set 5"]
    assert all(names.count(f"Set {number}") == 6 for number in range(1, 6))
    assert where(cohort)[gone.pk] == ""
    assert not Notice.objects.exists()
    assert AuditEvent.objects.filter(verb="programme.sets_made").count() == 1


def test_nobody_is_with_their_line_manager_of_today_nor_whom_they_are_kept_apart_from(
    admin: Person,
) -> None:
    cohort = a_cohort_of(12, boroughs=12)
    one, two, three, four, *_ = members_of(cohort)
    ManagerRelationFactory(person=one.person, manager=two.person)
    ManagerRelationFactory(person=three.person, manager=four.person, ends_on=NOW.date())
    for first, second in ((three, two), (one, four)):
        sets.keep_apart(one=first, other=second, by=admin, at=NOW)
    make(cohort, 2, admin)
    place = where(cohort)
    assert place[one.pk] != place[two.pk] != place[three.pk]
    assert place[three.pk] == place[one.pk] != place[four.pk]


def test_a_second_run_leaves_everybody_where_they_are(admin: Person) -> None:
    cohort = a_cohort_of(18)
    make(cohort, 3, admin)
    before = where(cohort)
    make(cohort, 3, admin)
    assert where(cohort) == before


def test_whoever_stays_is_left_and_a_late_joiner_finds_a_place(admin: Person) -> None:
    cohort, _, two = halves(named=True)
    placed = members_of(cohort)
    late = EnrolmentFactory(cohort=cohort)
    before = where(cohort)
    make(cohort, 2, admin, stay=[each.pk for each in placed])
    after = where(cohort)
    assert after[late.pk]
    assert {**after, late.pk: ""} == before
    assert told("set_named") == [late.person_id]
    assert not told("set_changed")
    assert two.pk


def test_only_those_who_are_moved_out_of_a_named_set_learn_of_it(admin: Person) -> None:
    cohort, *_ = halves(named=True)
    first, second, *others = members_of(cohort)
    before = where(cohort)
    ManagerRelationFactory(person=first.person, manager=second.person)
    make(cohort, 2, admin, stay=[each.pk for each in others[:-1]])
    after = where(cohort)
    moved = [each.person_id for each in members_of(cohort) if before[each.pk] != after[each.pk]]
    assert 1 <= len(moved) <= 2
    assert told("set_changed") == sorted(moved)
    assert not told("set_named")


def test_with_fewer_sets_the_empty_ones_go(admin: Person) -> None:
    cohort = a_cohort_of(18)
    make(cohort, 3, admin)
    make(cohort, 1 + 2, admin)
    for _ in range(6):
        Enrolment.objects.filter(pk=members_of(cohort)[-1].pk).delete()
    make(cohort, 2, admin)
    assert list(cohort.learning_sets.values_list("name", flat=True)) == ["Set 1", "Set 2"]


def test_sets_with_dates_of_their_own_are_not_taken_away(admin: Person) -> None:
    cohort = a_cohort_of(10)
    for number in range(3):
        a_session(cohort, days=5, learning_set=LearningSetFactory(cohort=cohort, position=number))
    with pytest.raises(errors.SetsImpossible, match="3 sets have dates of their own"):
        make(cohort, 2, admin)
    assert cohort.learning_sets.count() == 3


def test_nothing_is_written_if_somebody_joined_meanwhile(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = a_cohort_of(12)
    solve = making.group

    def slow(*args: object) -> object:
        EnrolmentFactory(cohort=cohort)
        return solve(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "group", slow)
    with pytest.raises(errors.SetsChanged):
        make(cohort, 2, admin)
    assert set(where(cohort).values()) == {""}
    assert not cohort.learning_sets.exists()


@pytest.mark.parametrize(
    ("count", "number", "sentence"),
    [
        (1, 1, "One person takes part, and a learning set has at least 5"),
        (0, 1, "No people take part"),
        (4, 1, "4 people take part"),
        (9, 1, "9 people cannot be divided into sets of 5 to 8"),
        (10, 3, "10 people cannot make 3 sets of 5 to 8. Choose 2."),
        (16, 9, "Choose 2 to 3."),
    ],
)
def test_a_number_that_does_not_fit_is_said(
    admin: Person, count: int, number: int, sentence: str
) -> None:
    with pytest.raises(errors.SetsImpossible, match=sentence):
        make(a_cohort_of(count), number, admin)


def test_a_set_that_cannot_be_solved_names_whom_and_what_to_relax(admin: Person) -> None:
    cohort = a_cohort_of(12)
    ana, ben, cal, dan, *_ = members_of(cohort)
    ManagerRelationFactory(person=ana.person, manager=ben.person)
    for one, other in ((ana, cal), (ben, cal)):
        sets.keep_apart(one=one, other=other, by=admin, at=NOW)
    with pytest.raises(errors.SetsImpossible) as no:
        make(cohort, 2, admin)
    assert str(no.value) == (
        "Given-00 Person, Given-01 Person and Given-02 Person are each kept apart from the others, "
        "but there are only 2 sets. Make more sets, or lift one of these."
    )
    SetExclusion.objects.all().delete()
    for one, other in ((ben, cal), (cal, dan)):
        sets.keep_apart(one=one, other=other, by=admin, at=NOW)
    first, second = (LearningSetFactory(cohort=cohort, position=place) for place in (1, 2))
    put([ana], first)
    put([dan], first)
    with pytest.raises(errors.SetsImpossible) as no:
        make(cohort, 2, admin, stay=[ana.pk, dan.pk])
    assert "Given-00 Person apart from Given-01 Person (line manager)" in str(no.value)
    assert "Given-03 Person stays where they are" in str(no.value)
    put([ben], first)
    with pytest.raises(errors.SetsImpossible, match=r"are in one line of management\. Let one"):
        make(cohort, 2, admin, stay=[ana.pk, ben.pk])
    put([cal], first)
    with pytest.raises(errors.SetsImpossible, match=r"they are kept apart\. Let one of them move"):
        make(cohort, 2, admin, stay=[ben.pk, cal.pk])
    assert second.pk


def test_two_kept_apart_do_not_fit_in_one_set(admin: Person) -> None:
    cohort = a_cohort_of(6)
    one, other, *_ = members_of(cohort)
    sets.keep_apart(one=one, other=other, by=admin, at=NOW)
    with pytest.raises(errors.SetsImpossible, match="are kept apart, but there is only one set"):
        make(cohort, 1, admin)


def test_more_than_eight_who_stay_are_too_many(admin: Person) -> None:
    cohort, one, _ = halves(18)
    put(members_of(cohort), one)
    with pytest.raises(errors.SetsImpossible, match="18 people stay in one set"):
        make(cohort, 3, admin, stay=[each.pk for each in members_of(cohort)])
