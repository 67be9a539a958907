"""What people are written to about their place, and when it is no longer true. Never why."""

from collections.abc import Callable

import pytest

from cohorts.programme.enums import CohortState, EnrolmentReason
from cohorts.programme.kinds import places as kinds
from cohorts.programme.models import Enrolment, EnrolmentEvent
from cohorts.programme.services import enrolments
from lic_site.accounts.models import Person
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.renderer import compose
from tests.factories.people import staff
from tests.factories.selection import a_cohort, enrolled
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

HEALTH = EnrolmentReason.HEALTH


def _defer(place: Enrolment, by: Person) -> EnrolmentEvent:
    enrolments.defer(enrolment=place, reason=HEALTH, note="Secret", by=by, at=NOW)
    return place.events.get(step="deferred")


def _withdraw(place: Enrolment, by: Person) -> EnrolmentEvent:
    enrolments.withdraw_place(enrolment=place, reason=HEALTH, note="Secret", by=by, at=NOW)
    return place.events.get(step="withdrawn")


def _transfer(place: Enrolment, by: Person) -> EnrolmentEvent:
    to = a_cohort(CohortState.CONFIRMED)
    enrolments.transfer(enrolment=place, to=to, reason=HEALTH, note="Secret", by=by, at=NOW)
    return place.events.get(step="transferred")


def _resume(place: Enrolment, by: Person) -> EnrolmentEvent:
    _defer(place, by)
    new = enrolments.resume(enrolment=place, to=a_cohort(CohortState.CONFIRMED), by=by, at=NOW)
    return new.events.get()


def _reinstate(place: Enrolment, by: Person) -> EnrolmentEvent:
    _defer(place, by)
    enrolments.reinstate(enrolment=place, by=by, at=NOW)
    return place.events.get(step="reinstated")


CAUSES: dict[type[NoticeKind], Callable[[Enrolment, Person], EnrolmentEvent]] = {
    kinds.Deferred: _defer,
    kinds.WithdrawnPlace: _withdraw,
    kinds.Transferred: _transfer,
    kinds.Resumed: _resume,
    kinds.Reinstated: _reinstate,
}


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_each_says_what_its_sample_says_and_never_why(kind: NoticeKind) -> None:
    event = CAUSES[type(kind)](enrolled(a_cohort(CohortState.CONFIRMED)), staff())
    anchor = kind.anchor(event.pk)
    person = event.enrolment.person
    assert anchor == event
    assert kind.is_wanted(anchor, person)
    assert kind.context(anchor, person).keys() == kind.sample().keys()
    message = compose(kind, kind.context(anchor, person), recipient=person, message_id="<1@test>")
    for words in (message.subject, message.text, message.html):
        assert "Health" not in words
        assert "Secret" not in words


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_what_happened_since_makes_it_unwanted(kind: NoticeKind) -> None:
    event = CAUSES[type(kind)](enrolled(a_cohort(CohortState.CONFIRMED)), staff())
    EnrolmentEvent.objects.create(enrolment=event.enrolment, step="joined", at=NOW)
    assert not kind.is_wanted(event, event.enrolment.person)
