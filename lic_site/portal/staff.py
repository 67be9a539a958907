"""Staff's home: what waits today, and where each cohort stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies as programme
from cohorts.programme.panels import staff as programme_panels
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.concerns.panels import staff as concern_warnings
from lic_site.notices import boards
from lic_site.notices import policies as notices
from lic_site.surveys.panels import staff as surveys_in_trouble


@require_safe
@allowed("see_boards", programme)
def home(request: SignedInRequest) -> HttpResponse:
    """Today's work, the cohorts with their funnels, messages that could not be sent."""
    person, now = request.person, timezone.now()
    failed, troubles = boards.home(person, now) if notices.can(person, "view_board") else (0, [])
    today = programme_panels.today(person, now)
    return render(
        request,
        "portal/staff_home.html",
        {
            "work": today.work,
            "concern_warnings": concern_warnings(person, now),
            "surveys_in_trouble": surveys_in_trouble(person, now),
            "may_need_support": any(each.what == "support" for each in today.work),
            "cohorts": today.cohorts,
            "failed": failed,
            "troubles": troubles,
            "today": timezone.localdate(),
            "can_manage": programme.can(person, "manage_cohorts"),
        },
    )
