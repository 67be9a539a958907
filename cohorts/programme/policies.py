"""Who may do and see what in the programme. Deny by default.

A Staff College admin runs cohorts but never decides on their own application. A reader sees what
they were asked to read, and another reader's scores only when both are in. Nobody but the
applicant sees a draft.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from cohorts.programme import models
from cohorts.programme.enums import (
    LIVE_STATES,
    SUPPORT_STATES,
    UNDECIDED_STATES,
    UNREAD_STATES,
    ApplicationState,
    CohortState,
    OfferState,
    ReviewState,
    SupportRoute,
    Viewer,
)
from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holdings, holds

PROGRAMME_STAFF = (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD)
READING_STATES = (CohortState.OPEN, CohortState.SELECTING)


def _is_admin(person: Person, _thing: Any = None) -> bool:
    return holds(person, Role.COLLEGE_ADMIN)


def _is_staff(person: Person, _thing: Any = None) -> bool:
    return holds(person, *PROGRAMME_STAFF)


def _decides(person: Person, application: models.Application | None) -> bool:
    if application is not None and application.applicant_id == person.pk:
        return False
    return _is_admin(person)


def _reads(person: Person, review: models.Review) -> bool:
    """Whether the reader may still read and score."""
    return (
        review.reader_id == person.pk
        and review.application.applicant_id != person.pk
        and review.application.state in UNDECIDED_STATES
        and review.state == ReviewState.ASSIGNED
        and review.application.cohort.state in READING_STATES
    )


def _sees_names(person: Person, application: models.Application) -> bool:
    """Whether the name and the employer may be shown to this person."""
    if application.applicant_id == person.pk or _is_admin(person):
        return True
    return not application.cohort.names_hidden


def _answers_offer(person: Person, offer: models.Offer) -> bool:
    return offer.application.applicant_id == person.pk and offer.state == OfferState.OPEN


def _is_applicant(person: Person, application: models.Application) -> bool:
    return application.applicant_id == person.pk


def _own_in(states: Collection[str]) -> Callable[[Person, models.Application], bool]:
    def rule(person: Person, application: models.Application) -> bool:
        return _is_applicant(person, application) and application.state in states

    return rule


_RULES: dict[str, Callable[[Person, Any], bool]] = {
    # Staff
    "see_boards": _is_staff,
    "see_programme": _is_staff,
    "change_programme": _is_staff,
    "manage_cohorts": _is_admin,
    "see_selection": _is_admin,
    "decide": _decides,
    "export_selection": _is_admin,
    "see_adjustments": _is_admin,
    "assign_readers": _decides,
    # Readers
    "see_reading": lambda person, _: holds(person, DerivedRole.READER),
    "read": _reads,
    "see_names": _sees_names,
    # Applicants
    "answer_offer": _answers_offer,
    "see_own_application": _is_applicant,
    "write_application": _own_in([ApplicationState.DRAFT]),
    "withdraw_application": _own_in(LIVE_STATES),
    "ask_for_support": _own_in(SUPPORT_STATES),
    "exclude_readers": _own_in(UNREAD_STATES),
    # Support asked of Staff College, in confidence
    "see_support_requests": _is_admin,
    # Participants
    "take_part": lambda person, _: holds(person, DerivedRole.PARTICIPANT),
    # Borough coordinators
    "see_borough_counts": lambda person, _: holds(person, Role.BOROUGH_COORDINATOR),
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:
    """Whether the person may do this in the programme, to this thing where one is meant."""
    rule = _RULES.get(verb)
    return bool(rule and person and not person.erased_at and rule(person, thing))


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Those of the rows that the person may see, one by one. Counts are another matter."""
    model: type[Model] = queryset.model
    rule = _VISIBLE.get(model)
    if rule is None:
        return queryset.none()
    if person is not None and person.erased_at:
        person = None
    return queryset.filter(rule(person))


type Rule = Callable[[Person | None], Q]

_ALL = Q()
_NONE = Q(pk__in=())


def _public(prefix: str = "") -> Rule:
    """Open to the public unless the cohort is a draft, which is the admins' alone."""

    def rule(person: Person | None) -> Q:
        if person is not None and _is_staff(person):
            return _ALL
        return ~Q(**{f"{prefix}state": CohortState.DRAFT})

    return rule


