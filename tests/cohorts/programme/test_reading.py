"""Panels and reading: who reads what, blind until both are in, stepping aside."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cohorts.programme import policies
from cohorts.programme.assigning import Bar
from cohorts.programme.enums import (
    AdjustmentState,
    ApplicationState,
    CohortState,
    ReviewState,
    SupportRoute,
)
from cohorts.programme.kinds.selection import ReaderChased
from cohorts.programme.models import (
    AdjustmentAnswer,
    Application,
    CohortReader,
    ManagerSupport,
    ReaderExclusion,
    Review,
    Score,
)
from cohorts.programme.services import (
    adjustments,
    applications,
    errors,
    offers,
    panels,
    reading,
    submission,
)
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from tests.factories.people import ManagerRelationFactory, PersonFactory, staff
from tests.factories.selection import a_cohort, a_reader, a_review, sent
from tests.support.people import NOW, SignedIn

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 5)


@pytest.fixture
def admin() -> Person:
    return staff()


def assign(cohort: Any, admin: Person) -> Any:
    return panels.assign_readers(cohort=cohort, due_on=DUE, by=admin, at=NOW)


def by_hand(application: Application, admin: Person, *readers: Person) -> None:
    panels.set_readers(application=application, readers=readers, due_on=DUE, by=admin, at=NOW)


def test_nobody_who_applied_reads_in_the_cohort(admin: Person) -> None:
    cohort = a_cohort()
    applicant = sent(cohort, ApplicationState.WITHDRAWN).applicant
    with pytest.raises(errors.ReaderApplied):
        panels.add_reader(cohort=cohort, person=applicant, by=admin, at=NOW)


def test_nobody_on_the_panel_applies_to_the_cohort() -> None:
    cohort = a_cohort(CohortState.OPEN)
    with pytest.raises(applications.ReadsHere):
        applications.start_application(
            cohort=cohort, says_eligible=True, by=a_reader(cohort), at=NOW
        )


def test_a_reader_has_an_account_and_is_added_once(admin: Person) -> None:
    cohort, person = a_cohort(), PersonFactory()
    panels.add_reader(cohort=cohort, person=person, by=admin, at=NOW)
    with pytest.raises(errors.AlreadyReader):
        panels.add_reader(cohort=cohort, person=person, by=admin, at=NOW)
    with pytest.raises(errors.ReaderWithoutAccount):
        panels.add_reader(cohort=cohort, person=PersonFactory(user=None), by=admin, at=NOW)


def test_two_readers_each_and_every_reader_is_written_to_once(admin: Person) -> None:
    cohort = a_cohort()
    applications = [sent(cohort) for _ in range(3)]
    readers = [a_reader(cohort) for _ in range(3)]
    assert len(assign(cohort, admin).pairs) == 6
    assert assign(cohort, admin).pairs == []
    for application in applications:
        application.refresh_from_db()
        assert application.state == ApplicationState.UNDER_REVIEW
        assert application.reviews.count() == 2
    assert [Notice.objects.filter(recipient=reader).count() for reader in readers] == [1, 1, 1]


def test_hard_rules_hold_for_what_is_on_record(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    colleague = a_reader(cohort, organisation=application.organisation)
    manager = a_reader(cohort)
    ManagerRelationFactory(person=application.applicant, manager=manager)
    supporter = a_reader(cohort)
    ManagerSupport.objects.create(
        application=application, route=SupportRoute.SENIOR, supporter=supporter
    )
    named = a_reader(cohort, given_name="Ann", family_name="Lee")
    perhaps = a_reader(cohort, given_name="Ann", family_name="Ray")
    ReaderExclusion.objects.create(application=application, name="ann LEE")
    fine = a_reader(cohort)
    given_out = assign(cohort, admin)
    assert given_out.pairs == [(application.pk, fine.pk)]
    assert given_out.short[application.pk] == {
        Bar.COLLEAGUE: 1,
        Bar.LINE_MANAGER: 2,
        Bar.EXCLUDED: 1,
        Bar.MAYBE_EXCLUDED: 1,
    }
    for reader in (colleague, manager, supporter, named):
        with pytest.raises(errors.ReaderBarred, match=reader.name):
            by_hand(application, admin, fine, reader)
    by_hand(application, admin, fine, perhaps)
    assert set(application.reviews.values_list("reader", flat=True)) == {fine.pk, perhaps.pk}


def test_by_hand_the_rules_and_finished_readings_stand(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    one, two, three = (a_reader(cohort) for _ in range(3))
    with pytest.raises(errors.TooManyReaders):
        by_hand(application, admin, one, two, three)
    by_hand(application, admin, one, two)
    by_hand(application, admin, two, three)
    review = application.reviews.get(reader=two)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.SUBMITTED)
    with pytest.raises(errors.ReviewFinished):
        by_hand(application, admin, one, three)
    done = a_cohort(CohortState.CONFIRMED)
    with pytest.raises(errors.ReadingClosed):
        by_hand(sent(done), admin, one)
    with pytest.raises(errors.ReadingClosed):
        assign(done, admin)


def test_after_stepping_aside_somebody_else_reads(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    aside, other, third = (a_reader(cohort) for _ in range(3))
    review = a_review(application, aside)
    a_review(application, other)
    reading.save_scores(review=review, marks=marks(review, 4), comment="So far", by=aside, at=NOW)
    with pytest.raises(reading.RecusalReasonMissing):
        reading.recuse(review=review, reason=" ", by=aside, at=NOW)
    reading.recuse(review=review, reason="A friend.", by=aside, at=NOW)
    assert not Score.objects.exists()
    assert assign(cohort, admin).pairs == [(application.pk, third.pk)]
    with pytest.raises(errors.ReaderBarred):
        by_hand(application, admin, aside)


def test_leaving_the_panel_gives_back_what_is_unread(admin: Person) -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    a_review(sent(cohort), reader, points=3)
    a_review(sent(cohort), reader)
    panel = CohortReader.objects.get()
    panels.chase_reader(panel=panel, by=admin, at=NOW)
    panels.chase_reader(panel=panel, by=admin, at=NOW + timedelta(hours=1))
    assert Notice.objects.filter(kind="programme.reader_chased").count() == 1
    assert panels.remove_reader(panel=panel, by=admin, at=NOW) == 1
    assert Review.objects.get().state == ReviewState.SUBMITTED


def marks(review: Review, points: int | None) -> dict[int, reading.Mark]:
    return {
        criterion.pk: reading.Mark(points, "Because.")
        for criterion in review.application.cohort.criteria.all()
    }


def test_scores_are_kept_as_one_goes_and_sent_once() -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    given: dict[str, Any] = {"review": review, "comment": "Good.", "by": reader, "at": NOW}
    with pytest.raises(errors.ScoresMissing):
        reading.submit_review(marks=marks(review, None), **given)
    reading.save_scores(marks=marks(review, None) | {0: reading.Mark(5)}, **given)
    assert review.scores.count() == 2
    assert reading.submit_review(marks=marks(review, 4), **given).state == ReviewState.SUBMITTED
    with pytest.raises(errors.ReviewFinished):
        reading.save_scores(marks=marks(review, 1), **given)


def test_nobody_scores_once_the_cohort_is_confirmed() -> None:
    cohort = a_cohort(CohortState.CONFIRMED)
    review = a_review(sent(cohort), a_reader(cohort))
    with pytest.raises(errors.ReadingClosed):
        reading.save_scores(
            review=review, marks=marks(review, 3), comment="", by=review.reader, at=NOW
        )


def seen_by(person: Person) -> set[int]:
    return set(policies.visible(person, Review.objects.all()).values_list("pk", flat=True))


def test_readers_are_blind_until_both_are_in(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    one, two = a_reader(cohort), a_reader(cohort)
    first, second = a_review(application, one, points=4), a_review(application, two)
    assert seen_by(one) == {first.pk}
    assert seen_by(two) == {second.pk}
    reading.submit_review(review=second, marks=marks(second, 2), comment="", by=two, at=NOW)
    assert seen_by(one) == seen_by(two) == {first.pk, second.pk}
    assert seen_by(admin) == {first.pk, second.pk}
    assert seen_by(application.applicant) == set()
    scores = policies.visible(one, Score.objects.all())
    assert scores.count() == 4


def test_an_admin_who_still_reads_sees_nobodys_scores_and_never_their_own_applications(
    admin: Person,
) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    CohortReader.objects.create(cohort=cohort, person=admin, added_at=NOW)
    a_review(application, a_reader(cohort), points=4)
    mine = a_review(application, admin)
    assert seen_by(admin) == {mine.pk}
    own = sent(a_cohort(), applicant=admin)
    a_review(own, a_reader(own.cohort), points=4)
    assert seen_by(admin) == {mine.pk}
    assert not policies.can(admin, "decide", own)
    assert policies.can(admin, "decide", application)


def test_a_withdrawn_application_is_taken_from_its_readers(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    one, two = a_reader(cohort), a_reader(cohort)
    read, unread = a_review(application, one, points=4), a_review(application, two)
    assert policies.can(two, "read", unread)
    submission.withdraw_application(application=application, by=application.applicant, at=NOW)
    for reader in (one, two):
        assert seen_by(reader) == set()
        assert not policies.visible(reader, Application.objects.all()).exists()
    unread = Review.objects.get(pk=unread.pk)
    assert not policies.can(two, "read", unread)
    with pytest.raises(errors.ReviewFinished):
        reading.recuse(review=unread, reason="A friend.", by=two, at=NOW)
    assert not ReaderChased().is_wanted(CohortReader.objects.get(person=two), two)
    assert seen_by(admin) == {read.pk, unread.pk}


def test_an_application_decided_on_early_need_not_be_read(admin: Person) -> None:
    cohort = a_cohort()
    review = a_review(sent(cohort), a_reader(cohort))
    assert Review.objects.to_read().get() == review
    offer = offers.offer_place(application=review.application, by=admin, at=NOW)
    assert not Review.objects.to_read().exists()
    assert Review.objects.get().state == ReviewState.CLOSED
    assert not policies.visible(review.reader, Application.objects.all()).exists()
    with pytest.raises(errors.ReadingNotNeeded):
        reading.submit_review(
            review=review, marks=marks(review, 3), comment="", by=review.reader, at=NOW
        )
    offers.take_back_offer(offer=offer, by=admin, at=NOW, reason="A mistake.")
    assert Review.objects.to_read().get() == review


def test_whoever_leaves_the_panel_is_not_asked_again_when_a_decision_is_taken_back(
    admin: Person,
) -> None:
    review = a_review(sent(cohort := a_cohort()), a_reader(cohort))
    offer = offers.offer_place(application=review.application, by=admin, at=NOW)
    assert panels.remove_reader(panel=CohortReader.objects.get(), by=admin, at=NOW) == 0
    offers.take_back_offer(offer=offer, by=admin, at=NOW, reason="A mistake.")
    assert not Review.objects.exists()


def test_an_admin_does_not_choose_who_reads_their_own_application(
    admin: Person, signed_in: SignedIn
) -> None:
    cohort = a_cohort()
    own = sent(cohort, applicant=admin)
    with pytest.raises(errors.OwnApplication):
        by_hand(own, admin, a_reader(cohort))
    page = reverse("programme:set_readers", args=[cohort.slug, own.reference])
    assert signed_in(admin).get(page).status_code == 404
    listed = signed_in(admin).get(reverse("programme:assigned", args=[cohort.slug]))
    assert own.reference not in listed.text


def test_an_adjustment_is_answered_and_the_applicant_told(admin: Person) -> None:
    application = sent(a_cohort(), adjustments="Large print")
    adjustments.answer_adjustment(
        application=application, state=AdjustmentState.ARRANGED, reply="Done.", by=admin, at=NOW
    )
    answer = AdjustmentAnswer.objects.get()
    assert (answer.reply, answer.answered_by) == ("Done.", admin)
    assert Notice.objects.get().recipient == application.applicant
    with pytest.raises(errors.NotWanted):
        adjustments.answer_adjustment(
            application=sent(a_cohort()),
            state=AdjustmentState.ARRANGED,
            reply="x",
            by=admin,
            at=NOW,
        )
