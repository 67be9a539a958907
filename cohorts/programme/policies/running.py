"""Who may do and see what once a cohort runs: participants, facilitators, Staff College.

The programme lead sees cohorts and their figures, and no participant. What a person needs is for
them and Staff College alone; a facilitator sees who is expected, the register and the materials of
their own sessions, until ``FACILITATING`` after the last of them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Model, Q
from django.utils import timezone

from cohorts.programme import models
from cohorts.programme.enums import OVER_STATES, TAKING_PART, CohortState, EnrolmentState
from cohorts.programme.policies.staff import coordinated, is_admin, is_staff
from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holds

FACILITATING = timedelta(days=30)
"""How long after a session its facilitators still see it."""

type Rule = Callable[[Person | None], Q]
_ALL = Q()
_NONE = Q(pk__in=())


def led(person: Person) -> Any:
    """The sessions that the person leads and may still see."""
    return models.Session.objects.led_by(person, timezone.now() - FACILITATING)


def _own(person: Person) -> Any:
    return models.Enrolment.objects.taking_part().filter(person=person)


def in_own_diary(person: Person) -> Q:
    """The sessions that the person takes part in, or leads and may still see."""
    mine = models.Session.objects.of_enrolments(_own(person)).values("pk")
    return Q(pk__in=mine) | Q(pk__in=led(person).values("pk"))


def facilitated(person: Person) -> Any:
    """The learning sets that the person facilitates: once named, until 30 days after the cohort."""
    since = timezone.localdate() - FACILITATING
    return models.LearningSet.objects.filter(
        facilitator=person, named_at__isnull=False, cohort__ends_on__gt=since
    )


def _takes_part_in(person: Person, session: models.Session) -> bool:
    mine = models.Session.objects.of_enrolments(_own(person))
    return bool(mine.filter(pk=session.pk).exists())


def _leads(person: Person, session: models.Session) -> bool:
    return bool(led(person).filter(pk=session.pk).exists())


def _takes_register(person: Person, session: models.Session) -> bool:
    return is_admin(person) or _leads(person, session)


def _is_participant(person: Person, enrolment: models.Enrolment) -> bool:
    return enrolment.person_id == person.pk and enrolment.state == EnrolmentState.ACTIVE


RULES: dict[str, Callable[[Person, Any], bool]] = {
    # Staff College
    "run_cohorts": is_admin,
    "search_participants": is_admin,
    "see_needs": is_admin,
    "see_support": is_admin,
    "bring_in_people": is_admin,
    # Facilitators
    "facilitate": lambda person, _: holds(person, DerivedRole.FACILITATOR),
    "lead_session": _leads,
    "facilitate_set": lambda person, learning_set: learning_set.facilitator_id == person.pk,
    "take_register": _takes_register,
    "add_material": _takes_register,
    # Participants
    "attend": _takes_part_in,
    "see_join_link": lambda person, session: (
        _takes_register(person, session) or _takes_part_in(person, session)
    ),
    "change_own_place": _is_participant,
    "name_to_coordinator": lambda person, enrolment: (
        enrolment.person_id == person.pk and enrolment.state in TAKING_PART
    ),
    "record_route": lambda person, subject: subject.pk == person.pk or is_admin(person),
    "leave_place": lambda person, enrolment: (
        _is_participant(person, enrolment) and enrolment.cohort.state not in OVER_STATES
    ),
    "hold_certificate": lambda person, certificate: (
        certificate.enrolment.person_id == person.pk and certificate.withdrawn_at is None
    ),
    "see_own_place": lambda person, enrolment: enrolment.person_id == person.pk,
    "see_own_sessions": lambda person, enrolment: (
        enrolment.person_id == person.pk and enrolment.state in TAKING_PART
    ),
}


def named_to(person: Person) -> Any:
    """The places of participants who agreed that this coordinator sees their name. Of these rows
    a coordinator is shown the name and the cohort, nothing else. Whoever changed employer since
    they agreed is not among them.
    """
    return models.Enrolment.objects.taking_part().filter(
        named_to_coordinator_at__isnull=False,
        named_to__in=coordinated(person),
        person__organisation=F("named_to"),
        person__erased_at=None,
    )


def _sessions(person: Person | None) -> Q:
    """Staff every one; the public those for the whole of a cohort that is not a draft;
    participants and facilitators also their own, cancelled ones among them. An open coaching slot
    is seen by the participants of its cohort.
    """
    if person is not None and is_staff(person):
        return _ALL
    for_all = Q(learning_set=None, participant=None, is_slot=False)
    seen = for_all & ~Q(cohort__state=CohortState.DRAFT)
    if person is None:
        return seen
    cohorts = _own(person).values("cohort")
    open_slots = Q(is_slot=True, participant=None, cohort__in=cohorts)
    return seen | open_slots | in_own_diary(person)


def _enrolments(person: Person | None) -> Q:
    """One's own; every one to admins; to a facilitator who is expected at their sessions."""
    if person is None:
        return _NONE
    if is_admin(person):
        return _ALL
    ours = led(person).values
    whole = Q(
        cohort__in=models.Session.objects.for_all().filter(pk__in=ours("pk")).values("cohort"),
        state=EnrolmentState.ACTIVE,
    )
    in_set = Q(learning_set__in=ours("learning_set"), state=EnrolmentState.ACTIVE)
    with_set = Q(learning_set__in=facilitated(person), state=EnrolmentState.ACTIVE)
    one = Q(own_sessions__in=ours("pk"))
    found = models.Enrolment.objects.filter(whole | in_set | with_set | one).values("pk")
    return Q(person=person) | Q(pk__in=found)


