"""Who may do what in the programme. Deny by default."""

from collections.abc import Callable, Collection
from typing import Any

from cohorts.programme import models
from cohorts.programme.enums import (
    LIVE_STATES,
    SUPPORT_STATES,
    UNDECIDED_STATES,
    UNREAD_STATES,
    ApplicationState,
    OfferState,
    ReviewState,
)
from cohorts.programme.policies.running import RULES as RUNNING
from cohorts.programme.policies.staff import READING_STATES, is_admin, is_staff
from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holds


def _decides(person: Person, application: models.Application | None) -> bool:
    if application is not None and application.applicant_id == person.pk:
        return False
    return is_admin(person)


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
    if application.applicant_id == person.pk or is_admin(person):
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
    "see_boards": is_staff,
    "see_programme": is_staff,
    "change_programme": is_staff,
    "manage_cohorts": is_admin,
    "see_selection": is_admin,
    "decide": _decides,
    "export_selection": is_admin,
    "see_adjustments": is_admin,
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
    "see_support_requests": is_admin,
    # Participants
    "take_part": lambda person, _: holds(person, DerivedRole.PARTICIPANT),
    # Borough coordinators
    "see_borough_counts": lambda person, _: holds(person, Role.BOROUGH_COORDINATOR),
    **RUNNING,
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:
    """Whether the person may do this in the programme, to this thing where one is meant."""
    rule = _RULES.get(verb)
    return bool(rule and person and not person.erased_at and rule(person, thing))
