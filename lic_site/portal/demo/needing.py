"""What invented participants need; coaching they book, and what they are given to read."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone

from cohorts.programme.enums import Access, AdjustmentState, Diet, NeedKind
from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import Cohort, Enrolment, Need
from cohorts.programme.needed import Contact
from cohorts.programme.services import needs
from cohorts.programme.services.sessions import materials, slots
from cohorts.programme.slots import row
from lic_site.accounts.models import Person
from lic_site.portal.demo import stages, words

EATS: tuple[list[str], ...] = (
    [Diet.HALAL],
    [],
    [Diet.VEGETARIAN],
    [],
    [Diet.VEGAN, Diet.NUT_ALLERGY],
)
COMFORT: tuple[list[str], ...] = ([], [], [Access.STEP_FREE], [], [Access.PRAYER_ROOM], [], [])


def told(places: Iterable[Enrolment], at: datetime) -> None:
    """Each says what they eat, what helps them, and whom to ring."""
    for number, place in enumerate(places):
        for kind in needs.kinds_wanted(place.cohort):
            codes, text = _said(kind, number)
            needs.tell_need(
                enrolment=place, kind=kind, codes=codes, text=text, by=place.person, at=at
            )
        needs.finish_needs(enrolment=place, by=place.person, at=at)


def _said(kind: NeedKind, number: int) -> tuple[list[str], str]:
    if kind == NeedKind.DIET:
        return EATS[number % len(EATS)], ""
    if kind == NeedKind.ACCESS:
        return COMFORT[number % len(COMFORT)], ""
    return [], str(Contact("Morgan Underbough", "a friend", f"07700 9000{number:02d}"))


def answered(cohort: Cohort, by: Person, at: datetime, *, share: int) -> None:
    """Staff College has arranged all but every so many."""
    asked = Need.objects.filter(enrolment__cohort=cohort).exclude(kind=NeedKind.CONTACT)
    for number, need in enumerate(each for each in asked if each.codes or each.text):
        if number % share:
            needs.answer_need(
                need=need,
                said_at=need.told_at,
                state=AdjustmentState.ARRANGED,
                reply="It is arranged with the venue.",
                by=by,
                at=at,
            )


def coaching(cohort: Cohort, coach: Person, by: Person, booked_by: Iterable[Enrolment]) -> None:
    """A row of slots in three weeks; some are booked."""
    now = timezone.now()
    day = stages.weekday(timezone.localdate(now) + timedelta(days=21))
    offered = slots.add_slots(
        cohort=cohort,
        slots=row(
            london(day, time(9, 30)),
            london(day, time(15, 0)),
            length=timedelta(minutes=45),
            gap=timedelta(minutes=15),
        ),
        coach=coach,
        place="",
        link="https://meet.demo.example/coaching",
        by=by,
        at=now - timedelta(days=4),
    )
    for slot, place in zip(offered, booked_by, strict=False):
        slots.book_slot(slot=slot, enrolment=place, by=place.person, at=now - timedelta(days=3))


def reading(cohort: Cohort, by: Person) -> None:
    """Something to read after each session of the whole cohort that is over."""
    for number, session in enumerate(cohort.sessions.for_all().filter(ends_at__lt=timezone.now())):
        materials.add_material(
            session=session,
            title=words.READING[number % len(words.READING)],
            upload=None,
            link=f"https://reading.demo.example/{number + 1}",
            share=True,
            by=by,
            at=session.ends_at + timedelta(hours=1),
        )
