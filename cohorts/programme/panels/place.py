"""What taking part in a cohort, or leading its sessions, adds to a person's home."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import TAKING_PART, CatchUp, CohortState, EnrolmentState
from cohorts.programme.models import Attendance, Enrolment, Session
from cohorts.programme.policies.running import FACILITATING
from lic_site.accounts.models import Person
from lic_site.common.panels import Action, Coming, Home, Thing

SHOWN = 5
"""How many dates ahead."""
SOON = timedelta(days=3)
FRESH = timedelta(days=30)
"""So long a certificate is news."""


def home(person: Person, at: datetime) -> Home:
    """What to tell, catch up on and take a register of; the dates ahead; the person's cohorts."""
    mine = list(
        Enrolment.objects.filter(person=person, state__in=TAKING_PART)
        .select_related("cohort", "certificate")
        .order_by("-pk")
    )
    active = [
        place
        for place in mine
        if place.state == EnrolmentState.ACTIVE and place.cohort.state != CohortState.ARCHIVED
    ]
    mine.sort(key=lambda place: place not in active)
    led = _led(person, at)
    return Home(
        actions=[
            *_needs(active, at),
            *_catching_up(active),
            *_certificates(mine, at),
            *_registers(led, at),
        ],
        coming=[*_dates(active, at), *_leading(led, at)],
        things=[
            *(_card(place) for place in mine),
            *_certificate_card(mine),
            *_lead_card(person),
        ],
    )


def _address(name: str, *arguments: object) -> str:
    return reverse(f"programme:{name}", args=arguments)


def _needs(active: Sequence[Enrolment], at: datetime) -> Iterator[Action]:
    for place in active:
        if place.needs_told_at is None and place.cohort.ends_on >= timezone.localdate(at):
            by = place.cohort.needs_by
            yield Action(
                title="Tell us what you need",
                text=f"What you eat, access, a prayer room. {place.cohort.name}",
                href=_address("needs", place.cohort.slug),
                action="Tell us",
                due=by,
                urgent=by is not None and by <= timezone.localdate(at + SOON),
            )


def _catching_up(active: Sequence[Enrolment]) -> Iterator[Action]:
    if not active:
        return
    slugs = {place.pk: place.cohort.slug for place in active}
    offered = Attendance.objects.filter(enrolment__in=slugs, catch_up=CatchUp.OFFERED)
    for missed in offered.select_related("session").order_by("session__starts_at"):
        yield Action(
            title=f"Catch up on {missed.session.title}",
            text="You were not there. There is a way to make it good.",
            href=_address("catch_up", slugs[missed.enrolment_id], missed.session_id),
            action="See how",
        )


def _certificates(mine: Sequence[Enrolment], at: datetime) -> Iterator[Action]:
    for place in mine:
        made = getattr(place, "certificate", None)
        if made is None or made.withdrawn_at:
            continue
        if made.issued_on >= timezone.localdate(at - FRESH):
            yield Action(
                title="Your certificate is ready",
                text=place.cohort.name,
                href=_address("my_certificates"),
                action="See it",
            )


def _led(person: Person, at: datetime) -> list[Session]:
    """What the person leads: over without a register, or to come."""
    if not policies.can(person, "facilitate"):
        return []
    led = Session.objects.led_by(person, at - FACILITATING).live()
    open_slot = Q(is_slot=True, participant=None)
    return list(led.exclude(open_slot).order_by("starts_at", "pk"))


def _registers(led: Sequence[Session], at: datetime) -> Iterator[Action]:
    over = [each.pk for each in led if each.ends_at <= at and each.register_taken_at is None]
    if not over:
        return
    for session in Session.objects.filter(pk__in=over).register_due(at).order_by("ends_at", "pk"):
        yield Action(
            title=f"Take the register of {session.title}",
            href=_address("register", session.pk),
            action="Take it",
            due=timezone.localdate(session.ends_at),
            urgent=session.ends_at < at - timedelta(days=1),
        )


def _dates(active: Sequence[Enrolment], at: datetime) -> Iterator[Coming]:
    if not active:
        return
    mine = Enrolment.objects.filter(pk__in=[place.pk for place in active])
    ahead = Session.objects.of_enrolments(mine).filter(ends_at__gt=at)
    for session in ahead.order_by("starts_at", "pk")[:SHOWN]:
        if session.cancelled_at:
            yield Coming(f"Cancelled: {session.title}", session.starts_at)
        else:
            yield Coming(session.title, session.starts_at, session.place)


def _leading(led: Sequence[Session], at: datetime) -> Iterator[Coming]:
    ahead = [session for session in led if session.ends_at > at]
    for session in ahead[:SHOWN]:
        yield Coming(f"You lead: {session.title}", session.starts_at, session.place)


def _card(place: Enrolment) -> Thing:
    is_active = place.state == EnrolmentState.ACTIVE
    return Thing(
        title=place.cohort.name,
        caption="My cohort",
        href=_address("my_cohort", place.cohort.slug),
        status=place.get_state_display(),
        tone="going" if is_active else "done",
    )


def _certificate_card(mine: Sequence[Enrolment]) -> Iterator[Thing]:
    held = [getattr(place, "certificate", None) for place in mine]
    if any(each is not None and each.withdrawn_at is None for each in held):
        yield Thing(
            title="Download or show it",
            caption="My certificate",
            href=_address("my_certificates"),
        )


def _lead_card(person: Person) -> Iterator[Thing]:
    if policies.can(person, "facilitate"):
        yield Thing(title="Sessions I lead", caption="Facilitating", href=_address("leading"))
