"""A person's private calendar: the page about it, and what calendar programs fetch."""

from collections.abc import Collection

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from lic_site.access import unlogged
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.notices import ics, policies
from lic_site.notices.models import CalendarFeed
from lic_site.notices.services import calendars

KIND = "text/calendar; charset=utf-8"


@require_safe
@unlogged
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever was given this address, without a sign-in: calendar programs have
    none. Asking changes nothing.
    """
    person = calendars.opened_by(token)
    if person is None:
        raise Http404
    now = timezone.now()
    entries = calendars.dates_of(person, at=now)
    mark = ics.mark(entries)
    response = get_conditional_response(request, etag=mark)
    if response is None:
        written = ics.feed(entries, at=now, site=settings.SITE_URL)
        response = HttpResponse(written, content_type=KIND)
        response["Content-Disposition"] = 'inline; filename="dates.ics"'
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_file(entries: Collection[ics.Entry], *, name: str = "dates.ics") -> HttpResponse:
    """A download for somebody's own calendar. ``name`` is neutral."""
    return HttpResponse(
        ics.file(entries, at=timezone.now(), site=settings.SITE_URL),
        content_type=KIND,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@allowed("keep_calendar", policies)
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """What it is, who could see it, and the address, which its owner alone is shown."""
    feed = CalendarFeed.objects.filter(person=request.person, is_on=True).first()
    address = calendars.address(feed) if feed else ""
    context = {
        "feed": feed,
        "address": address,
        "opens_program": f"webcal://{address.partition('://')[2]}",
    }
    return render(request, "notices/calendar.html", context)


@require_POST
@allowed("keep_calendar", policies)
def turn_on(request: SignedInRequest) -> HttpResponse:
    calendars.turn_on(person=request.person, by=request.person, at=timezone.now())
    messages.success(request, "You have a calendar address. Now add it to your calendar.")
    return redirect("notices:my_calendar")


@require_POST
@allowed("keep_calendar", policies)
def turn_off(request: SignedInRequest) -> HttpResponse:
    calendars.turn_off(person=request.person, by=request.person, at=timezone.now())
    messages.success(request, "Your calendar address is turned off. It opens nothing any more.")
    return redirect("notices:my_calendar")


@allowed("keep_calendar", policies)
def renew(request: SignedInRequest) -> HttpResponse:
    """Second thoughts, then another address: the one before opens nothing any more."""
    if request.method == "POST":
        try:
            calendars.renew(person=request.person, by=request.person, at=timezone.now())
        except calendars.TurnedOff as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "You have a new address. The one before opens nothing now.")
        return redirect("notices:my_calendar")
    return render(request, "notices/calendar_renew.html")
