"""What participants need: asked, told, answered, counted, wiped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.enums import (
    Access,
    AdjustmentState,
    CohortState,
    Diet,
    EnrolmentState,
    NeedKind,
    SessionKind,
)
from cohorts.programme.kinds.needs import NeedAnswered, NeedsAsked
from cohorts.programme.models import Cohort, Enrolment, Need
from cohorts.programme.needed import Contact, contact_of, counts
from cohorts.programme.services import needs
from cohorts.programme.services.needs import errors
from cohorts.programme.services.offers import accept_offer
from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.services.privacy import run_retention
from lic_site.notices.models import Notice
from tests.factories.programme import EnrolmentFactory, OfferFactory
from tests.factories.running import DAY, NeedFactory, a_running_cohort, a_session
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "Nothing with sesame."


def a_place(**values: object) -> Enrolment:
    made: Enrolment = EnrolmentFactory(cohort=a_running_cohort(), **values)
    return made


def tell(
    place: Enrolment, kind: NeedKind = NeedKind.DIET, at: object = NOW, **said: object
) -> Need:
    values = {"codes": [], "text": "", **said}
    return needs.tell_need(enrolment=place, kind=kind, by=place.person, at=at, **values)  # type: ignore[arg-type]


def test_a_need_is_kept_and_a_change_waits_for_an_answer_anew(admin: Person) -> None:
    place = a_place()
    need = tell(place, codes=["vegan", "other"], text=WORDS)
    assert need.choices == ["Vegan", "Something else"]
    needs.answer_need(
        need=need, said_at=NOW, state=AdjustmentState.ARRANGED, reply="Done.", by=admin, at=NOW
    )
    assert tell(place, codes=["vegan", "other"], text=WORDS).answered_at == NOW
    changed = tell(place, at=NOW + DAY, codes=["vegan"])
    assert (changed.pk, changed.state, changed.reply) == (need.pk, "working", "")
    assert changed.answered_at is None
    event = AuditEvent.objects.filter(verb="programme.need_told").first()
    assert event is not None
    assert event.fields == ["chosen", "text"]


def test_nothing_is_an_answer(admin: Person) -> None:
    place = a_place()
    need = tell(place)
    assert not need.is_something
    assert need.codes == need.choices == []
    with pytest.raises(errors.NothingNeeded):
        needs.answer_need(
            need=need, said_at=NOW, state=AdjustmentState.ARRANGED, reply="x", by=admin, at=NOW
        )
    with pytest.raises(errors.NotComplete):
        needs.finish_needs(enrolment=place, by=place.person, at=NOW)
    tell(place, NeedKind.ACCESS)
    assert needs.finish_needs(enrolment=place, by=place.person, at=NOW).needs_told_at == NOW


def test_whom_to_ring_is_asked_only_when_nights_are_spent_away() -> None:
    place = a_place()
    with pytest.raises(errors.NotAsked):
        tell(place, NeedKind.CONTACT, text=str(Contact("Bo", "sister", "020")))
    away = a_session(place.cohort, days=5, kind=SessionKind.RESIDENTIAL)
    need = tell(place, NeedKind.CONTACT, text=str(Contact("Bo", "sister", "020")))
    assert need.contact == Contact("Bo", "sister", "020")
    assert needs.kinds_wanted(place.cohort) == list(NeedKind)
    away.cancelled_at = NOW
    away.save()
    assert needs.kinds_wanted(place.cohort) == [NeedKind.DIET, NeedKind.ACCESS]


def test_whoever_left_tells_nothing() -> None:
    place = a_place(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    with pytest.raises(errors.NotTakingPart):
        tell(place)
    with pytest.raises(errors.NotTakingPart):
        needs.finish_needs(enrolment=place, by=place.person, at=NOW)


def test_an_answer_to_what_was_changed_meanwhile_is_refused(admin: Person) -> None:
    need = tell(a_place(), codes=["vegan"])
    with pytest.raises(errors.ChangedMeanwhile):
        needs.answer_need(
            need=need,
            said_at=NOW - DAY,
            state=AdjustmentState.ARRANGED,
            reply="x",
            by=admin,
            at=NOW,
        )


def test_an_answer_is_told_without_what_it_is_about(admin: Person) -> None:
    need = tell(a_place(), codes=["vegan"], text=WORDS)
    needs.answer_need(
        need=need, said_at=NOW, state=AdjustmentState.CANNOT, reply="Sorry.", by=admin, at=NOW
    )
    notice = Notice.objects.get(kind="programme.need_answered")
    assert notice.recipient_id == need.enrolment.person_id
    kind = NeedAnswered()
    found = kind.anchor(need.pk)
    assert found is not None
    words = kind.context(found, found.enrolment.person)
    assert set(words) == {"given_name", "link"}
    assert kind.is_wanted(found, found.enrolment.person)
    found.answered_at = None
    assert not kind.is_wanted(found, found.enrolment.person)


def test_whoever_takes_a_place_is_asked_a_day_later_unless_they_told_us() -> None:
    offer = OfferFactory()
    person = offer.application.applicant
    place = accept_offer(offer=offer, committed=True, by=person, at=NOW)
    notice = Notice.objects.get(kind="programme.needs_asked")
    assert notice.due_at == NOW + DAY
    kind = NeedsAsked()
    assert kind.is_wanted(place, person)
    place.needs_told_at = NOW
    assert not kind.is_wanted(place, person)


def test_a_reminder_by_hand_goes_once_a_day(admin: Person) -> None:
    place = a_place()
    for at in (NOW, NOW + timedelta(hours=2), NOW + DAY):
        needs.ask_needs(enrolment=place, by=admin, at=at)
    assert Notice.objects.filter(kind="programme.needs_asked").count() == 2
    place.needs_told_at = NOW
    place.save()
    with pytest.raises(errors.ToldAlready):
        needs.ask_needs(enrolment=place, by=admin, at=NOW)


def test_needs_are_wanted_by_the_cohorts_day_or_three_weeks_before_the_first_date() -> None:
    cohort = a_running_cohort()
    assert needs.needs_due_on(cohort) == cohort.starts_on - 21 * DAY
    a_session(cohort, days=40)
    assert needs.needs_due_on(cohort) == NOW.date() + 19 * DAY
    cohort.needs_by = date(2026, 12, 1)
    assert needs.needs_due_on(cohort) == date(2026, 12, 1)


def test_needs_are_wanted_while_the_place_is_held_and_nothing_was_said() -> None:
    place = a_place()
    assert needs.needs_wanted(place)
    place.cohort.state = CohortState.COMPLETE
    assert not needs.needs_wanted(place)


def test_the_clock_reminds_whoever_has_not_told_us_and_nobody_else() -> None:
    place = a_place()
    cohort = place.cohort
    EnrolmentFactory(cohort=cohort, needs_told_at=NOW)
    EnrolmentFactory(cohort=cohort, state=EnrolmentState.DEFERRED, ended_at=NOW)
    over = EnrolmentFactory(cohort=a_running_cohort()).cohort
    Cohort.objects.filter(pk__in=[cohort.pk, over.pk]).update(needs_by=NOW.date())
    Cohort.objects.filter(pk=over.pk).update(state=CohortState.COMPLETE)
    kind = NeedsAsked()
    (due,) = kind.due(NOW, NOW + DAY)
    assert (due.anchor, due.person) == (place, place.person)
    assert due.anchor_at.isoformat() == "2026-11-21T23:59:00+00:00"
    assert due.revision == NOW.date().toordinal()
    assert not list(kind.due(NOW + DAY, NOW + 2 * DAY))
    words = kind.context(place, place.person)
    assert words["link"].endswith(f"/my/cohorts/{cohort.slug}/needs/")


@pytest.mark.parametrize(("days", "left"), [(27, 1), (29, 0)])
def test_the_clock_wipes_needs_four_weeks_after_the_cohort(days: int, left: int) -> None:
    place = a_place(person__created_at=NOW)
    NeedFactory(enrolment=place)
    Cohort.objects.filter(pk=place.cohort_id).update(
        starts_on=NOW.date() - 200 * DAY, ends_on=NOW.date() - days * DAY
    )
    run_retention(at=NOW)
    assert Need.objects.count() == left


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("diet"), st.lists(st.sampled_from(Diet.values))),
            st.tuples(st.just("access"), st.lists(st.sampled_from(Access.values))),
        ),
        max_size=20,
    )
)
def test_counts_say_how_many_people_ticked_each_choice(ticked: list[tuple[str, list[str]]]) -> None:
    found = counts(ticked)
    assert len(found) == len(Diet) + len(Access)
    for kind, choices in ((NeedKind.DIET, Diet), (NeedKind.ACCESS, Access)):
        numbers = [each.number for each in found if each.kind == kind]
        assert numbers == [
            sum(1 for one, codes in ticked if one == kind and choice in codes) for choice in choices
        ]


def test_a_contact_is_kept_as_three_lines_or_not_at_all() -> None:
    assert contact_of(str(Contact("Bo", "", "020"))) == Contact("Bo", "", "020")
    assert contact_of("") is None
    assert NeedFactory.build(kind=NeedKind.DIET, text="a\nb\nc").contact is None
