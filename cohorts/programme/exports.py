"""What leaves as a spreadsheet: the board, the people of a cohort, its sessions. Each is written
down.
"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import boards, policies, roster
from cohorts.programme.forms.people import PeopleForm
from cohorts.programme.models import Cohort, Enrolment, Session
from cohorts.programme.selection import half_up
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import download

TITLES = [
    "Rank",
    "Reference",
    "Mean %",
    "Spread",
    "Readings",
    "Grade",
    "Borough",
    "Sub-region",
    "Where it is",
    "Name",
]


@require_safe
@allowed("export_selection", policies)
def board(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The ranking; a name stands there only where the board shows it. Written down."""
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    rows = boards.ranking(cohort, request.person)
    audit.record(
        "programme.board_exported",
        by=request.person,
        at=timezone.now(),
        thing=cohort,
        fields=TITLES,
    )
    return download(
        "list",
        TITLES,
        [
            [
                row.standing.rank,
                row.reference,
                None if row.standing.mean is None else half_up(row.standing.mean),
                None if row.standing.spread is None else half_up(row.standing.spread),
                len(row.standing.readings),
                row.grade,
                row.borough,
                row.sub_region,
                row.get_state_display,
                row.name,
            ]
            for row in rows
        ],
    )


PEOPLE = ["Name", "Employer", "Borough", "Grade", "Learning set", "Where they are"]
MAX_PEOPLE = 5_000


@require_POST
@allowed("search_participants", policies)
def people(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Those ticked, or everybody the search of the address finds. Written down of each, so that
    they can see it.
    """
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    chosen = _chosen(request, cohort)
    if not chosen:
        messages.error(request, "Tick the people whom the spreadsheet should hold.")
        query = request.GET.urlencode()
        return redirect(reverse("programme:people", args=[slug]) + (f"?{query}" if query else ""))
    at = timezone.now()
    audit.record(
        "programme.participants_exported", by=request.person, at=at, thing=cohort, fields=PEOPLE
    )
    audit.record_each(
        "programme.participant_exported",
        by=request.person,
        at=at,
        about=[(place, place.person) for place in chosen],
    )
    return download(
        "list",
        PEOPLE,
        [
            [
                place.person.name,
                place.person.organisation.name if place.person.organisation else "",
                roster.borough_of(place.person.organisation),
                place.person.get_grade_band_display(),
                place.learning_set.name if place.learning_set else "",
                place.get_state_display(),
            ]
            for place in chosen
        ],
    )


def _chosen(request: SignedInRequest, cohort: Cohort) -> list[Enrolment]:
    form = PeopleForm(request.GET or None, cohort=cohort)
    wanted = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    found = list(roster.search(request.person, cohort, wanted, sort, timezone.now()))[:MAX_PEOPLE]
    if request.POST.get("all") == "yes":
        return found
    ticked = set(request.POST.getlist("chosen"))
    return [place for place in found if str(place.pk) in ticked]


SESSIONS = ["Session", "Kind", "For", "Starts", "Ends", "Place", "State"]


@require_POST
@allowed("run_cohorts", policies)
def sessions(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The dates of a cohort, nobody named: what is for one person says so and no more."""
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    audit.record(
        "programme.sessions_exported",
        by=request.person,
        at=timezone.now(),
        thing=cohort,
        fields=SESSIONS,
    )
    found = policies.visible(request.person, cohort.sessions.select_related("learning_set"))
    return download(
        "dates",
        SESSIONS,
        [
            [
                session.title,
                session.get_kind_display(),
                _for_whom(session),
                session.starts_at,
                session.ends_at,
                session.place,
                "Cancelled" if session.cancelled_at else "",
            ]
            for session in found.order_by("starts_at", "pk")
        ],
    )


def _for_whom(session: Session) -> str:
    if session.learning_set is not None:
        return session.learning_set.name
    return "One participant" if session.is_slot or session.participant_id else "Everybody"
