"""Staff College's page on support: counts, and what it was asked in confidence."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, SupportAnswer, SupportRoute
from cohorts.programme.models import Cohort, ManagerSupport
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest

PAGE = 25


@allowed("see_support_requests", policies)
def support_requests(request: SignedInRequest, slug: str) -> HttpResponse:
    """A look at the confidential requests is written down."""
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    requests = policies.visible(
        request.person, ManagerSupport.objects.filter(application__cohort=cohort)
    )
    of_sent = requests.exclude(
        application__state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN]
    )
    answers = dict(of_sent.order_by().values_list("answer").annotate(Count("pk")))
    asked = of_sent.filter(asked_at__isnull=False, supporter__isnull=False)
    confidential = (
        requests.filter(route=SupportRoute.COLLEGE, asked_at__isnull=False)
        .exclude(application__state=ApplicationState.WITHDRAWN)
        .select_related("application__applicant__organisation")
        .order_by("asked_at", "pk")
    )
    page = Paginator(confidential, PAGE).get_page(request.GET.get("page"))
    audit.record_each(
        "programme.support_request_viewed",
        by=request.person,
        at=timezone.now(),
        about=[(shown, shown.application.applicant) for shown in page],
    )
    context = {
        "cohort": cohort,
        "nobody": of_sent.filter(route=SupportRoute.NOBODY).count(),
        "asked": asked.count(),
        "waiting": asked.filter(answer="").count(),
        "answers": [
            {"label": answer.label, "value": answers.get(answer.value, 0)}
            for answer in SupportAnswer
        ],
        "page": page,
    }
    return render(request, "programme/support/staff.html", context)
