"""What people are written to about their place, and when it is no longer true. Never why."""

from collections.abc import Callable

import pytest

from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentReason
from cohorts.programme.kinds import places as kinds
from cohorts.programme.models import Cohort, Enrolment, EnrolmentEvent
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


def _complete(place: Enrolment, by: Person) -> EnrolmentEvent:
    Cohort.objects.update(state=CohortState.RUNNING)
    enrolments.complete_places(
        cohort=place.cohort, enrolments=[place], by=by, at=NOW, reasons={place.pk: "Secret"}
    )
    place.refresh_from_db()
    return place.events.get(step="completed")


def _undo(place: Enrolment, by: Person) -> EnrolmentEvent:
    _complete(place, by)
    enrolments.undo_completion(enrolment=place, by=by, at=NOW, note="Secret")
    return place.events.get(step="undone")


CAUSES: dict[type[NoticeKind], Callable[[Enrolment, Person], EnrolmentEvent]] = {
    kinds.Deferred: _defer,
    kinds.WithdrawnPlace: _withdraw,
    kinds.Transferred: _transfer,
    kinds.Resumed: _resume,
    kinds.Reinstated: _reinstate,
    kinds.Completed: _complete,
    kinds.CompletionUndone: _undo,
}
STEPS = [kind for kind in kinds.KINDS if type(kind) in CAUSES]
OTHERS = {kinds.CertificateReady, kinds.WaitingEnded}


def test_every_kind_is_tried_here() -> None:
    assert {type(kind) for kind in kinds.KINDS} == CAUSES.keys() | OTHERS


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.name)
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


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.name)
def test_what_happened_since_makes_it_unwanted(kind: NoticeKind) -> None:
    event = CAUSES[type(kind)](enrolled(a_cohort(CohortState.CONFIRMED)), staff())
    EnrolmentEvent.objects.create(enrolment=event.enrolment, step="joined", at=NOW)
    assert not kind.is_wanted(event, event.enrolment.person)


def test_a_certificate_is_announced_until_it_is_withdrawn() -> None:
    place = enrolled(a_cohort(CohortState.CONFIRMED))
    _complete(place, staff())
    kind, held = kinds.CertificateReady(), place.certificate
    assert kind.is_wanted(held, place.person)
    assert kind.context(held, place.person).keys() == kind.sample().keys()
    held.withdrawn_at = NOW
    assert not kind.is_wanted(held, place.person)


def test_the_end_of_waiting_is_told_only_to_whoever_got_no_place() -> None:
    kind = kinds.WaitingEnded()
    waited = enrolled(a_cohort(CohortState.CONFIRMED)).application
    assert waited is not None
    assert not kind.is_wanted(waited, waited.applicant)
    waited.state = ApplicationState.REJECTED
    assert kind.is_wanted(waited, waited.applicant)
    assert kind.context(waited, waited.applicant).keys() == kind.sample().keys()