def _everyone(_person: Person | None) -> Q:
    return _ALL


def _staff(person: Person | None) -> Q:
    return _ALL if person is not None and _is_staff(person) else _NONE


def _admins_or(owner: str) -> Rule:
    """The owner's own rows; every row to admins."""

    def rule(person: Person | None) -> Q:
        if person is None:
            return _NONE
        return _ALL if _is_admin(person) else Q(**{owner: person})

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
    if _is_admin(person):
        seen |= ~Q(state=ApplicationState.DRAFT)
    return seen


def _answers(person: Person | None) -> Q:
    return Q(application__in=models.Application.objects.filter(_applications(person)))


def _of_sent_applications(person: Person | None) -> Q:
    """What hangs on an application and is for the applicant and admins, never readers."""
    if person is None:
        return _NONE
    own = Q(application__applicant=person)
    return own | ~Q(application__state=ApplicationState.DRAFT) if _is_admin(person) else own


def _support(person: Person | None) -> Q:
    """As other parts of an application; and what an applicant puts before Staff College in
    confidence is seen there as soon as they ask, sent or not.
    """
    seen = _of_sent_applications(person)
    if person is not None and _is_admin(person):
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
    own = Q(reader=person, application__cohort__state__in=READING_STATES)
    own &= ~Q(application__state=ApplicationState.WITHDRAWN)
    others = Q(Exists(done)) & ~Q(Exists(waiting)) & Q(state=ReviewState.SUBMITTED)
    if _is_admin(person):
        return (own | ~Q(Exists(unread))) & ~Q(application__applicant=person)
    return (own | others) & ~Q(application__applicant=person)


def _scores(person: Person | None) -> Q:
    return Q(review__in=models.Review.objects.filter(_reviews(person)))


_VISIBLE: dict[type[Model], Rule] = {
    models.Programme: _everyone,
    models.Strand: _everyone,
    models.PositiveActionRecord: _staff,
    models.Funding: _staff,
    models.Cohort: _public(),
    models.Session: _public("cohort__"),
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
    models.Enrolment: _admins_or("person"),
    models.CohortReader: _admins_or("person"),
    models.Review: _reviews,
    models.Score: _scores,
}


def coordinated(person: Person) -> set[int]:
    """The ids of the organisations that the person coordinates, whose counts they may see."""
    held = holdings(person)
    return {each.scope for each in held if each.role == Role.BOROUGH_COORDINATOR and each.scope}


_AUDIENCES: dict[str, tuple[Viewer, ...]] = {
    "answers": (Viewer.APPLICANT, Viewer.READER, Viewer.COLLEGE),
    "details": (Viewer.APPLICANT, Viewer.COLLEGE),
    "adjustments": (Viewer.APPLICANT, Viewer.COLLEGE),
    "exclusions": (Viewer.APPLICANT, Viewer.COLLEGE),
    "support": (Viewer.APPLICANT, Viewer.COLLEGE),
}


def audience(part: str) -> tuple[Viewer, ...]:
    """Who sees this part of an application once it is sent: what ``visible`` allows, in names."""
    return _AUDIENCES[part]


_WHO_SEES_SUPPORT = (
    "You. The colleague you ask sees your name, the cohort and its dates from the moment you say "
    "‘ask now’, whether or not your application is sent, and nothing else. Staff College sees whom "
    "you ask, and the answer, once it is sent; what you ask it in confidence, as soon as you ask."
)


def who_sees(part: str, application: models.Application) -> str:
    """'Who sees this' for a part of an application, for its applicant to read."""
    if part == "support_answer":
        return _WHO_SEES_SUPPORT
    viewers = [viewer for viewer in audience(part) if viewer != Viewer.APPLICANT]
    names = " and ".join(viewer.label for viewer in viewers)
    when = ", once it is sent," if application.state == ApplicationState.DRAFT else ""
    hidden = Viewer.READER in viewers and application.cohort.names_hidden
    nameless = " Those who read it see neither your name nor your employer." if hidden else ""
    return f"You and{when} {names}. Nobody else.{nameless}"
