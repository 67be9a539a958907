"""Which rows a person may see, one by one. Counts are another matter."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from cohorts.programme import models
from cohorts.programme.enums import ApplicationState, CohortState, ReviewState, SupportRoute
from cohorts.programme.policies.running import ROWS as RUNNING
from cohorts.programme.policies.staff import READING_STATES, is_admin, is_staff
from lic_site.accounts.models import Person


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Those of the rows that the person may see, one by one. Counts are another matter."""
    model: type[Model] = queryset.model
    rule = _VISIBLE.get(model)
    if rule is None:
        return queryset.none()
    if person is not None and person.erased_at:
        person = None
    return queryset.filter(rule(person))


def own[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Those of the rows that ``visible`` shows because they are the person's own: a page that wants
    no others need not ask about them.
    """
    rule = _OWN.get(queryset.model)
    if rule is None or person is None or person.erased_at:
        return queryset.none()
    return queryset.filter(rule(person))


type Rule = Callable[[Person | None], Q]

_ALL = Q()
_NONE = Q(pk__in=())


def _public(prefix: str = "") -> Rule:
    """Open to the public unless the cohort is a draft, which is the admins' alone."""

    def rule(person: Person | None) -> Q:
        if person is not None and is_staff(person):
            return _ALL
        return ~Q(**{f"{prefix}state": CohortState.DRAFT})

    return rule


def _everyone(_person: Person | None) -> Q:
    return _ALL


def _staff(person: Person | None) -> Q:
    return _ALL if person is not None and is_staff(person) else _NONE


def _admins_or(owner: str) -> Rule:
    """The owner's own rows; every row to admins."""

    def rule(person: Person | None) -> Q:
        if person is None:
            return _NONE
        return _ALL if is_admin(person) else Q(**{owner: person})

    return rule


def _applications(person: Person | None) -> Q:
    if person is None:
        return _NONE
    reading = (
        models.Review.objects.filter(state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED])
        .exclude(application__state=ApplicationState.WITHDRAWN)
        .filter(reader=person, application__cohort__state__in=READING_STATES)
    )
    seen = Q(applicant=person) | Q(pk__in=reading.values("application"))
    if is_admin(person):
        seen |= ~Q(state=ApplicationState.DRAFT)
    return seen


def _answers(person: Person | None) -> Q:
    return Q(application__in=models.Application.objects.filter(_applications(person)))


def _of_sent_applications(person: Person | None) -> Q:
    """What hangs on an application and is for the applicant and admins, never readers."""
    if person is None:
        return _NONE
    own = Q(application__applicant=person)
    return own | ~Q(application__state=ApplicationState.DRAFT) if is_admin(person) else own


def _support(person: Person | None) -> Q:
    """As other parts of an application; and what an applicant puts before Staff College in
    confidence is seen there as soon as they ask, sent or not.
    """
    seen = _of_sent_applications(person)
    if person is not None and is_admin(person):
        seen |= Q(route=SupportRoute.COLLEGE, asked_at__isnull=False)
    return seen


def _reviews(person: Person | None) -> Q:
    """A reader's own, unless the application was withdrawn; the other's once both are in; all of
    them to admins, save on one that they are still to read. Nobody's on their own application.
    """
    if person is None:
        return _NONE
    mine = models.Review.objects.filter(application=OuterRef("application"), reader=person)
    unread = mine.filter(state=ReviewState.ASSIGNED)
    done = mine.filter(state=ReviewState.SUBMITTED, application__cohort__state__in=READING_STATES)
    waiting = models.Review.objects.filter(
        application=OuterRef("application"), state=ReviewState.ASSIGNED
    )
    others = Q(Exists(done)) & ~Q(Exists(waiting)) & Q(state=ReviewState.SUBMITTED)
    more = ~Q(Exists(unread)) if is_admin(person) else others
    return _own_reviews(person) | more & ~Q(application__applicant=person)


def _own_reviews(person: Person) -> Q:
    own = Q(reader=person, application__cohort__state__in=READING_STATES)
    withdrawn = Q(application__state=ApplicationState.WITHDRAWN)
    return own & ~withdrawn & ~Q(application__applicant=person)


def _scores(person: Person | None) -> Q:
    return Q(review__in=models.Review.objects.filter(_reviews(person)))


_VISIBLE: dict[type[Model], Rule] = {
    models.Programme: _everyone,
    models.Strand: _everyone,
    models.PositiveActionRecord: _staff,
    models.Funding: _staff,
    models.Cohort: _public(),
    models.Question: _public("cohort__"),
    models.Criterion: _public("cohort__"),
    models.Interest: _admins_or("person"),
    models.Application: _applications,
    models.Answer: _answers,
    models.ApplicationEvent: _of_sent_applications,
    models.ReaderExclusion: _of_sent_applications,
    models.ManagerSupport: _support,
    models.AdjustmentAnswer: _of_sent_applications,
    models.Offer: _admins_or("application__applicant"),
    models.CohortReader: _admins_or("person"),
    models.Review: _reviews,
    models.Score: _scores,
    **RUNNING,
}

_OWN: dict[type[Model], Callable[[Person], Q]] = {
    models.Application: lambda person: Q(applicant=person),
    models.Review: _own_reviews,
    models.Enrolment: lambda person: Q(person=person),
}
