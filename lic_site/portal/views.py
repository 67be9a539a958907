"""The signed-in home."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cohorts.programme import panels as programme_panels
from cohorts.programme import policies as programme
from cohorts.programme.models import Application, Cohort
from lic_site.accounts.guards import person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.panels import together
from lic_site.concerns import panels as concerns_panels
from lic_site.concerns import policies as concerns
from lic_site.concerns.models import Concern
from lic_site.portal.navigation import is_staff, roles_told, work_places
from lic_site.surveys import panels as surveys_panels

PANELS = (
    concerns_panels.home,
    programme_panels.home,
    programme_panels.place,
    surveys_panels.home,
)


@person_required
def home(request: SignedInRequest) -> HttpResponse:
    """What needs this person now, what is next, their things."""
    person, now = request.person, timezone.now()
    mine = Application.objects.live().filter(applicant=person)
    open_now = Cohort.objects.open_at(now).exclude(applications__in=mine)
    context = {
        "home": together(part(person, now) for part in PANELS),
        "open_cohort": programme.visible(person, open_now)
        .order_by("applications_close_at")
        .first(),
        "is_staff": is_staff(person),
        "work": list(work_places(person)),
        "has_raised": concerns.own(person, Concern.objects.all()).exists(),
        "roles": SimpleLazyObject(lambda: roles_told(person)),
    }
    return render(request, "portal/home.html", context)
