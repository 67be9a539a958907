"""Every register of a cohort: what is still to take, people by sessions, the spreadsheet."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import attendance, policies
from cohorts.programme.enums import CatchUp, Mark
from cohorts.programme.models import Attendance, Cohort, Enrolment
from cohorts.programme.policies.register_words import who_sees_register
from cohorts.programme.views.staff.shared import cohort_of, page
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import Value, download

_NO_MARK = "No mark yet"
WHO = ["Name", "Employer", "Place"]
STANDING = [
    "One to one, came",
    "One to one, held",
    "Held",
    "Attended",
    "Late",
    "Missed",
    "Caught up",
    "Attended or caught up %",
]


def _places(request: SignedInRequest, cohort: Cohort) -> QuerySet[Enrolment]:
    return (
        policies.visible(request.person, Enrolment.objects.filter(cohort=cohort))
        .select_related("cohort", "person__organisation")
        .order_by("person__family_name", "person__given_name", "pk")
    )


@require_safe
@allowed("run_cohorts", policies)
def registers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Registers still to take first, then who says they caught up, then everything."""
    cohort = cohort_of(request, slug)
    now = timezone.now()
    waiting = Attendance.objects.filter(session__cohort=cohort, catch_up=CatchUp.REPORTED)
    audit.record("programme.attendance_viewed", by=request.person, at=now, thing=cohort)
    return page(
        request,
        "registers",
        cohort,
        grid=attendance.grid(cohort, _places(request, cohort), now),
        to_confirm=policies.visible(request.person, waiting)
        .select_related("session", "enrolment__person")
        .order_by("catch_up_at", "pk"),
        signs=[*Mark.choices, ("caught-up", CatchUp.DONE.label), ("none", _NO_MARK)],
        who_sees=who_sees_register("register"),
    )


@require_safe
@allowed("run_cohorts", policies)
def export(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Who came to what, as a spreadsheet. Written down."""
    cohort = cohort_of(request, slug)
    now = timezone.now()
    shown = attendance.grid(cohort, _places(request, cohort), now)
    dates = [
        f"{each.session.title}, {timezone.localdate(each.session.starts_at):%d/%m/%Y}"
        for each in shown.columns
    ]
    audit.record(
        "programme.attendance_exported",
        by=request.person,
        at=now,
        thing=cohort,
        fields=[*WHO, "Sessions", *STANDING],
    )
    return download("list", [*WHO, *dates, *STANDING], [_row(each) for each in shown.people])


def _row(person: attendance.Person) -> list[Value]:
    place, standing = person.enrolment, person.standing
    organisation = place.person.organisation
    return [
        place.person.name,
        str(organisation) if organisation else "",
        place.get_state_display(),
        *(_said(cell) for cell in person.cells),
        person.alone_came,
        person.alone,
        standing.held,
        standing.attended,
        standing.late,
        standing.missed,
        standing.caught_up,
        standing.percent,
    ]


def _said(cell: attendance.Cell) -> str:
    if cell.attendance is None:
        return ""
    words = str(cell.attendance.get_mark_display())
    return f"{words}, {cell.attendance.get_catch_up_display()}" if cell.is_caught_up else words
