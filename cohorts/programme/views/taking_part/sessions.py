"""A person's own dates: all of them, one of them, as files for their calendar, and from there."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import dates, diary, policies
from cohorts.programme.models import Apology, Enrolment, Material, Session
from cohorts.programme.views.taking_part.home import own_place
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.notices.views.calendars import calendar_file
from lic_site.surveys.panels import address_about


def _place(request: SignedInRequest, slug: str) -> Enrolment:
    """The place of whoever takes part, or looks back on it, or a 404."""
    enrolment = own_place(request, slug)
    must(policies.can(request.person, "see_own_sessions", enrolment))
    return enrolment


def _of(request: SignedInRequest, enrolment: Enrolment) -> QuerySet[Session]:
    mine = Session.objects.of_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
    return policies.visible(request.person, mine)


def _one(request: SignedInRequest, slug: str, pk: int) -> tuple[Enrolment, Session]:
    enrolment = _place(request, slug)
    mine = diary.with_leaders(_of(request, enrolment))
    return enrolment, fetch(policies, request.person, mine, pk=pk)


@require_safe
@person_required
def my_sessions(request: SignedInRequest, slug: str) -> HttpResponse:
    """The next first; past ones below, the latest first."""
    enrolment, now = _place(request, slug), timezone.now()
    sessions = list(_of(request, enrolment))
    excused = Apology.objects.filter(enrolment=enrolment).values_list("session_id", flat=True)
    shared = Material.objects.filter(session__in=sessions, shared_at__isnull=False)
    visible = policies.visible(request.person, shared)
    context = {
        "cohort": enrolment.cohort,
        "coming": [each for each in sessions if each.ends_at > now],
        "past": [each for each in reversed(sessions) if each.ends_at <= now],
        "excused": set(excused),
        "with_materials": set(visible.values_list("session_id", flat=True)),
        "has_slots": enrolment.cohort.sessions.live().filter(is_slot=True).exists(),
    }
    return render(request, "programme/taking_part/sessions.html", context)


@require_safe
@person_required
def my_session(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """When, where, how to join, what to read; and the way to say that one cannot come."""
    enrolment, session = _one(request, slug, pk)
    now = timezone.now()
    shared = Material.objects.filter(session=session, shared_at__isnull=False)
    context = {
        "cohort": enrolment.cohort,
        "session": session,
        "is_past": session.ends_at <= now,
        "can_apologise": session.starts_at > now
        and session.cancelled_at is None
        and policies.can(request.person, "change_own_place", enrolment),
        "is_excused": Apology.objects.filter(session=session, enrolment=enrolment).exists(),
        "sees_link": policies.can(request.person, "see_join_link", session),
        "leaders": diary.leaders_of(session),
        "materials": policies.visible(request.person, shared),
        "survey": address_about(request.person, "session", session.pk, now),
        "missed": session.attendance.missed().filter(enrolment=enrolment).first(),
    }
    return render(request, "programme/taking_part/session.html", context)


@require_safe
@person_required
def my_dates(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every date, cancelled ones among them: a calendar that holds them takes them out."""
    mine = _of(request, _place(request, slug))
    return calendar_file(list(dates.entries(mine)))


@require_safe
@person_required
def my_date(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    _, session = _one(request, slug, pk)
    return calendar_file(list(dates.entries([session])), name="date.ics")


@require_safe
@person_required
def date_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """From a calendar, whose links tell nothing, to the session's page: where one takes part in
    it, else where one leads it.
    """
    session = fetch(policies, request.person, Session.objects.select_related("cohort"), pk=pk)
    if policies.can(request.person, "attend", session):
        return redirect("programme:my_session", slug=session.cohort.slug, pk=pk)
    must(policies.can(request.person, "lead_session", session))
    return redirect("programme:led_session", pk=pk)