def _sets(person: Person | None) -> Q:
    if person is None:
        return _NONE
    if is_admin(person):
        return _ALL
    mine = models.Enrolment.objects.taking_part().filter(person=person).values("learning_set")
    return Q(pk__in=mine, named_at__isnull=False) | Q(pk__in=facilitated(person).values("pk"))


def _materials(person: Person | None) -> Q:
    """What is shared, to whoever takes part in its session; all to who leads it and to admins."""
    if person is None:
        return _NONE
    if is_admin(person):
        return _ALL
    attended = models.Session.objects.of_enrolments(_own(person)).values("pk")
    shared = Q(session__in=attended, shared_at__isnull=False)
    return shared | Q(session__in=led(person).values("pk"))


def _attendance(person: Person | None) -> Q:
    if person is None:
        return _NONE
    if is_admin(person):
        return _ALL
    return Q(enrolment__person=person) | Q(session__in=led(person).values("pk"))


def _introductions(person: Person | None) -> Q:
    """One's own, and those of the others of one's learning set once it was named; never those of
    somebody who left.
    """
    if person is None:
        return _NONE
    mine = _own(person).filter(learning_set__named_at__isnull=False).values("learning_set")
    sets = Q(learning_set__in=mine) | Q(learning_set__in=facilitated(person).values("pk"))
    seen = models.Enrolment.objects.taking_part().filter(sets)
    return Q(enrolment__person=person) | Q(enrolment__in=seen.values("pk"))


def _admins(person: Person | None) -> Q:
    return _ALL if person is not None and is_admin(person) else _NONE


def _staff(person: Person | None) -> Q:
    return _ALL if person is not None and is_staff(person) else _NONE


def _owner_or_admin(owner: str) -> Rule:
    def rule(person: Person | None) -> Q:
        if person is None:
            return _NONE
        return _ALL if is_admin(person) else Q(**{owner: person})

    return rule


ROWS: dict[type[Model], Rule] = {
    models.Session: _sessions,
    models.SessionFacilitator: _owner_or_admin("person"),
    models.Material: _materials,
    models.AvoidDate: _staff,
    models.Enrolment: _enrolments,
    models.EnrolmentEvent: _owner_or_admin("enrolment__person"),
    models.SupportContact: _admins,
    models.LearningSet: _sets,
    models.SetExclusion: _admins,
    models.Introduction: _introductions,
    models.Need: _owner_or_admin("enrolment__person"),
    models.Attendance: _attendance,
    models.Apology: _attendance,
    models.Certificate: _owner_or_admin("enrolment__person"),
    models.OtherRoute: _owner_or_admin("person"),
}
