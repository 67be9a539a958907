"""Worlds of cohorts that have begun: one under way, one archived. Made through the real verbs."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from cohorts.programme.enums import EnrolmentReason, Mark, SessionKind
from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import Attendance, Cohort, Enrolment, LearningSet, Session
from cohorts.programme.services import cohorts, register, sets
from cohorts.programme.services.enrolments import completing, defer, withdraw_place
from cohorts.programme.services.sessions import facilitators, planning
from lic_site.accounts.models import Person
from lic_site.portal.demo import needing, stages, words, writing
from lic_site.portal.demo.stages import Personas

TEN, HALF_PAST_TWELVE = time(10, 0), time(12, 30)
MARKS = {7: Mark.LATE, 10: Mark.APOLOGIES, 13: Mark.ABSENT}
"""What some participants get at some sessions; the others were there."""


def running_cohort(at: datetime, personas: Personas) -> Cohort:
    """Under way for four months: three learning sets, sessions held and to come, one moved, one
    cancelled, a register missing since yesterday.
    """
    cohort = stages.opened(
        "Cohort 3",
        at,
        personas,
        places=18,
        opened=-300,
        closes=-250,
        decided=-200,
        starts=-115,
        every=30,
        with_sets=True,
    )
    by = personas["college"]
    leads = [personas["facilitator"], *stages.readers(at, 100, 2)]
    people = [personas["participant"], *stages.colleagues(at, 110, 24)]
    _confirmed(cohort, people, by, at, opened=-300)
    _lead(cohort, leads[0], by, at - timedelta(days=140))
    _sets(cohort, leads, by, at - timedelta(days=130))
    cohorts.start_due(at - timedelta(days=114))
    everybody = Enrolment.objects.active().filter(cohort=cohort).select_related("cohort", "person")
    needing.told(everybody, at - timedelta(days=140))
    needing.answered(cohort, by, at - timedelta(days=120), share=9)
    _leave(cohort, by, at)
    _registers(cohort, leads[0], at, kept_back=timedelta(days=3))
    _changes(cohort, by, at)
    _catch_up(cohort, by, at)
    needing.reading(cohort, by)
    still_there = everybody.exclude(person=personas["participant"]).order_by("pk")
    needing.coaching(cohort, leads[0], by, still_there[:2])
    cohort.refresh_from_db()
    return cohort


def archived_cohort(at: datetime, personas: Personas) -> Cohort:
    """Ended a year ago: fourteen completed, the mentor among them, each with a certificate."""
    cohort = stages.opened(
        "Cohort 2",
        at,
        personas,
        places=14,
        opened=-660,
        closes=-630,
        decided=-600,
        starts=-560,
        every=30,
    )
    by = personas["college"]
    _confirmed(cohort, [personas["mentor"], *stages.colleagues(at, 140, 18)], by, at, opened=-660)
    cohorts.start_due(at - timedelta(days=558))
    _registers(cohort, by, at, kept_back=timedelta())
    cohort.refresh_from_db()
    ended = london(cohort.ends_on, TEN)
    everybody = list(Enrolment.objects.active().filter(cohort=cohort))
    short = [
        pk
        for pk, standing in register.standing_of(everybody, at=ended).items()
        if not standing.is_enough
    ]
    completing.complete_places(
        cohort=cohort,
        enrolments=everybody,
        by=by,
        at=ended,
        reasons=dict.fromkeys(short, "Caught up with the reading and a conversation."),
    )
    cohorts.complete_cohort(cohort=cohort, by=by, at=ended + timedelta(days=1))
    return cohorts.archive_cohort(cohort=cohort, by=by, at=ended + timedelta(days=90))


def _confirmed(
    cohort: Cohort, people: Sequence[Person], by: Person, at: datetime, *, opened: int
) -> None:
    since = at + timedelta(days=opened + 2)
    for number, person in enumerate(people):
        writing.sent(cohort, person, number, since + timedelta(hours=9 * number))
    cohorts.close_due(cohort.applications_close_at + timedelta(hours=1))
    decided = cohort.applications_close_at + timedelta(days=8)
    stages.decide(cohort, by, decided, places=cohort.places, is_read=False)
    cohorts.confirm_cohort(cohort=cohort, by=by, at=decided + timedelta(days=20))


def _lead(cohort: Cohort, person: Person, by: Person, at: datetime) -> None:
    for session in cohort.sessions.all():
        facilitators.add_facilitator(session=session, person=person, by=by, at=at)


def _sets(cohort: Cohort, leads: Sequence[Person], by: Person, at: datetime) -> None:
    """Three, solved and named; each meets every five weeks, the first one yesterday too."""
    sets.make_sets(cohort=cohort, number=len(leads), stay=[], by=by, at=at)
    for number, (learning_set, person) in enumerate(
        zip(cohort.learning_sets.all(), leads, strict=True)
    ):
        name = words.SET_NAMES[number]
        sets.change_set(learning_set=learning_set, name=name, facilitator=person, by=by, at=at)
    sets.name_sets(cohort=cohort, by=by, at=at)
    for number, learning_set in enumerate(cohort.learning_sets.all()):
        for days in (-98 + number, -45 + number, (-1, 9, 10)[number], 44 + number):
            _meeting(cohort, learning_set, days, by, at)
    for number, place in enumerate(Enrolment.objects.active().filter(cohort=cohort)):
        _introduce(place, number, at + timedelta(days=2))


def _meeting(
    cohort: Cohort, learning_set: LearningSet, days: int, by: Person, at: datetime
) -> None:
    today = timezone.localdate()
    day = stages.weekday(today + timedelta(days=days)) if days > 0 else today + timedelta(days=days)
    planning.save_session(
        session=Session(cohort=cohort),
        by=by,
        at=at,
        title="Learning set meeting",
        kind=SessionKind.LEARNING_SET,
        learning_set=learning_set,
        link="https://meet.demo.example/learning-set",
        starts_at=london(day, TEN),
        ends_at=london(day, HALF_PAST_TWELVE),
    )


def _introduce(place: Enrolment, number: int, at: datetime) -> None:
    """Two in three say something of themselves to their set."""
    if number % 3 == 2:
        return
    sets.introduce(
        enrolment=place,
        shows_family_name=True,
        shows_job_title=True,
        shows_organisation=number % 2 == 0,
        email=f"set{number}@people.demo.example" if number % 4 == 0 else "",
        phone="",
        about=words.ABOUT[number % len(words.ABOUT)],
        by=place.person,
        at=at,
    )


def _leave(cohort: Cohort, by: Person, at: datetime) -> None:
    """One defers, one leaves."""
    first, second = Enrolment.objects.active().filter(cohort=cohort).order_by("-pk")[:2]
    defer(
        enrolment=first,
        reason=EnrolmentReason.NEW_JOB,
        by=first.person,
        at=at - timedelta(days=60),
    )
    withdraw_place(
        enrolment=second, reason=EnrolmentReason.WORKLOAD, by=by, at=at - timedelta(days=40)
    )


def _registers(cohort: Cohort, by: Person, at: datetime, *, kept_back: timedelta) -> None:
    """A register for every session that is over for longer than ``kept_back``."""
    over = cohort.sessions.live().filter(ends_at__lt=at - kept_back)
    for number, session in enumerate(over):
        places = Enrolment.objects.on_register(session).order_by("pk")
        register.save_register(
            session=session,
            choices={
                place.pk: register.Choice(_mark(row, number)) for row, place in enumerate(places)
            },
            seen=session.register_revision,
            by=by,
            at=session.ends_at + timedelta(minutes=10),
        )


def _mark(row: int, number: int) -> Mark:
    """The third participant of each register is often away."""
    if row == 2 and number % 3 != 1:
        return Mark.ABSENT
    return MARKS.get((row * 5 + number * 3) % 17, Mark.PRESENT)


def _changes(cohort: Cohort, by: Person, at: datetime) -> None:
    """A session moved by three days; another called off; somebody cannot come."""
    coming = list(cohort.sessions.for_all().filter(starts_at__gt=at).order_by("starts_at"))
    first, last = coming[0], coming[-1]
    later = stages.weekday(timezone.localdate(first.starts_at) + timedelta(days=3))
    planning.move_session(
        session=first,
        starts_at=london(later, stages.NINE),
        ends_at=london(later, stages.FOUR),
        place="Stratford, step-free",
        link="",
        by=by,
        at=at - timedelta(days=2),
    )
    day = stages.weekday(timezone.localdate(last.starts_at) - timedelta(days=14))
    extra = planning.save_session(
        session=Session(cohort=cohort),
        by=by,
        at=at - timedelta(days=20),
        title="An evening with earlier participants",
        kind=SessionKind.WORKSHOP,
        place="Central London, step-free",
        starts_at=london(day, time(17, 0)),
        ends_at=london(day, time(19, 0)),
    )
    planning.cancel_session(
        session=extra,
        because="The room is no longer free. We look for another evening.",
        by=by,
        at=at - timedelta(days=5),
    )
    away = Enrolment.objects.active().filter(cohort=cohort).order_by("pk")[4]
    register.send_apology(
        session=first, enrolment=away, words="Court that day.", by=away.person, at=at
    )


def _catch_up(cohort: Cohort, by: Person, at: datetime) -> None:
    """Some have caught up, some say so, some not yet."""
    missed = Attendance.objects.missed().filter(session__cohort=cohort, enrolment__state="active")
    for number, attendance in enumerate(missed.select_related("enrolment__person")):
        if number % 3 == 2:
            continue
        register.report_catch_up(
            attendance=attendance,
            words="Read the slides and talked them through with a colleague.",
            by=attendance.enrolment.person,
            at=at - timedelta(days=8),
        )
        if number % 3 == 0:
            register.confirm_catch_up(attendance=attendance, by=by, at=at - timedelta(days=6))
