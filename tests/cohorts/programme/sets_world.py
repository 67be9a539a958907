"""Cohorts to be put in learning sets."""

from cohorts.programme.models import Cohort, Enrolment, LearningSet
from tests.factories.people import BoroughFactory, OrganisationFactory, PersonFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import LearningSetFactory, a_running_cohort

GRADES = ["practitioner", "first_line_manager", "head_of_service"]


def a_cohort_of(count: int, *, boroughs: int = 4) -> Cohort:
    """So many participants, named by letters, of a few boroughs and grades."""
    cohort = a_running_cohort()
    employers = [OrganisationFactory(boroughs=[BoroughFactory()]) for _ in range(boroughs)]
    for number in range(count):
        EnrolmentFactory(
            cohort=cohort,
            person=PersonFactory(
                given_name=f"Given-{number:02}",
                family_name="Person",
                organisation=employers[number % boroughs],
                grade_band=GRADES[number % len(GRADES)],
            ),
        )
    return cohort


def members_of(cohort: Cohort) -> list[Enrolment]:
    return list(Enrolment.objects.filter(cohort=cohort).select_related("person").order_by("pk"))


def put(members: list[Enrolment], learning_set: LearningSet) -> None:
    for each in members:
        each.learning_set = learning_set
        each.save()


def halves(count: int = 12, *, named: bool = False) -> tuple[Cohort, LearningSet, LearningSet]:
    """A cohort whose first half is in one set, the others in another."""
    cohort = a_cohort_of(count)
    told = {} if named else {"named_at": None}
    one = LearningSetFactory(cohort=cohort, name="Set 1", position=1, **told)
    two = LearningSetFactory(cohort=cohort, name="Set 2", position=2, **told)
    members = members_of(cohort)
    put(members[: count // 2], one)
    put(members[count // 2 :], two)
    return cohort, one, two
