"""Completing a cohort: by attendance, with a reason below it, put right if it was a mistake."""

import pytest

from cohorts.programme.enums import CatchUp, CohortState, EnrolmentState, Mark
from cohorts.programme.models import Certificate, Cohort, Enrolment
from cohorts.programme.services import enrolments
from cohorts.programme.services.enrolments import errors
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import AttendanceFactory, a_running_cohort, a_session, a_slot
from tests.factories.selection import a_cohort
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def attending(cohort: Cohort, *marks: str) -> Enrolment:
    """A participant with these marks in sessions of their own cohort."""
    place: Enrolment = EnrolmentFactory(cohort=cohort)
    held = list(cohort.sessions.order_by("starts_at"))
    for number, mark in enumerate(marks):
        if number == len(held):
            held.append(a_session(cohort, days=-20 + number, register_taken_at=NOW))
        AttendanceFactory(session=held[number], enrolment=place, mark=mark)
    return place


def kinds_to(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


class TestCompleting:
    def test_who_attended_enough_completes_and_gets_the_certificate(self, admin: Person) -> None:
        cohort = a_running_cohort(attendance_wanted=80)
        two = [attending(cohort, *[Mark.PRESENT] * 4, Mark.ABSENT) for _ in range(2)]
        enrolments.complete_places(cohort=cohort, enrolments=two, by=admin, at=NOW)
        for place in two:
            place.refresh_from_db()
            assert (place.state, place.ended_at) == (EnrolmentState.COMPLETED, NOW)
            assert [each.step for each in place.events.all()] == ["completed"]
            assert kinds_to(place.person) == ["programme.completed"]
            assert place.certificate.name == place.person.name
        assert AuditEvent.objects.filter(verb="programme.place_completed").count() == 2

    def test_below_it_all_wait_for_a_reason(self, admin: Person) -> None:
        cohort = a_running_cohort(attendance_wanted=80)
        enough, short = (
            attending(cohort, Mark.PRESENT, Mark.PRESENT),
            attending(cohort, Mark.PRESENT, Mark.ABSENT),
        )
        with pytest.raises(errors.BelowAttendance, match="One person has attended less"):
            enrolments.complete_places(cohort=cohort, enrolments=[enough, short], by=admin, at=NOW)
        assert not Enrolment.objects.filter(state=EnrolmentState.COMPLETED).exists()
        with pytest.raises(errors.BelowAttendance):
            enrolments.complete_places(
                cohort=cohort, enrolments=[short], by=admin, at=NOW, reasons={short.pk: "  "}
            )
        enrolments.complete_places(
            cohort=cohort,
            enrolments=[enough, short],
            by=admin,
            at=NOW,
            reasons={short.pk: "Was ill, wrote it up.", enough.pk: "Not kept."},
        )
        assert short.events.get().note == "Was ill, wrote it up."
        assert enough.events.get().note == ""

    def test_what_was_caught_up_on_counts(self, admin: Person) -> None:
        cohort = a_running_cohort(attendance_wanted=100)
        place = attending(cohort, Mark.PRESENT)
        missed = a_session(cohort, days=-1, register_taken_at=NOW)
        AttendanceFactory(session=missed, enrolment=place, mark=Mark.ABSENT, catch_up=CatchUp.DONE)
        enrolments.complete_places(cohort=cohort, enrolments=[place], by=admin, at=NOW)

    def test_coaching_booked_stays_booked(self, admin: Person) -> None:
        cohort = a_running_cohort(attendance_wanted=0)
        place = EnrolmentFactory(cohort=cohort)
        slot = a_slot(cohort, days=4, participant=place)
        enrolments.complete_places(cohort=cohort, enrolments=[place], by=admin, at=NOW)
        slot.refresh_from_db()
        assert slot.participant == place

    def test_not_who_has_left_nor_in_a_cohort_that_is_not_under_way(self, admin: Person) -> None:
        cohort = a_running_cohort(attendance_wanted=0)
        gone = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
        elsewhere = EnrolmentFactory(cohort=a_running_cohort())
        for place in (gone, elsewhere):
            with pytest.raises(errors.NotTakingPart):
                enrolments.complete_places(cohort=cohort, enrolments=[place], by=admin, at=NOW)
        early = EnrolmentFactory(cohort=a_cohort(CohortState.CONFIRMED))
        with pytest.raises(errors.NotUnderWay):
            enrolments.complete_places(cohort=early.cohort, enrolments=[early], by=admin, at=NOW)

    def test_nobody_completes_their_own_place(self, admin: Person) -> None:
        own = EnrolmentFactory(cohort=(cohort := a_running_cohort()), person=admin)
        with pytest.raises(errors.OwnPlace):
            enrolments.complete_places(cohort=cohort, enrolments=[own], by=admin, at=NOW)


class TestUndoing:
    def completed(self, admin: Person, **fields: int) -> Enrolment:
        cohort = a_running_cohort(attendance_wanted=0, **fields)
        place: Enrolment = EnrolmentFactory(cohort=cohort)
        enrolments.complete_places(cohort=cohort, enrolments=[place], by=admin, at=NOW)
        place.refresh_from_db()
        return place

    def test_the_person_takes_part_again_and_the_certificate_is_withdrawn(
        self, admin: Person
    ) -> None:
        place = self.completed(admin)
        enrolments.undo_completion(enrolment=place, by=admin, at=NOW, note="Wrong person.")
        assert (place.state, place.ended_at) == (EnrolmentState.ACTIVE, None)
        assert [each.step for each in place.events.all()] == ["completed", "undone"]
        assert Certificate.objects.get().withdrawn_at == NOW
        assert kinds_to(place.person)[-1] == "programme.completion_undone"

    def test_completing_again_gives_the_same_number(self, admin: Person) -> None:
        place = self.completed(admin)
        number = place.certificate.number
        enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
        enrolments.complete_places(cohort=place.cohort, enrolments=[place], by=admin, at=NOW)
        again = Certificate.objects.get()
        assert (again.number, again.issue, again.withdrawn_at) == (number, 2, None)

    def test_a_certificate_withdrawn_before_stays_withdrawn(self, admin: Person) -> None:
        place = self.completed(admin)
        Certificate.objects.update(withdrawn_at=NOW)
        enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
        assert Certificate.objects.get().withdrawn_at == NOW

    def test_not_without_room_nor_twice_nor_once_the_cohort_is_complete(
        self, admin: Person
    ) -> None:
        place = self.completed(admin, places=1)
        with pytest.raises(errors.OwnPlace):
            enrolments.undo_completion(enrolment=place, by=place.person, at=NOW)
        other = EnrolmentFactory(cohort=place.cohort)
        with pytest.raises(errors.NoPlaceToReturnTo):
            enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
        other.delete()
        enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
        Cohort.objects.update(places=5)
        with pytest.raises(errors.NotCompletedYet):
            enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
        Cohort.objects.update(state=CohortState.COMPLETE)
        with pytest.raises(errors.NotUnderWay):
            enrolments.undo_completion(enrolment=place, by=admin, at=NOW)
