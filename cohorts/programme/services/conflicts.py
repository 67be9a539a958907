"""The facts by which readers are kept away from applications, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Q

from cohorts.programme.assigning import Reader, ToRead
from cohorts.programme.enums import ReviewState
from cohorts.programme.models import Application, Cohort, Review
from lic_site.accounts.models import ManagerRelation, Person


def applicants_of(cohort: Cohort) -> frozenset[int]:
    """Everybody who ever began an application here; they read nothing in it."""
    return frozenset(
        Application.objects.filter(cohort=cohort).values_list("applicant_id", flat=True)
    )


def panel_of(cohort: Cohort, people: Collection[Person] | None = None) -> list[Reader]:
    """The cohort's readers, or these people as if they read, with what they have to read."""
    persons = Person.objects.filter(reading_panels__cohort=cohort)
    if people is not None:
        persons = Person.objects.filter(pk__in=[person.pk for person in people])
    asked = [ReviewState.ASSIGNED, ReviewState.SUBMITTED]
    mine = Q(reviews__application__cohort=cohort, reviews__state__in=asked)
    return [
        Reader(
            key=person.pk,
            employer=person.organisation_id,
            name=person.name,
            emails=frozenset(each.email.casefold() for each in person.addresses.all()),
            load=person.load,
        )
        for person in persons.annotate(load=Count("reviews", filter=mine, distinct=True))
        .prefetch_related("addresses")
        .order_by("pk")
    ]


def to_read(applications: Iterable[Application]) -> list[ToRead]:
    """What keeps readers away from each of the applications. Wants ``applicant`` joined."""
    applications = list(applications)
    keys = [application.pk for application in applications]
    readers: defaultdict[int, set[int]] = defaultdict(set)
    recused: defaultdict[int, set[int]] = defaultdict(set)
    for key, reader, state in Review.objects.filter(application__in=keys).values_list(
        "application_id", "reader_id", "state"
    ):
        (recused if state == ReviewState.RECUSED else readers)[key].add(reader)
    managers = _managers(applications)
    return [
        ToRead(
            key=application.pk,
            employers=frozenset(
                filter(None, (application.organisation_id, application.applicant.organisation_id))
            ),
            managers=frozenset(managers[application.applicant_id]) | _supporters(application),
            excluded=tuple((each.name, each.email) for each in application.exclusions.all()),
            readers=frozenset(readers[application.pk]),
            recused=frozenset(recused[application.pk]),
        )
        for application in applications
    ]


def _managers(applications: Iterable[Application]) -> defaultdict[int, set[int]]:
    """Whoever ever managed an applicant, or was managed by one."""
    applicants = {application.applicant_id for application in applications}
    found: defaultdict[int, set[int]] = defaultdict(set)
    relations = ManagerRelation.objects.filter(Q(person__in=applicants) | Q(manager__in=applicants))
    for person, manager in relations.values_list("person_id", "manager_id"):
        found[person].add(manager)
        found[manager].add(person)
    return found


def _supporters(application: Application) -> frozenset[int]:
    support = getattr(application, "support", None)
    return frozenset({support.supporter_id} if support and support.supporter_id else ())
