"""Leaving a cohort on the page, and what staff do about a place: one act, one page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cohorts.programme import policies
from cohorts.programme.enums import CohortState, EnrolmentReason, EnrolmentState, Mark
from cohorts.programme.models import Cohort, Enrolment, EnrolmentEvent
from cohorts.programme.services import enrolments
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import AttendanceFactory, a_running_cohort, a_session, in_set
from tests.factories.running import LearningSetFactory as SetFactory
from tests.factories.selection import a_cohort
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SECRET = "Because of a matter nobody else may read"


def place_of(person: Any, **fields: Any) -> Enrolment:
    place: Enrolment = EnrolmentFactory(
        cohort=fields.pop("cohort", None) or a_running_cohort(), person=person, **fields
    )
    return place


def leave_url(place: Enrolment) -> str:
    return reverse("programme:leave", args=[place.cohort.slug])


def url(name: str, place: Enrolment) -> str:
    return reverse(f"programme:{name}", args=[place.cohort.slug, place.pk])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


class TestLeaving:
    ANSWERS = {"how": "defer", "reason": "not_said"}

    def test_it_is_chosen_checked_done_and_said_what_comes_next(
        self, cast: Cast, signed_in: SignedIn
    ) -> None:
        place = place_of(cast.owner)
        later = a_cohort(CohortState.CONFIRMED)
        alice, address = signed_in(cast.owner), leave_url(place)
        assert "I prefer not to say" in text(alice.get(address))
        answers = self.ANSWERS | {"until": later.pk}
        assert "Defer your place?" in text(alice.post(address, answers))
        place.refresh_from_db()
        assert place.state == EnrolmentState.ACTIVE
        assert "checked" in text(alice.post(address, answers | {"change": "yes"}))
        page = text(alice.post(address, answers | {"confirmed": "yes"}, follow=True))
        assert "Your place is deferred" in page
        assert later.name in page
        place.refresh_from_db()
        assert (place.state, place.reason, place.deferred_to) == ("deferred", "not_said", later)

    def test_leaving_for_good_is_another_page(self, cast: Cast, signed_in: SignedIn) -> None:
        place = place_of(cast.owner)
        alice = signed_in(cast.owner)
        answers = {"how": "withdraw", "reason": "health"}
        assert "Give up your place?" in text(alice.post(leave_url(place), answers))
        page = alice.post(leave_url(place), answers | {"confirmed": "yes"}, follow=True)
        assert "You have left this cohort" in text(page)
        place.refresh_from_db()
        assert (place.state, place.reason) == (EnrolmentState.WITHDRAWN, EnrolmentReason.HEALTH)

    def test_no_answer_is_asked_for_again(self, cast: Cast, signed_in: SignedIn) -> None:
        page = text(signed_in(cast.owner).post(leave_url(place_of(cast.owner)), {"how": "defer"}))
        assert "I prefer not to say’." in page
        assert "There is a problem" in page

    def test_once_the_cohort_is_over_nobody_leaves(self, cast: Cast, signed_in: SignedIn) -> None:
        place = place_of(cast.owner, cohort=a_cohort(CohortState.COMPLETE))
        assert signed_in(cast.owner).get(leave_url(place)).status_code == 404

    def test_who_goes_on_is_shown_where(self, cast: Cast, signed_in: SignedIn) -> None:
        place = place_of(cast.owner)
        to = a_cohort(CohortState.CONFIRMED)
        enrolments.transfer(enrolment=place, to=to, by=staff(), at=NOW)
        assert f"You go on in {to.name}" in text(signed_in(cast.owner).get(leave_url(place)))

    def test_it_is_nobody_elses(self, cast: Cast, signed_in: SignedIn) -> None:
        place = place_of(cast.owner)
        for other in (cast.colleague, cast.stranger, staff()):
            assert signed_in(other).get(leave_url(place)).status_code == 404
        assert Client().get(leave_url(place)).status_code == 302
        assert signed_in(cast.owner).delete(leave_url(place)).status_code == 405


class TestStaff:
    def test_each_act_is_done_on_its_page(self, signed_in: SignedIn) -> None:
        place, office = place_of(PersonFactory()), signed_in(staff())
        to = a_cohort(CohortState.CONFIRMED)
        done: list[tuple[str, dict[str, Any], str]] = [
            ("defer", {"reason": "health", "until": to.pk, "note": SECRET}, "deferred"),
            ("reinstate", {}, "active"),
            ("withdraw", {"reason": "fit"}, "withdrawn"),
            ("reinstate", {"note": "Rang us."}, "active"),
            ("complete", {"note": "Was there all along."}, "completed"),
            ("undo", {}, "active"),
            ("defer", {"reason": "dates"}, "deferred"),
            ("resume", {"to": to.pk}, "deferred"),
        ]
        for name, answers, state in done:
            address = url(f"place_{name}", place)
            assert "cannot be done" not in text(office.get(address)), name
            page = text(office.post(address, answers, follow=True))
            assert "What has happened" in page, name
            place.refresh_from_db()
            assert place.state == state, name
        assert SECRET in page
        assert place.successor.cohort == to
        assert "They went on in <a" in page
        assert AuditEvent.objects.filter(verb="programme.participant_viewed").exists()

    def test_a_transfer_to_a_full_cohort_is_refused_and_nothing_typed_is_lost(
        self, signed_in: SignedIn
    ) -> None:
        place, office = place_of(PersonFactory()), signed_in(staff())
        full = a_cohort(CohortState.CONFIRMED, places=1)
        EnrolmentFactory(cohort=full)
        answers = {"to": full.pk, "reason": "dates", "note": "Asked for it."}
        page = text(office.post(url("place_transfer", place), answers))
        assert "so nothing was changed" in page
        assert "Asked for it." in page
        free = a_cohort(CohortState.CONFIRMED)
        office.post(url("place_transfer", place), answers | {"to": free.pk})
        assert Enrolment.objects.get(follows=place).cohort == free

    def test_what_makes_no_sense_now_is_said(self, signed_in: SignedIn) -> None:
        place, office = place_of(PersonFactory()), signed_in(staff())
        address = url("place_resume", place)
        assert "this cannot be done" in text(office.get(address))
        to = a_cohort(CohortState.CONFIRMED)
        assert "Only a place that was deferred" in text(office.post(address, {"to": to.pk}))
        Cohort.objects.filter(pk=place.cohort_id).update(state=CohortState.ARCHIVED)
        assert "no longer changes" in text(office.get(url("participant", place)))

    def test_everybody_who_attended_enough_is_completed_at_once(self, signed_in: SignedIn) -> None:
        cohort, office = a_running_cohort(), signed_in(staff())
        day = a_session(cohort, days=-1, register_taken_at=NOW)
        here, away = (
            place_of(PersonFactory(), cohort=cohort),
            place_of(PersonFactory(), cohort=cohort),
        )
        AttendanceFactory(session=day, enrolment=here)
        AttendanceFactory(session=day, enrolment=away, mark=Mark.ABSENT)
        address = reverse("programme:complete", args=[cohort.slug])
        assert text(office.get(address)).count(" checked>") == 1
        assert "Tick at least one person" in text(office.post(address, {}))
        both = {"chosen": [here.pk, away.pk]}
        assert "Say why they complete all the same" in text(office.post(address, both))
        office.post(address, both | {f"reason_{away.pk}": "Wrote it up."})
        states = set(Enrolment.objects.values_list("state", flat=True))
        assert states == {EnrolmentState.COMPLETED}
        page = text(office.get(address))
        assert "Everybody who took part to the end has completed: 2 people." in page

    def test_before_it_runs_and_with_nobody_the_page_says_so(self, signed_in: SignedIn) -> None:
        office, cohort = signed_in(staff()), a_cohort(CohortState.CONFIRMED)
        address = reverse("programme:complete", args=[cohort.slug])
        assert "Nobody to complete yet" in text(office.get(address))
        place_of(PersonFactory(), cohort=cohort)
        assert "1 person takes part" in text(office.get(address))

    def test_the_list_grows_by_no_query(self, signed_in: SignedIn) -> None:
        cohort = a_running_cohort()
        day = a_session(cohort, days=-1, register_taken_at=NOW)
        grows_not(
            signed_in(staff()),
            reverse("programme:complete", args=[cohort.slug]),
            lambda: AttendanceFactory(
                session=day, enrolment=place_of(PersonFactory(), cohort=cohort)
            ),
            at_most=16,
        )

    @pytest.mark.parametrize("name", ["start", "complete", "reopen", "archive"])
    def test_each_step_of_its_life_says_what_it_does(self, name: str, signed_in: SignedIn) -> None:
        before = {
            "start": CohortState.CONFIRMED,
            "complete": CohortState.RUNNING,
            "reopen": CohortState.COMPLETE,
            "archive": CohortState.COMPLETE,
        }[name]
        after = {
            "start": CohortState.RUNNING,
            "complete": CohortState.COMPLETE,
            "reopen": CohortState.RUNNING,
            "archive": CohortState.ARCHIVED,
        }[name]
        cohort, office = a_cohort(before), signed_in(staff())
        address = reverse("programme:step", args=[cohort.slug, name])
        assert cohort.name in text(office.get(address))
        assert office.post(address).status_code == 302
        cohort.refresh_from_db()
        assert cohort.state == after

    def test_what_is_left_is_listed(self, signed_in: SignedIn) -> None:
        cohort, office = a_running_cohort(members=2), signed_in(staff())
        a_session(cohort, days=-1)
        a_session(cohort, days=3)
        address = reverse("programme:step", args=[cohort.slug, "complete"])
        page = text(office.post(address))
        for words in ("1 session still lies ahead", "1 register is missing", "2 people have"):
            assert words in page


def test_why_somebody_left_is_seen_by_staff_college_alone(cast: Cast) -> None:
    cohort = a_running_cohort()
    leads = PersonFactory()
    a_session(cohort, days=-1, leads=leads)
    place = in_set(SetFactory(cohort=cohort, facilitator=leads), cast.owner)
    enrolments.defer(
        enrolment=place, reason=EnrolmentReason.HEALTH, note=SECRET, by=cast.owner, at=NOW
    )
    events, places = EnrolmentEvent.objects.all(), Enrolment.objects.all()
    others = [leads, cast.colleague, staff(Role.BOROUGH_COORDINATOR), staff(Role.PROGRAMME_LEAD)]
    for other in others:
        assert not policies.visible(other, events).exists()
        assert not policies.visible(other, places).exists()
    assert policies.visible(staff(), events).exists()
    assert policies.visible(cast.owner, events).exists()
