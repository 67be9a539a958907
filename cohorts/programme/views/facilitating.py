"""What somebody leads: today, coming, and until thirty days after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import dates, diary, policies
from cohorts.programme.models import Enrolment, Material, Session
from cohorts.programme.policies import session_words
from cohorts.programme.policies.running import facilitated, led
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.notices.views.calendars import calendar_file


def led_session_of(request: SignedInRequest, pk: int) -> Session:
    """The session of the address, for whoever leads it, or a 404."""
    session = fetch(policies, request.person, diary.with_leaders(Session.objects.all()), pk=pk)
    must(policies.can(request.person, "lead_session", session))
    return session


@require_safe
@allowed("facilitate", policies)
def leading(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    mine = list(diary.with_leaders(policies.visible(request.person, led(request.person))))
    ahead = [each for each in mine if each.ends_at > now]
    context = {
        "today": [each for each in ahead if timezone.localdate(each.starts_at) <= today],
        "coming": [each for each in ahead if timezone.localdate(each.starts_at) > today],
        "past": [each for each in reversed(mine) if each.ends_at <= now],
        "sets": facilitated(request.person).select_related("cohort"),
    }
    return render(request, "programme/leading/sessions.html", context)


@require_safe
@person_required
def led_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Time, place, link, who is expected, materials, the register. Looking is written down."""
    session, now = led_session_of(request, pk), timezone.now()
    people = Enrolment.objects.active().expected_at(session)
    expected = (
        policies.visible(request.person, people)
        .select_related("person__organisation")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    audit.record("programme.expected_viewed", by=request.person, at=now, thing=session)
    excused = set(session.apologies.values_list("enrolment_id", flat=True))
    context = {
        "session": session,
        "expected": [(each.person, each.pk in excused) for each in expected],
        "materials": policies.visible(request.person, Material.objects.filter(session=session)),
        "has_begun": session.starts_at <= now,
        "who_sees_materials": session_words.MATERIALS,
    }
    return render(request, "programme/leading/session.html", context)


@require_safe
@person_required
def led_date(request: SignedInRequest, pk: int) -> HttpResponse:
    led_one = dates.entries([led_session_of(request, pk)])
    return calendar_file(list(led_one), name="date.ics")
