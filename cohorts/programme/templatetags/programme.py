"""What the programme's pages need worked out."""

import re
from collections.abc import Iterable
from fractions import Fraction

from django import template
from django.db.models import QuerySet
from django.template import Context

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, EnrolmentState
from cohorts.programme.models import Cohort, Enrolment, OtherRoute
from cohorts.programme.overview import Stage
from cohorts.programme.selection import half_up
from cohorts.programme.services.routes import done_of
from lic_site.accounts.models import Person

register = template.Library()

APPLYING = re.compile(r"/apply/([-\w]+)/")


@register.filter
def percent(value: Fraction) -> str:
    """An exact percentage as it is shown: '72.5%'."""
    return f"{half_up(value)}%"


@register.filter
def shares(stages: Iterable[Stage]) -> list[dict[str, object]]:
    """Each stage with its share of the largest, in whole percent."""
    rows = list(stages)
    most = max((stage.value for stage in rows), default=0) or 1
    return [
        {"code": stage.code, "value": stage.value, "share": round(100 * stage.value / most)}
        for stage in rows
    ]


PLACE_TONES = {
    EnrolmentState.ACTIVE: "going",
    EnrolmentState.COMPLETED: "done",
    EnrolmentState.DEFERRED: "wait",
}


@register.filter
def place_tone(state: str) -> str:
    """The tone of the tag for a place in this state."""
    return PLACE_TONES.get(EnrolmentState(state), "plain")


APPLICATION_TONES = {
    ApplicationState.SUBMITTED: "going",
    ApplicationState.UNDER_REVIEW: "going",
    ApplicationState.OFFERED: "todo",
    ApplicationState.ACCEPTED: "done",
    ApplicationState.WAITLISTED: "wait",
}


@register.filter
def application_tone(state: str) -> str:
    """The tone of an application's state on staff's pages."""
    return APPLICATION_TONES.get(ApplicationState(state), "plain")


@register.simple_tag(takes_context=True)
def other_routes(context: Context, person: Person) -> str | None:
    """The other leadership programmes of a person in a line, None for whoever may not see them."""
    viewer: Person | None = getattr(context["request"], "person", None)
    if not policies.can(viewer, "record_route", person):
        return None
    held = policies.visible(viewer, OtherRoute.objects.filter(person=person))
    return "; ".join(str(done_of(route)) for route in held)


@register.simple_tag(takes_context=True)
def places_of(context: Context, person: Person) -> QuerySet[Enrolment] | None:
    """The places a person has or had, None for whoever may not see participants."""
    viewer: Person | None = getattr(context["request"], "person", None)
    if not policies.can(viewer, "search_participants"):
        return None
    held = policies.visible(viewer, Enrolment.objects.filter(person=person))
    return held.select_related("cohort").order_by("-pk")


@register.simple_tag
def applying_to(onward: str | None) -> str:
    """The name of the cohort to which the address applies, if the public may know of it."""
    found = APPLYING.match(onward or "")
    if found is None:
        return ""
    known = policies.visible(None, Cohort.objects.filter(slug=found[1]))
    return known.values_list("name", flat=True).first() or ""
