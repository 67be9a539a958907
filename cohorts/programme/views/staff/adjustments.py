"""What applicants need in order to apply, each answered. Looking is written down."""

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.enums import AdjustmentState, ApplicationState
from cohorts.programme.forms.selection import AdjustmentForm
from cohorts.programme.models import Application, Cohort
from cohorts.programme.services.adjustments import answer_adjustment
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


def _asked(request: SignedInRequest, cohort: Cohort) -> QuerySet[Application]:
    return (
        policies.visible(request.person, Application.objects.filter(cohort=cohort))
        .annotate(length=Length("adjustments"))
        .filter(length__gt=0)
        .exclude(state=ApplicationState.WITHDRAWN)
        .select_related("applicant", "adjustment_answer")
        .order_by("submitted_at", "pk")
    )


@require_safe
@allowed("see_adjustments", policies)
def adjustments(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    asked = list(_asked(request, cohort))
    answers = [getattr(each, "adjustment_answer", None) for each in asked]
    if asked:
        audit.record(
            "programme.adjustments_viewed", by=request.person, at=timezone.now(), thing=cohort
        )
    settled = {AdjustmentState.ARRANGED, AdjustmentState.CANNOT}
    return page(
        request,
        "adjustments",
        cohort,
        asked=list(zip(asked, answers, strict=True)),
        waiting=sum(1 for answer in answers if answer is None or answer.state not in settled),
    )


@edit_methods
@allowed("see_adjustments", policies)
def answer(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    application = fetch(policies, request.person, _asked(request, cohort), reference=reference)
    must(policies.can(request.person, "decide", application))
    audit.record(
        "programme.adjustment_viewed",
        by=request.person,
        at=timezone.now(),
        thing=application,
        subject=application.applicant,
    )
    given = getattr(application, "adjustment_answer", None)
    initial = {"state": given.state, "reply": given.reply} if given else {}
    form = AdjustmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, at, data = request.person, timezone.now(), form.cleaned_data
        if carried_out(
            request,
            form,
            lambda: answer_adjustment(
                application=application,
                state=AdjustmentState(data["state"]),
                reply=data["reply"],
                by=by,
                at=at,
            ),
            "The applicant can read your reply, and is told by e-mail.",
        ):
            return to("staff_adjustments", slug)
    return page(request, "adjustment", cohort, form=form, application=application)
