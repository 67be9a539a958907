"""What this app adds to a person's home."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Min, Prefetch
from django.urls import reverse

from cohorts.programme import policies
from cohorts.programme.enums import (
    LIVE_STATES,
    SUPPORT_STATES,
    ApplicationState,
    CohortState,
    OfferState,
)
from cohorts.programme.models import (
    Application,
    ManagerSupport,
    Offer,
    Review,
)
from cohorts.programme.services.support import token_for
from lic_site.accounts.models import Person
from lic_site.common.panels import Action, Coming, Home, Thing

URGENT = timedelta(days=3)
CARDS = LIVE_STATES - {ApplicationState.ACCEPTED}
"""Whoever accepted a place has the card of their cohort instead."""
TONES = {
    ApplicationState.DRAFT: "todo",
    ApplicationState.OFFERED: "todo",
    ApplicationState.ACCEPTED: "done",
    ApplicationState.WAITLISTED: "wait",
}


def home(person: Person, at: datetime) -> Home:
    """What to send, answer and read; when one hears; applications until they became a place."""
    mine = list(
        policies.own(person, Application.objects.all())
        .select_related("cohort")
        .prefetch_related(
            Prefetch("offers", Offer.objects.filter(state=OfferState.OPEN), to_attr="open_offers")
        )
    )
    return Home(
        actions=[
            *_offers(mine, at),
            *_drafts(mine, at),
            *_reading(person, at),
            *_support(person),
        ],
        coming=[*_decisions(mine)],
        things=[_card(each) for each in mine if each.state in CARDS],
    )


def _offers(mine: Sequence[Application], at: datetime) -> Iterator[Action]:
    for application in mine:
        for offer in application.open_offers:  # type: ignore[attr-defined]
            if offer.expires_at > at:
                yield Action(
                    title=f"You are offered a place: {application.cohort.name}",
                    text="See the dates and say whether you take it.",
                    href=reverse("programme:offer", args=[application.reference]),
                    action="Answer",
                    due=offer.expires_at,
                    urgent=offer.expires_at - at < URGENT,
                )


def _drafts(mine: Sequence[Application], at: datetime) -> Iterator[Action]:
    for application in mine:
        closes_at = application.cohort.applications_close_at
        is_open = application.cohort.state == CohortState.OPEN and closes_at > at
        if application.state == ApplicationState.DRAFT and is_open:
            yield Action(
                title=f"Send your application: {application.cohort.name}",
                text="Everything you wrote so far is saved.",
                href=reverse("programme:tasks", args=[application.cohort.slug]),
                action="Go on",
                due=closes_at,
                urgent=closes_at - at < URGENT,
            )


def _reading(person: Person, at: datetime) -> Iterator[Action]:
    if not policies.can(person, "see_reading"):
        return
    waiting = (
        policies.own(person, Review.objects.to_read())
        .order_by()
        .values("application__cohort__name")
        .annotate(count=Count("pk"), due_on=Min("due_on"))
    )
    for group in waiting:
        plural = "s" if group["count"] != 1 else ""
        yield Action(
            title=f"{group['count']} application{plural} to read",
            text=group["application__cohort__name"],
            href="/my/reading/",
            action="Read",
            due=group["due_on"],
            urgent=group["due_on"] - at.date() < URGENT,
        )


def _support(person: Person) -> Iterator[Action]:
    """What the link in the message opens, and no more of the application than it shows."""
    asked = ManagerSupport.objects.filter(
        supporter=person,
        asked_at__isnull=False,
        answered_at=None,
        application__state__in=SUPPORT_STATES,
    )
    for request in asked.select_related("application__applicant", "application__cohort"):
        application = request.application
        yield Action(
            title="Somebody asks for your support",
            text=f"{application.applicant.name}: {application.cohort.name}",
            href=reverse("programme:support_answer", args=[token_for(request)]),
            action="Answer",
        )


def _decisions(mine: Sequence[Application]) -> Iterator[Coming]:
    for application in mine:
        if application.state in {ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW}:
            yield Coming(
                title="You hear from us about your application",
                when=application.cohort.decisions_by,
                text=application.cohort.name,
            )


def _card(application: Application) -> Thing:
    is_draft = application.state == ApplicationState.DRAFT
    return Thing(
        title=application.cohort.name,
        caption="Your application",
        href=reverse("programme:tasks", args=[application.cohort.slug])
        if is_draft
        else reverse("programme:application", args=[application.reference]),
        status=application.get_state_display(),
        tone=TONES.get(ApplicationState(application.state), "going"),
    )
